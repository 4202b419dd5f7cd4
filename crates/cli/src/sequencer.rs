//! Lets workers use what they share one after the other, in the order of the input.

use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// What is shared, and whose turn it is.
pub(crate) struct Sequencer<T> {
    state: Mutex<State<T>>,
    moved: Condvar,
}

struct State<T> {
    shared: T,
    next: u64,
    /// What those left to be done who did not wait for their turn.
    left: BTreeMap<u64, Act<T>>,
}

type Act<T> = Box<dyn FnOnce(&mut T) + Send>;

impl<T> Sequencer<T> {
    pub(crate) fn new(shared: T) -> Self {
        Self {
            state: Mutex::new(State {
                shared,
                next: 0,
                left: BTreeMap::new(),
            }),
            moved: Condvar::new(),
        }
    }

    /// Leaves something to be done when that number's turn comes, and does not wait.
    pub(crate) fn leave(&self, number: u64, act: impl FnOnce(&mut T) + Send + 'static) {
        let mut state = self.state();
        if state.next == number {
            act(&mut state.shared);
            self.pass_on(&mut state);
        } else {
            state.left.insert(number, Box::new(act));
        }
    }

    /// Waits for that number's turn, and takes it.
    pub(crate) fn take<R>(&self, number: u64, act: impl FnOnce(&mut T) -> R) -> R {
        let mut state = self.state();
        while state.next != number {
            let woken = self.moved.wait(state);
            state = woken.unwrap_or_else(PoisonError::into_inner);
        }
        let done = act(&mut state.shared);
        self.pass_on(&mut state);
        done
    }

    /// Whether it is that number's turn.
    pub(crate) fn is_turn(&self, number: u64) -> bool {
        self.state().next == number
    }

    /// The shared value, for a caller that does not wait: its turn has come, or all turns are over.
    pub(crate) fn with<R>(&self, act: impl FnOnce(&mut T) -> R) -> R {
        act(&mut self.state().shared)
    }

    fn state(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn pass_on(&self, state: &mut State<T>) {
        state.next += 1;
        while let Some(act) = state.left.remove(&state.next) {
            act(&mut state.shared);
            state.next += 1;
        }
        self.moved.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_is_done_in_order_whoever_comes_first() {
        let turns = Sequencer::new(Vec::new());
        turns.leave(2, |done| done.push(2));
        turns.leave(1, |done| done.push(1));
        std::thread::scope(|scope| {
            let last = scope.spawn(|| {
                turns.take(3, |done| {
                    done.push(3);
                    done.len()
                })
            });
            turns.take(0, |done| done.push(0));
            assert_eq!(last.join().unwrap(), 4);
        });
        turns.leave(4, |done| done.push(4));
        assert_eq!(turns.with(std::mem::take), [0, 1, 2, 3, 4]);
    }
}

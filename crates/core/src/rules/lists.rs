//! What several rules look for in lists.

use crate::contract::unique;
use crate::document::{Kind, Node, characters, flag, same};

use super::place::member_schema;
use super::{Edit, Place, edits, odd};

/// Lists with more items are compared by digests, which takes memory.
const SHORT: usize = 64;

/// Calls `found` with each string of a list that stands before it already. Blank ones are left
/// out: they are at fault by themselves.
pub(crate) fn repeated<'a>(list: &Place<'a>, mut found: impl FnMut(&Place<'a>)) {
    if list.document.children(list.node).nth(SHORT).is_some() {
        unique::repeated(list.document, list.text, list.node, |item, _| {
            let Some(node) = list.document.node(item) else {
                return;
            };
            if let Some(word) = Word::of(list, item, node) {
                found(&word.place(list));
            }
        });
        return;
    }
    for word in words(list) {
        if before(list, word).any(|one| one.is_same(&word)) {
            found(&word.place(list));
        }
    }
}

/// A string of a list that shows something.
#[derive(Clone, Copy)]
struct Word<'a> {
    at: u32,
    node: &'a Node,
    inner: &'a str,
}

impl<'a> Word<'a> {
    fn of(list: &Place<'a>, at: u32, node: &'a Node) -> Option<Self> {
        let inner = node.inner(list.text);
        let shows = || characters(inner).any(|one| !one.value.is_whitespace());
        let is_word = node.kind == Kind::String
            && (inner.starts_with(|first: char| first.is_ascii_alphanumeric()) || shows());
        is_word.then_some(Self { at, node, inner })
    }

    /// Whether both have the same value.
    fn is_same(&self, other: &Self) -> bool {
        self.inner == other.inner || self.is_escaped(other) && same(self.inner, other.inner)
    }

    /// Whether both have the same value but for the case of ASCII letters.
    fn is_alike(&self, other: &Self) -> bool {
        if !self.is_escaped(other) {
            return self.inner.eq_ignore_ascii_case(other.inner);
        }
        let folded = |inner| characters(inner).map(|one| one.value.to_ascii_lowercase());
        folded(self.inner).eq(folded(other.inner))
    }

    /// Whether one of them has an escape.
    fn is_escaped(&self, other: &Self) -> bool {
        self.node.has(flag::ESCAPED) || other.node.has(flag::ESCAPED)
    }

    fn place(&self, list: &Place<'a>) -> Place<'a> {
        Place {
            node: self.at,
            schema: member_schema(list.schema, self.node),
            parent: Some((list.node, list.schema)),
            ..*list
        }
    }
}

/// The words of a list.
fn words<'a>(list: &Place<'a>) -> impl Iterator<Item = Word<'a>> {
    let list = *list;
    list.document
        .children(list.node)
        .filter_map(move |(at, node)| Word::of(&list, at, node))
}

/// Whether an item is a string that shows something.
fn is_word(item: &Place<'_>) -> bool {
    Word::of(item, item.node, item.node()).is_some()
}

/// The words of a list before one of them.
fn before<'a>(list: &Place<'a>, word: Word<'a>) -> impl Iterator<Item = Word<'a>> {
    words(list).take_while(move |one| one.at < word.at)
}

/// The most items of a list that a fix is offered for.
const MENDED: usize = 256;

/// Removes, from this item on, every one that stands in the list before. The others go with it,
/// since each would take the place of the one before it.
pub(crate) fn without_repeats(item: &Place<'_>) -> Vec<Edit> {
    without(item, |list, from| {
        let mut wrong = Vec::new();
        repeated(list, |item| wrong.push(item.node));
        wrong.retain(|node| *node >= from);
        wrong
    })
}

/// What can be done about a string with characters in it that show nothing.
pub(crate) enum Tidy {
    /// They can go.
    Alone,
    /// The item can go, since its list holds the same without them, or before it; and so can
    /// others behind it.
    Without(Vec<Edit>),
    /// Nothing that is sure to be right.
    Nothing,
}

/// What can be done about a string with characters in it that show nothing: in a list it may be
/// the same as another item once they are gone.
pub(crate) fn tidy(item: &Place<'_>) -> Tidy {
    let list = item.parent.and_then(|(parent, schema)| {
        let is_list = item.document.node(parent)?.kind == Kind::Array;
        is_list.then_some(Place {
            node: parent,
            schema,
            parent: None,
            ..*item
        })
    });
    let Some(list) = list else {
        return Tidy::Alone;
    };
    if list.members().count() > MENDED || !is_word(item) || !odd::shows(item.inner()) {
        return Tidy::Nothing;
    }
    if !spare(&list).contains(&item.node) {
        return Tidy::Alone;
    }
    let edits = without(item, |list, from| {
        let mut spare = spare(list);
        spare.retain(|node| *node >= from);
        spare
    });
    if edits.is_empty() {
        Tidy::Nothing
    } else {
        Tidy::Without(edits)
    }
}

/// The strings of a list that can go, since another shows the same: one before it, or one behind
/// it in which nothing is too much. Of each kind one stays.
fn spare(list: &Place<'_>) -> Vec<u32> {
    let words: Vec<(u32, String, bool)> = words(list)
        .map(|word| {
            let essence = odd::essence(word.inner);
            let whole = characters(word.inner).map(|character| character.value);
            let is_clean = whole.eq(essence.chars());
            (word.at, essence, is_clean)
        })
        .collect();
    let is_spare = |(node, essence, is_clean): &&(u32, String, bool)| {
        !is_clean
            && words.iter().any(|(other, same, clean)| {
                other != node && same == essence && (other < node || *clean)
            })
    };
    let spare = words.iter().filter(is_spare);
    spare.map(|(node, ..)| *node).collect()
}

/// Removes, from this item on, every one that is blank.
pub(crate) fn without_blanks(item: &Place<'_>) -> Vec<Edit> {
    without(item, |list, from| {
        let blank = list
            .members()
            .filter(|item| item.node >= from && !is_word(item));
        blank.map(|item| item.node).collect()
    })
}

/// Removes items, with their commas, from the list that holds this one. Not from a long list, nor
/// from one with items that the contract refuses, by themselves or beside others, whose places
/// would change, nor from one that would then have too few.
fn without(item: &Place<'_>, wrong: impl Fn(&Place<'_>, u32) -> Vec<u32>) -> Vec<Edit> {
    let Some((parent, schema)) = item.parent else {
        return Vec::new();
    };
    let list = Place {
        node: parent,
        schema,
        parent: None,
        ..*item
    };
    let count = list.members().count();
    if count > MENDED {
        return Vec::new();
    }
    let wrong = wrong(&list, item.node);
    let is_good = |item: Place<'_>| wrong.contains(&item.node) || !item.is_refused();
    let least = schema.array.map_or(0, |array| array.min as usize);
    if schema.array.is_some_and(|array| array.unique) {
        let mut refused = false;
        unique::repeated(list.document, list.text, list.node, |item, _| {
            refused |= !wrong.contains(&item);
        });
        if refused {
            return Vec::new();
        }
    }
    if !list.members().all(is_good) || count - wrong.len() < least {
        return Vec::new();
    }
    let mut edits: Vec<Edit> = Vec::new();
    // The end of the last item that stays, and the run of items after it that go.
    let mut kept = None;
    let mut run: Option<(u32, u32)> = None;
    for (at, node) in list.document.children(parent) {
        if wrong.contains(&at) {
            let start = run.map_or(node.start, |(start, _)| start);
            run = Some((start, node.end));
            continue;
        }
        if let Some((start, end)) = run.take() {
            // The comma before goes with the run, or, where nothing stays before, the one behind.
            edits.push(match kept {
                Some(kept) => edits::removal(kept, end),
                None => edits::removal(start, node.start),
            });
        }
        kept = Some(node.end);
    }
    if let Some((start, end)) = run {
        edits.push(edits::removal(kept.unwrap_or(start), end));
    }
    edits
}

/// Calls `found` with each string of a list that differs from one before it only in the case of
/// ASCII letters. Long lists are not compared.
pub(crate) fn alike<'a>(list: &Place<'a>, mut found: impl FnMut(&Place<'a>)) {
    for word in words(list).take(SHORT) {
        if before(list, word).any(|one| one.is_alike(&word))
            && !before(list, word).any(|one| one.is_same(&word))
        {
            found(&word.place(list));
        }
    }
}

/// Puts, in the place of an object, the first string within it that has one of these names.
pub(crate) fn unwrap(object: &Place<'_>, names: &[&str]) -> Option<Edit> {
    let node = object.node();
    let of_name = |name: &&str| {
        object.members().find(|member| {
            member.node().kind == Kind::String && member.node().raw_key(object.text) == Some(name)
        })
    };
    let text = names.iter().find_map(of_name)?.source();
    Some(Edit {
        start: node.start,
        end: node.end,
        text: text.to_owned(),
    })
}

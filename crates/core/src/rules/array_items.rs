//! What several rules look for in lists.

use crate::document::{Kind, Node, characters, flag, same};
use crate::validate::unique;

use super::{Edit, RuleContext, edits, unicode};
use crate::lint::member_schema;

/// Lists with more items are compared by digests, which takes memory.
const SHORT: usize = 64;

/// The strings of a list that stand before in it already. Blank ones are left out: they are at
/// fault by themselves.
pub(crate) fn repeated<'a>(list: &RuleContext<'a>) -> Vec<Word<'a>> {
    if list.document.children(list.node).nth(SHORT).is_none() {
        return words(list)
            .filter(|word| before(list, *word).any(|one| one.is_same(word)))
            .collect();
    }
    let again = unique::repeated(list.document, list.text, list.node).into_iter();
    again
        .filter_map(|item| Word::of(list, item, list.document.node(item)?))
        .collect()
}

/// A string of a list that shows something.
#[derive(Clone, Copy)]
pub(crate) struct Word<'a> {
    at: u32,
    node: &'a Node,
    inner: &'a str,
}

impl<'a> Word<'a> {
    fn of(list: &RuleContext<'a>, at: u32, node: &'a Node) -> Option<Self> {
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

    /// Where it stands in its list.
    pub(crate) fn place(&self, list: &RuleContext<'a>) -> RuleContext<'a> {
        let schema = member_schema(list.schema, self.node);
        list.moved(self.at, schema, Some((list.node, list.schema)))
    }
}

/// The words of a list.
fn words<'a>(list: &RuleContext<'a>) -> impl Iterator<Item = Word<'a>> {
    let list = *list;
    list.document
        .children(list.node)
        .filter_map(move |(at, node)| Word::of(&list, at, node))
}

/// Whether an item is a string that shows something.
fn is_word(item: &RuleContext<'_>) -> bool {
    Word::of(item, item.node, item.node()).is_some()
}

/// The words of a list before one of them.
fn before<'a>(list: &RuleContext<'a>, word: Word<'a>) -> impl Iterator<Item = Word<'a>> {
    words(list).take_while(move |one| one.at < word.at)
}

/// The most items of a list that a fix is offered for.
const MENDED: usize = 256;

/// Removes, from this item on, every one that stands in the list before. The others go with it,
/// since each would take the place of the one before it.
pub(crate) fn without_repeats(item: &RuleContext<'_>) -> Vec<Edit> {
    let Some(list) = mendable(item) else {
        return Vec::new();
    };
    let repeated = repeated(&list).into_iter();
    without(item, &list, repeated.map(|word| word.at).collect())
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
pub(crate) fn tidy(item: &RuleContext<'_>) -> Tidy {
    let list = item.holder();
    let Some(list) = list.filter(|list| list.node().kind == Kind::Array) else {
        return Tidy::Alone;
    };
    if mendable(item).is_none() || !unicode::shows(item.inner()) {
        return Tidy::Nothing;
    }
    let spare = spare(&list);
    if !spare.contains(&item.node) {
        return Tidy::Alone;
    }
    let edits = without(item, &list, spare);
    if edits.is_empty() {
        Tidy::Nothing
    } else {
        Tidy::Without(edits)
    }
}

/// The strings of a list that can go, since another shows the same: one before it, or one behind
/// it in which nothing is too much. Of each kind one stays.
fn spare(list: &RuleContext<'_>) -> Vec<u32> {
    let words: Vec<(u32, String, bool)> = words(list)
        .map(|word| {
            let essence = unicode::essence(word.inner);
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
pub(crate) fn without_blanks(item: &RuleContext<'_>) -> Vec<Edit> {
    let Some(list) = mendable(item) else {
        return Vec::new();
    };
    let blank = list.members().filter(|item| !is_word(item));
    without(item, &list, blank.map(|item| item.node).collect())
}

/// The list that holds an item, unless it is too long to be mended.
fn mendable<'a>(item: &RuleContext<'a>) -> Option<RuleContext<'a>> {
    item.holder()
        .filter(|list| list.document.children(list.node).count() <= MENDED)
}

/// Removes those items of a list, with their commas, that are wrong and stand no earlier than this
/// one. Not from a list with items that the contract refuses, by themselves or beside others, whose
/// places would change, nor from one that would then have too few.
fn without(item: &RuleContext<'_>, list: &RuleContext<'_>, mut wrong: Vec<u32>) -> Vec<Edit> {
    wrong.retain(|node| *node >= item.node);
    let limits = list.schema.array;
    let is_unique = limits.is_some_and(|limits| limits.unique);
    let mut repeated = if is_unique {
        unique::repeated(list.document, list.text, list.node)
    } else {
        Vec::new()
    };
    repeated.retain(|node| !wrong.contains(node));
    let is_refused = |item: RuleContext<'_>| !wrong.contains(&item.node) && item.is_refused();
    let left = list.members().count() - wrong.len();
    if !repeated.is_empty()
        || list.members().any(is_refused)
        || left < limits.map_or(0, |limits| limits.min as usize)
    {
        return Vec::new();
    }
    let mut edits: Vec<Edit> = Vec::new();
    // The end of the last item that stays, and the run of items after it that go.
    let mut kept = None;
    let mut run: Option<(u32, u32)> = None;
    for (at, node) in list.document.children(list.node) {
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

/// The strings of a list that differ from one before only in the case of ASCII letters. Long lists
/// are not compared.
pub(crate) fn alike<'a>(list: &RuleContext<'a>) -> impl Iterator<Item = Word<'a>> {
    words(list).take(SHORT).filter(|word| {
        before(list, *word).any(|one| one.is_alike(word))
            && !before(list, *word).any(|one| one.is_same(word))
    })
}

/// Puts, in the place of an object, the first string within it that has one of these names.
pub(crate) fn unwrap(object: &RuleContext<'_>, names: &[&str]) -> Option<Edit> {
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
        text: text.to_owned().into(),
    })
}

//! Checks of list items that several rules share.

use crate::document::{Kind, Node, characters, flag, same};
use crate::validate::unique;

use super::{Edit, RuleContext, edits, unicode};
use crate::lint::member_schema;

/// Lists with more items are compared by digests, which takes memory.
const SHORT: usize = 64;

/// The strings of a list that stand before in it already. Blank ones are left out: they are at
/// fault by themselves.
pub(crate) fn repeated<'a>(list: &RuleContext<'a>) -> impl Iterator<Item = Word<'a>> + use<'a> {
    let again: Vec<u32> = if list.document.children(list.node).nth(SHORT).is_none() {
        words(list)
            .filter(|word| before(list, *word).any(|one| one.is_same(word)))
            .map(|word| word.at)
            .collect()
    } else {
        unique::repeated(list.document, list.text, list.node)
    };
    let list = *list;
    again
        .into_iter()
        .filter_map(move |item| Word::of(&list, item, list.document.node(item)?))
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

    /// Where it is in its list.
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

/// The words of a list before one of them.
fn before<'a>(list: &RuleContext<'a>, word: Word<'a>) -> impl Iterator<Item = Word<'a>> {
    words(list).take_while(move |one| one.at < word.at)
}

/// The most items of a list that a fix is offered for.
const MENDED: usize = 256;

/// Removes an item from its list, with one comma. `None` where the list would then have too few
/// items, or has too many, and for long lists.
pub(crate) fn removal(item: &RuleContext<'_>) -> Option<Edit> {
    let list = mendable(item)?;
    let count = list.document.children(list.node).count() as u64;
    // The count of a list that is too long is a fault of its own.
    let may_lose_one = list
        .schema
        .array
        .is_none_or(|limits| count > u64::from(limits.min) && count <= u64::from(limits.max));
    may_lose_one.then(|| edits::remove_member(item)).flatten()
}

/// What can be done about a string that shows the same as another once it is cleaned.
pub(crate) enum Tidy {
    /// The string can be cleaned: no other item becomes the same.
    Clean,
    /// The item can be removed: its list holds the cleaned string already.
    Remove(Edit),
    /// Nothing that is sure to be right.
    Nothing,
}

/// What can be done about a string of which a fix would leave `cleaned`, escapes as written. In a
/// list, that may be the same as another item.
pub(crate) fn tidy(item: &RuleContext<'_>, cleaned: &str) -> Tidy {
    let list = item.holder();
    let Some(list) = list.filter(|list| list.node().kind == Kind::Array) else {
        return Tidy::Clean;
    };
    if mendable(item).is_none() || !unicode::shows(item.inner()) {
        return Tidy::Nothing;
    }
    // Another item that is the same now would no longer repeat this one.
    let own = Word::of(item, item.node, item.node());
    let is_own = |word: &Word<'_>| word.at == item.node;
    if own.is_some_and(|own| words(&list).any(|word| !is_own(&word) && word.is_same(&own))) {
        return Tidy::Nothing;
    }
    if !spare(&list).contains(&item.node) {
        return Tidy::Clean;
    }
    // An item with another fault stays until that is fixed: its removal would hide the fault.
    let essence = unicode::essence(item.inner());
    if !characters(cleaned).map(|one| one.value).eq(essence.chars()) {
        return if edits::white_edges(item.inner()) == (0, 0)
            || edits::white_edges(cleaned) != (0, 0)
        {
            Tidy::Nothing
        } else {
            Tidy::Clean
        };
    }
    removal(item).map_or(Tidy::Nothing, Tidy::Remove)
}

/// The strings of a list that can go, since another shows the same: one before it, or one after
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

/// The list that holds an item, unless it is too long to be fixed.
fn mendable<'a>(item: &RuleContext<'a>) -> Option<RuleContext<'a>> {
    item.holder()
        .filter(|list| list.document.children(list.node).nth(MENDED).is_none())
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

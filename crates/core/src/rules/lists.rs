//! What several rules look for in lists.

use crate::contract::unique;
use crate::document::{Character, Kind, characters, flag, same};

use super::place::member_schema;
use super::{Edit, Place, edits, odd};

/// Lists with more items are compared by digests, which takes memory.
const SHORT: usize = 64;

/// Calls `found` with each string of a list that stands before it already. Blank ones are left
/// out: they are at fault by themselves.
pub(crate) fn repeated<'a>(list: &Place<'a>, mut found: impl FnMut(&Place<'a>)) {
    if list.members().count() > SHORT {
        unique::repeated(list.document, list.text, list.node, |item, _| {
            let Some(node) = list.document.node(item) else {
                return;
            };
            let item = Place {
                node: item,
                schema: member_schema(list.schema, node),
                parent: Some((list.node, list.schema)),
                ..*list
            };
            if is_word(&item) {
                found(&item);
            }
        });
        return;
    }
    for (place, item) in list.members().enumerate().filter(|(_, item)| is_word(item)) {
        let mut before = list.members().take(place);
        if before.any(|one| is_word(&one) && same(one.inner(), item.inner())) {
            found(&item);
        }
    }
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
    let words = list.members().filter(is_word);
    let words: Vec<(u32, String, bool)> = words
        .map(|item| {
            let essence = odd::essence(item.inner());
            let whole = characters(item.inner()).map(|character| character.value);
            let is_clean = whole.eq(essence.chars());
            (item.node, essence, is_clean)
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
    let members = list.members().take(SHORT).enumerate();
    for (place, item) in members.filter(|(_, item)| is_word(item)) {
        let before = || list.members().take(place).filter(is_word);
        if before().any(|one| is_alike(&one, &item))
            && !before().any(|one| same(one.inner(), item.inner()))
        {
            found(&item);
        }
    }
}

/// Whether two strings are the same but for the case of ASCII letters.
fn is_alike(one: &Place<'_>, other: &Place<'_>) -> bool {
    if !one.node().has(flag::ESCAPED) && !other.node().has(flag::ESCAPED) {
        return one.inner().eq_ignore_ascii_case(other.inner());
    }
    let folded = |inner| characters(inner).map(|one| one.value.to_ascii_lowercase());
    folded(one.inner()).eq(folded(other.inner()))
}

fn is_word(item: &Place<'_>) -> bool {
    let shows = |one: Character| !one.value.is_whitespace();
    item.node().kind == Kind::String && characters(item.inner()).any(shows)
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

//! What several rules look for in lists.

use crate::contract::unique;
use crate::document::{Character, Kind, characters, same};

use super::place::member_schema;
use super::{Edit, Place};

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

/// Calls `found` with each string of a list that differs from one before it only in the case of
/// ASCII letters. Long lists are not compared.
pub(crate) fn alike<'a>(list: &Place<'a>, mut found: impl FnMut(&Place<'a>)) {
    let members = list.members().take(SHORT).enumerate();
    for (place, item) in members.filter(|(_, item)| is_word(item)) {
        let before = || list.members().take(place).filter(is_word);
        let is_same = before().any(|one| same(one.inner(), item.inner()));
        if !is_same && before().any(|one| folded(one.inner()).eq(folded(item.inner()))) {
            found(&item);
        }
    }
}

fn folded(inner: &str) -> impl Iterator<Item = char> {
    characters(inner).map(|character| character.value.to_ascii_lowercase())
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

//! Faults of the words for open, won and lost.

use crate::contract::{Meaning, Meanings, StatusWords};
use crate::document::{Kind, Short};

use super::{Rule, RuleContext};
use crate::facts::classify::STAGE_FILLERS as FILLERS;

pub(crate) mod stage_contradicts;
pub(crate) mod unknown_word;

/// The rules of this group.
pub(crate) static RULES: &[&Rule] = &[&unknown_word::RULE, &stage_contradicts::RULE];

/// How a record stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    Open,
    Won,
    Lost,
}

impl Outcome {
    /// The vendor's word for it.
    pub(crate) const fn word<'c>(self, words: &StatusWords<'c>) -> &'c str {
        match self {
            Self::Open => words.open,
            Self::Won => words.won,
            Self::Lost => words.lost,
        }
    }
}

/// Room for a short text without its white space and punctuation, in small letters: `Closed - Won`
/// and `closed_won` become `closedwon`.
#[derive(Debug)]
pub(crate) struct Folded([u8; 32]);

impl Folded {
    pub(crate) const fn new() -> Self {
        Self([0; 32])
    }

    /// The folded text; `None` if it is longer than 32 bytes or has letters outside ASCII.
    pub(crate) fn text(&mut self, text: &str) -> Option<&str> {
        let mut length = 0;
        for character in text.chars() {
            let letter = match u8::try_from(character) {
                Ok(byte) if byte.is_ascii_alphanumeric() => byte.to_ascii_lowercase(),
                Ok(0..=0xa9 | 0xab..=0xb4 | 0xb6..=0xb9 | 0xbb..=0xbf | 0xd7 | 0xf7) => continue,
                Err(_) if is_a_sign(character) => continue,
                _ => return None,
            };
            *self.0.get_mut(length)? = letter;
            length += 1;
        }
        std::str::from_utf8(self.0.get(..length)?).ok()
    }
}

/// The blocks of punctuation, arrows, shapes and pictures beyond Latin-1, and what joins them.
const fn is_a_sign(character: char) -> bool {
    matches!(
        character,
        '\u{2000}'..='\u{206f}' | '\u{2190}'..='\u{245f}' | '\u{2500}'..='\u{2bff}' |
        '\u{2e00}'..='\u{2e7f}' | '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}' |
        '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{1f000}'..='\u{1f0ff}' | '\u{1f300}'..='\u{1faff}'
    )
}

/// A folded text without the words around it that say nothing: `closedwon` is `won`. A text that
/// has nothing but such words keeps the last.
pub(crate) fn core(folded: &str) -> &str {
    let mut core = folded;
    while !FILLERS.contains(&core)
        && let Some(shorter) = FILLERS.iter().find_map(|filler| {
            core.strip_prefix(filler)
                .or_else(|| core.strip_suffix(filler))
        })
    {
        core = shorter;
    }
    core
}

/// The stage that an object names, or is, if that name says won or lost and nothing else; and
/// what it says.
pub(crate) fn told(object: RuleContext<'_>) -> Option<(RuleContext<'_>, Outcome)> {
    let naming = if matches!(object.schema.meaning, Meaning::Record("stage")) {
        Meanings::STAGE.or(Meanings::RECORD_NAME)
    } else {
        Meanings::STAGE
    };
    object.members_meaning(naming).find_map(|member| {
        if member.node().kind != Kind::String {
            return None;
        }
        let (mut room, mut folded) = (Short::new(), Folded::new());
        let name = folded.text(member.short(&mut room)?)?;
        match core(name) {
            "won" => Some((member, Outcome::Won)),
            "lost" => Some((member, Outcome::Lost)),
            _ => None,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::classify::may_be_stage;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_name_that_says_won_or_lost_is_looked_at(
            start in "[ (\"'!-]{0,2}((closed|Close|deal|Opportunity|status|is)[ :-]{0,2}){0,2}",
            name in "([wW][ .-]?[oO][ ]?[nN]?|[lL][.]?[oO]-?[sS]?)[tT]?",
            end in "[ a-z:!-]{0,3}([ -]?(closed|Deal|status|opportunity|is)){0,2}[ )\"'!.-]{0,2}",
        ) {
            let name = format!("{start}{name}{end}");
            let mut folded = Folded::new();
            let says = folded.text(&name).is_some_and(|name| matches!(core(name), "won" | "lost"));
            prop_assert!(!says || may_be_stage(name.as_bytes()), "{}", name);
        }
    }
}

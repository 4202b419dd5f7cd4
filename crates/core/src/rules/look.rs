//! The look: every fact about a value, from a few comparisons; and who wants to hear of them.

use crate::contract::{DateForm, Form, Meaning, Meanings, Scale, Schema, Unit};
use crate::document::{Kind, Node, Short, flag};
use crate::values::currency;
use crate::values::moment::{self, Instant, Moment};
use crate::values::number::{Bound, Number};

use super::{Facts, GROUPS, Role, odd};

/// For each meaning, the facts that call some rule.
pub(crate) static GATES: [Facts; Meanings::COUNT] = gates();
/// The facts without which no rule about an object's values together is called.
pub(crate) static OBJECT_GATE: Facts = object_gate();

#[allow(clippy::indexing_slicing, reason = "runs when the crate is compiled")]
const fn gates() -> [Facts; Meanings::COUNT] {
    let mut gates = [Facts::NONE; Meanings::COUNT];
    let mut group = 0;
    while group < GROUPS.len() {
        let mut rule = 0;
        while rule < GROUPS[group].len() {
            if let Role::Value { meanings, when, .. } = GROUPS[group][rule].role {
                let mut meaning = 0;
                while meaning < Meanings::COUNT {
                    if meanings.has(meaning) {
                        gates[meaning] = gates[meaning].or(when);
                    }
                    meaning += 1;
                }
            }
            rule += 1;
        }
        group += 1;
    }
    gates
}

#[allow(clippy::indexing_slicing, reason = "runs when the crate is compiled")]
const fn object_gate() -> Facts {
    let mut gate = Facts::NONE;
    let mut group = 0;
    while group < GROUPS.len() {
        let mut rule = 0;
        while rule < GROUPS[group].len() {
            if let Role::Object { when, .. } = GROUPS[group][rule].role {
                gate = gate.or(when);
            }
            rule += 1;
        }
        group += 1;
    }
    gate
}

/// No vendor is known to keep a longer key of a caller: it is what a column of a database holds.
pub(crate) const LONGEST_KEY: usize = 255;

/// Strings of fewer bytes are no credentials.
pub(crate) const LONG: usize = 20;

/// Looks at a value.
#[inline]
pub(crate) fn look(node: &Node, schema: &Schema, text: &str, now: Instant) -> Facts {
    match node.kind {
        Kind::String => string(node, schema, text, now),
        Kind::Number => number(node, schema, text),
        _ => Facts::PRESENT,
    }
}

#[inline]
fn string(node: &Node, schema: &Schema, text: &str, now: Instant) -> Facts {
    let inner = node.inner(text);
    let bytes = inner.as_bytes();
    let escaped = node.has(flag::ESCAPED);
    let plain = !escaped && !node.has(flag::NON_ASCII);
    let mut facts = Facts::PRESENT
        | Facts::ESCAPED.when(escaped)
        | Facts::NON_ASCII.when(node.has(flag::NON_ASCII));
    let (Some(first), Some(last)) = (bytes.first(), bytes.last()) else {
        return facts | Facts::BLANK;
    };
    let (starts, ends) = if plain {
        (*first == b' ', *last == b' ')
    } else {
        edges(inner)
    };
    facts = facts
        | Facts::BLANK.when(starts)
        | Facts::PADDED.when(starts || ends)
        | Facts::NO_LETTER_FIRST.when(!first.is_ascii_alphabetic())
        | Facts::PLACEHOLDER.when(may_be_placeholder(*first, bytes.len()));
    if !plain && Meanings::WORDS.contains(&schema.meaning) {
        let lines = matches!(schema.meaning, Meaning::FreeText);
        facts = facts | Facts::ODD.when(odd::within(inner, lines));
    }
    match &schema.meaning {
        Meaning::None => facts,
        Meaning::Credential(_) => facts | Facts::CREDENTIAL,
        Meaning::ContentType(media) => facts | Facts::OTHER_MEDIA_TYPE.when(inner != *media),
        Meaning::IdempotencyKey => facts | Facts::LONG_KEY.when(bytes.len() > LONGEST_KEY),
        Meaning::RecordName => {
            facts | Facts::UNBROKEN.when(has_long_run(bytes)) | stage(*first, *last)
        }
        Meaning::Stage => facts | stage(*first, *last),
        Meaning::FreeText | Meaning::Label => facts | Facts::UNBROKEN.when(has_long_run(bytes)),
        meaning => {
            let mut room = Short::new();
            let value = if escaped {
                room.value(inner)
            } else {
                Some(inner)
            };
            facts | value.map_or(Facts::NONE, |value| meant(value, meaning, now))
        }
    }
}

/// The facts that depend on what a string means.
#[inline]
fn meant(value: &str, meaning: &Meaning, now: Instant) -> Facts {
    match meaning {
        Meaning::Status(words) => {
            if value == words.open {
                Facts::OPEN
            } else if value == words.won {
                Facts::WON
            } else {
                Facts::LOST.when(value == words.lost)
            }
        }
        Meaning::CurrencyCode => {
            Facts::CURRENCY | Facts::NOT_TENDER.when(!currency::is_tender(value))
        }
        Meaning::CloseDate(form) => Facts::CLOSE_DATE | date(value, form, now),
        Meaning::FollowUpDate(form) => Facts::FOLLOW_UP | date(value, form, now),
        Meaning::Timestamp(form) => date(value, form, now),
        Meaning::Reference(_) => Facts::ODD_ID.when(is_odd_id(value)),
        _ => Facts::NONE,
    }
}

/// Whether a name may be that of a stage for what is won or lost: `Won`, `Closed Lost`.
#[inline]
const fn stage(first: u8, last: u8) -> Facts {
    let telling = matches!(first | 0x20, b'w' | b'l') || matches!(last | 0x20, b'n' | b't');
    Facts::STAGE.when(telling)
}

/// Whether a string with escapes or beyond ASCII may start and end with white space.
#[inline(never)]
fn edges(inner: &str) -> (bool, bool) {
    let bytes = inner.as_bytes();
    let white = |character: Option<char>| character.is_some_and(char::is_whitespace);
    // An escape is two or six bytes long.
    let escape = |length| {
        let at = bytes.len().checked_sub(length);
        at.and_then(|at| bytes.get(at)) == Some(&b'\\')
    };
    (
        bytes.first() == Some(&b'\\') || white(inner.chars().next()),
        escape(2) || escape(6) || white(inner.chars().next_back()),
    )
}

/// Whether an ID is worth a closer look.
#[inline]
fn is_odd_id(value: &str) -> bool {
    let bytes = value.as_bytes();
    if bytes.len() == 36 {
        return !matches!(bytes.get(14), Some(b'1'..=b'8'))
            || !matches!(bytes.get(19), Some(b'8' | b'9' | b'a' | b'b' | b'A' | b'B'));
    }
    bytes.len() <= 6 || !bytes.iter().any(u8::is_ascii_digit)
}

/// 1990-01-01T00:00:00Z: no CRM is older.
pub(crate) const OLDEST: i64 = 631_152_000;
/// Ten years of 365.25 days.
const TEN_YEARS: i64 = 315_576_000;

fn date(value: &str, form: &DateForm, now: Instant) -> Facts {
    let (at, over) = match form.form {
        Form::DateTime => match moment::date_time(value) {
            Ok(at) => (at, Facts::PAST.when(at < now)),
            Err(_) => return Facts::NOT_A_DATE,
        },
        Form::DateOrDateTime => match moment::iso_8601(value) {
            Ok(Moment::DateTime(at)) => (at, Facts::PAST.when(at < now)),
            Ok(Moment::LocalDateTime(at)) => {
                // Over once it is over in the last zone, twelve hours behind UTC.
                let last = Instant {
                    seconds: at.seconds + 43_200,
                    ..at
                };
                (at, Facts::NO_ZONE | Facts::PAST.when(last < now))
            }
            Ok(Moment::Date(date)) => {
                let at = Instant {
                    seconds: date.days_since_epoch() * 86_400,
                    nanos: 0,
                };
                (at, Facts::PAST.when(date.is_over_everywhere(now)))
            }
            Err(_) => return Facts::NOT_A_DATE,
        },
    };
    over | Facts::NOT_FUTURE.when(at <= now)
        | Facts::OLD.when(at.seconds < OLDEST)
        | Facts::FAR.when(at.seconds > now.seconds.saturating_add(TEN_YEARS))
        | Facts::LEAP_SECOND.when(at.nanos >= 1_000_000_000)
}

pub(crate) const HUNDRED: Bound = Bound {
    text: "100",
    negative: false,
    coefficient: 100,
    exponent: 0,
    exclusive: false,
};
pub(crate) const ONE: Bound = Bound {
    text: "1",
    negative: false,
    coefficient: 1,
    exponent: 0,
    exclusive: false,
};

/// Numbers with more bytes may be beyond what a double holds exactly.
const LONG_NUMBER: u32 = 15;

#[inline]
fn number(node: &Node, schema: &Schema, text: &str) -> Facts {
    let facts = Facts::PRESENT
        | Facts::FRACTIONAL.when(node.has(flag::FRACTIONAL))
        | Facts::NEGATIVE.when(node.has(flag::NEGATIVE))
        | Facts::LONG_NUMBER.when(node.end - node.start > LONG_NUMBER);
    match &schema.meaning {
        Meaning::Money(money) => {
            let length = node.end - node.start;
            let (short, long) = (Facts::SHORT_AMOUNT, Facts::LONG_AMOUNT);
            let facts = facts | Facts::MONEY;
            match money.unit {
                Unit::Minor => facts | short.when(length < 4),
                Unit::Major => facts | long.when(length > 9),
            }
        }
        Meaning::Probability(scale) => {
            let number = Number::new(node.text(text));
            let certain = if *scale == Scale::Percent {
                HUNDRED
            } else {
                ONE
            };
            facts
                | Facts::PROBABILITY
                | if number.is_zero() {
                    Facts::ZERO
                } else if number.compare(&certain).is_lt() {
                    let small = *scale == Scale::Percent
                        && node.flags & (flag::FRACTIONAL | flag::NEGATIVE) == flag::FRACTIONAL
                        && number.compare(&ONE).is_lt();
                    Facts::UNCERTAIN | Facts::BELOW_ONE.when(small)
                } else {
                    Facts::CERTAIN
                }
        }
        _ => facts,
    }
}

/// For each length, the first letters (bit 0 is `a`) of what documentation puts in a value's
/// place: `string`, `TODO`, `n/a`, `undefined` and the like.
const PLACEHOLDERS: [u32; 16] = placeholders();

/// Words that stand for a value that nobody has filled in, in lower case.
pub(crate) const PLACEHOLDER_WORDS: [&str; 16] = [
    "string",
    "todo",
    "tbd",
    "tba",
    "xxx",
    "n/a",
    "null",
    "none",
    "undefined",
    "nan",
    "fixme",
    "changeme",
    "placeholder",
    "lorem ipsum",
    "your name",
    "foobar",
];

/// Those of [`PLACEHOLDER_WORDS`] that people also write for one another to read.
pub(crate) const READ_WORDS: [&str; 5] = ["tbd", "tba", "xxx", "n/a", "none"];

#[allow(clippy::indexing_slicing, reason = "runs when the crate is compiled")]
const fn placeholders() -> [u32; 16] {
    let mut table = [0; 16];
    let mut word = 0;
    while word < PLACEHOLDER_WORDS.len() {
        let bytes = PLACEHOLDER_WORDS[word].as_bytes();
        table[bytes.len() % 16] |= 1 << (bytes[0] - b'a');
        word += 1;
    }
    table
}

#[inline]
fn may_be_placeholder(first: u8, length: usize) -> bool {
    match first {
        b'<' | b'{' | b'[' | b'$' => true,
        _ => {
            let letter = (first | 0x20).wrapping_sub(b'a');
            letter < 26
                && length < 16
                && PLACEHOLDERS
                    .get(length)
                    .is_some_and(|letters| letters >> letter & 1 != 0)
        }
    }
}

/// Whether at least [`LONG`] bytes stand in a row without a space. Looks at one byte in five of
/// ordinary prose, by leaping behind the last space of each window.
#[inline]
fn has_long_run(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    while let Some(window) = rest.first_chunk::<LONG>() {
        match window.iter().rposition(|byte| *byte <= b' ') {
            Some(space) => rest = rest.get(space + 1..).unwrap_or_default(),
            None => return true,
        }
    }
    false
}

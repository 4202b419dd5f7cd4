//! Classification: computes the facts of a value in a few comparisons.

use crate::contract::{DateForm, Facts, Form, Meaning, Meanings, Scale, Schema, Unit};
use crate::document::{Token, character, flag, short};
use crate::values::bytes::same;
use crate::values::datetime::{self, Instant, Moment};
use crate::values::number::{Bound, Number};
use crate::values::{currency, secret};

use super::unicode;

/// No vendor is known to keep a longer key of a caller: it is what a column of a database holds.
pub(crate) const LONGEST_KEY: usize = 255;

/// A string with fewer bytes is not a credential.
pub(crate) const LONG: usize = secret::SHORTEST;

/// Looks at a value.
#[inline(always)]
pub(crate) fn classify(token: Token<'_>, schema: &Schema<'_>, now: &Instant) -> Facts {
    match token {
        Token::String(inner, flags) => string(inner, flags, schema, now),
        Token::Number(number, flags, length) => self::number(number, flags, length, schema),
        Token::Array(several) => Facts::PRESENT | Facts::SEVERAL.when(several),
        _ => Facts::PRESENT,
    }
}

#[inline(always)]
fn string(inner: &[u8], flags: u8, schema: &Schema<'_>, now: &Instant) -> Facts {
    let (Some(first), Some(last)) = (inner.first(), inner.last()) else {
        return Facts::PRESENT | Facts::BLANK;
    };
    let mut facts = Facts::PRESENT
        | Facts::of_flags(flags)
        | Facts::BLANK.or(Facts::PADDED).when(*first == b' ')
        | Facts::NO_LETTER_FIRST.when(!first.is_ascii_alphabetic())
        | Facts::PLACEHOLDER.when(may_stand_for_none(inner, *first, flags) && *first != b' ')
        | Facts::PADDED.when(*last == b' ');
    if flags != 0 && (flags & flag::ESCAPED != 0 || !unicode::is_plain(inner)) {
        facts = facts | unusual(inner, flags, schema);
    }
    let meaning = schema.meaning.number();
    if Meanings::PROSE.has(meaning) {
        if let Meaning::RecordName = schema.meaning {
            facts = facts | stage(inner, flags);
        }
        let unbroken = if flags & flag::ESCAPED == 0 {
            has_long_run(inner)
        } else {
            has_long_run_between_escapes(inner)
        };
        facts
            | Facts::UNBROKEN.when(unbroken)
            | Facts::ENTITY.when(flags & flag::AMPERSAND != 0 || may_have_entity(inner))
    } else if TELLING.has(meaning) {
        facts | meant(inner, flags, &schema.meaning, now)
    } else {
        facts
    }
}

/// The facts about a string with escapes or outside ASCII that its plain bytes do not tell.
#[inline(never)]
fn unusual(inner: &[u8], flags: u8, schema: &Schema<'_>) -> Facts {
    let (starts, ends) = edges(inner);
    let lines = matches!(schema.meaning, Meaning::FreeText);
    let breaks = if lines { 0 } else { flag::BREAK };
    let may_be_odd = flags & (flag::NON_ASCII | flag::STRANGE | breaks) != 0;
    let odd =
        may_be_odd && Meanings::WORDS.contains(&schema.meaning) && unicode::within(inner, lines);
    Facts::BLANK.when(starts) | Facts::PADDED.when(starts || ends) | Facts::ODD.when(odd)
}

/// The meanings of strings whose value tells facts.
const TELLING: Meanings = Meanings::STATUS
    .or(Meanings::CURRENCY_CODE)
    .or(Meanings::STAGE)
    .or(Meanings::REFERENCE)
    .or(Meanings::CREDENTIAL)
    .or(Meanings::CONTENT_TYPE)
    .or(Meanings::IDEMPOTENCY_KEY)
    .or(Meanings::DATES);

/// Whether a look at a value of that meaning reads RFC 3339 date-times, and those alone.
#[inline]
pub(crate) const fn reads_date_times(meaning: &Meaning<'_>) -> bool {
    match meaning {
        Meaning::CloseDate(form) | Meaning::FollowUpDate(form) | Meaning::Timestamp(form) => {
            matches!(form.form, Form::DateTime)
        }
        _ => false,
    }
}

/// Whether a value of that meaning may be a date without a time.
pub(crate) const fn takes_dates(meaning: &Meaning<'_>) -> bool {
    match meaning {
        Meaning::CloseDate(form) | Meaning::FollowUpDate(form) | Meaning::Timestamp(form) => {
            matches!(form.form, Form::DateOrDateTime)
        }
        _ => false,
    }
}

/// The facts that depend on what a string means.
#[inline(never)]
fn meant(inner: &[u8], flags: u8, meaning: &Meaning<'_>, now: &Instant) -> Facts {
    let mut room = None;
    let Some(value) = short(inner, flags, &mut room) else {
        return Facts::NONE;
    };
    match meaning {
        Meaning::Status(words) => {
            if same(value, words.open.as_bytes()) {
                Facts::OPEN
            } else if same(value, words.won.as_bytes()) {
                Facts::WON
            } else {
                Facts::LOST.when(same(value, words.lost.as_bytes()))
            }
        }
        Meaning::CurrencyCode => {
            Facts::CURRENCY | Facts::NOT_TENDER.when(!currency::is_circulating_bytes(value))
        }
        Meaning::CloseDate(_) | Meaning::FollowUpDate(_) | Meaning::Timestamp(_) => {
            date_of(value, meaning, now)
        }
        Meaning::Reference(_) => Facts::ODD_ID.when(is_odd_id(value)),
        Meaning::Stage => stage(inner, flags),
        Meaning::Credential(_) => Facts::CREDENTIAL,
        Meaning::ContentType(media) => Facts::OTHER_MEDIA_TYPE.when(!same(inner, media.as_bytes())),
        Meaning::IdempotencyKey => {
            Facts::LONG_KEY.when(inner.len() > LONGEST_KEY) | Facts::ODD_ID.when(is_odd_id(value))
        }
        _ => Facts::NONE,
    }
}

/// The facts about a text that is a date by its meaning.
#[inline]
pub(crate) fn date_of(value: &[u8], meaning: &Meaning<'_>, now: &Instant) -> Facts {
    match meaning {
        Meaning::CloseDate(form) => Facts::CLOSE_DATE | date(value, form, *now),
        Meaning::FollowUpDate(form) => Facts::FOLLOW_UP | date(value, form, *now),
        Meaning::Timestamp(form) => date(value, form, *now),
        _ => Facts::NONE,
    }
}

/// The facts about a name that may be that of a stage.
#[inline]
fn stage(name: &[u8], flags: u8) -> Facts {
    // A letter after a backslash is allowed for a letter, or for white space.
    let is_letter = |pair: &[u8]| matches!(pair, [b'\\', b'a'..=b'z']);
    let is_unsure = flags & flag::ESCAPED != 0 && name.windows(2).any(is_letter);
    Facts::STAGE.when(is_unsure || may_be_stage(name))
}

/// Whether a name may be that of a stage for what is won or lost: `Won`, `Closed Lost`, `(won)`.
#[inline(always)]
pub(crate) fn may_be_stage(name: &[u8]) -> bool {
    /// The first letters of `won`, `lost` and the words that say nothing beside them.
    const FIRST: u32 = letters(b"wlcdosi");
    match name.first() {
        Some(first @ (b'a'..=b'z' | b'A'..=b'Z')) => {
            FIRST >> (first & 31) & 1 != 0 && is_like_stage(name)
        }
        Some(b'0'..=b'9') | None => false,
        Some(_) => is_like_stage(name),
    }
}

/// A bit for each of some small letters.
const fn letters(mut letters: &[u8]) -> u32 {
    let mut bits = 0;
    while let [first, rest @ ..] = letters {
        bits |= 1 << (*first & 31);
        letters = rest;
    }
    bits
}

/// Words that say nothing about how a record ended.
pub(crate) const STAGE_FILLERS: [&str; 7] = [
    "closed",
    "close",
    "deal",
    "opportunity",
    "status",
    "stage",
    "is",
];

#[inline(never)]
fn is_like_stage(mut name: &[u8]) -> bool {
    let is_sign = |byte: &u8| !byte.is_ascii_alphanumeric();
    while let Some((_, rest)) = name.split_first().filter(|(first, _)| is_sign(first)) {
        name = rest;
    }
    while let Some((_, rest)) = name.split_last().filter(|(last, _)| is_sign(last)) {
        name = rest;
    }
    if let [b'w' | b'W' | b'l' | b'L', rest @ ..] = name {
        return may_go_on(rest);
    }
    let is_filler = |part: Option<&[u8]>, word: &str| {
        part.is_some_and(|part| part.eq_ignore_ascii_case(word.as_bytes()))
    };
    let starts = |word: &str| is_filler(name.get(..word.len()), word);
    // Signs are allowed between the letters, so that the last letter has to do: that of `won`, `lost`
    // or a filler.
    let ends = name
        .last()
        .is_some_and(|last| b"ntdelys".contains(&last.to_ascii_lowercase()));
    STAGE_FILLERS.into_iter().any(starts) && ends
}

/// Whether what follows a `w` or an `l` may go on as in `won` and `lost`, signs and spaces
/// aside: few names that start so do.
#[inline(never)]
fn may_go_on(rest: &[u8]) -> bool {
    match rest {
        [b'o' | b'O', b'n' | b'N' | b's' | b'S', ..] => true,
        [b'o' | b'O', next, ..] | [next, ..] => !next.is_ascii_alphanumeric(),
        [] => false,
    }
}

/// Where the last character of a text begins.
fn last_character(text: &[u8]) -> Option<usize> {
    // The bytes of a character that are not its first begin with the bits 10.
    text.iter().rposition(|byte| *byte & 0xc0 != 0x80)
}

/// Whether a string with escapes or outside ASCII may start and end with white space.
fn edges(inner: &[u8]) -> (bool, bool) {
    let white = |at| {
        inner.get(at) != Some(&b'\\')
            && character(inner, at).is_some_and(|one| one.value.is_whitespace())
    };
    // White space is written as `\n`, `\r`, `\t` or by its number.
    let starts = matches!(inner, [b'\\', b'n' | b'r' | b't' | b'u', ..]);
    let ends = matches!(
        inner,
        [.., b'\\', b'n' | b'r' | b't'] | [.., b'\\', b'u', _, _, _, _]
    );
    (
        starts || white(0),
        ends || last_character(inner).is_some_and(white),
    )
}

/// Whether an ID is worth a closer look.
#[inline]
pub(crate) fn is_odd_id(bytes: &[u8]) -> bool {
    if bytes.len() == 36 {
        return !matches!(bytes.get(14), Some(b'1'..=b'8'))
            || !matches!(bytes.get(19), Some(b'8' | b'9' | b'a' | b'b' | b'A' | b'B'));
    }
    // Most IDs end in a digit.
    bytes.len() <= 6 || !bytes.iter().rev().any(u8::is_ascii_digit)
}

/// 1990-01-01T00:00:00Z: no CRM is older.
pub(crate) const OLDEST: i64 = 631_152_000;
/// Ten years of 365.25 days.
pub(crate) const TEN_YEARS: i64 = 315_576_000;

#[inline]
fn date(value: &[u8], form: &DateForm, now: Instant) -> Facts {
    let (at, over) = match form.form {
        Form::DateTime => match datetime::strict_date_time(value) {
            Some(at) => (at, Facts::PAST.when(at < now)),
            None => return Facts::NOT_A_DATE,
        },
        Form::DateOrDateTime => match datetime::moment(value) {
            Some(Moment::DateTime(at)) => (at, Facts::PAST.when(at < now)),
            Some(Moment::LocalDateTime(at)) => {
                // Over once it is over in the last zone, twelve hours after UTC.
                let last = Instant {
                    seconds: at.seconds + 43_200,
                    ..at
                };
                (at, Facts::NO_ZONE | Facts::PAST.when(last < now))
            }
            Some(Moment::Date(date)) => {
                let at = Instant {
                    seconds: date.days_since_epoch() * 86_400,
                    nanos: 0,
                };
                (at, Facts::PAST.when(date.is_over_everywhere(now)))
            }
            None => return Facts::NOT_A_DATE,
        },
    };
    over | Facts::NOT_FUTURE.when(at <= now)
        | Facts::OLD.when(at.seconds < OLDEST)
        | Facts::FAR.when(at.seconds > now.seconds.saturating_add(TEN_YEARS))
        | Facts::LEAP_SECOND.when(at.nanos >= 1_000_000_000)
}

pub(crate) const HUNDRED: Bound<'static> = Bound {
    text: "100",
    negative: false,
    coefficient: 100,
    exponent: 0,
    exclusive: false,
};
pub(crate) const ONE: Bound<'static> = Bound {
    text: "1",
    negative: false,
    coefficient: 1,
    exponent: 0,
    exclusive: false,
};

/// Numbers with more bytes may be beyond what a double holds exactly.
const LONG_NUMBER: usize = 15;

#[inline(always)]
fn number(number: &Number<'_>, flags: u8, length: usize, schema: &Schema<'_>) -> Facts {
    let facts = Facts::PRESENT
        | Facts::FRACTIONAL.when(flags & flag::FRACTIONAL != 0)
        | Facts::NEGATIVE.when(flags & flag::NEGATIVE != 0)
        | Facts::LONG_NUMBER.when(length > LONG_NUMBER);
    match &schema.meaning {
        Meaning::Money(money) => {
            let (short, long) = (Facts::SHORT_AMOUNT, Facts::LONG_AMOUNT);
            let facts = facts | Facts::MONEY.when(money.currency_in.is_some());
            match money.unit {
                Unit::Minor => facts | short.when(length < 4),
                Unit::Major => facts | long.when(length > 9),
            }
        }
        Meaning::Probability(scale) => {
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
                        && flags & (flag::FRACTIONAL | flag::NEGATIVE) == flag::FRACTIONAL
                        && number.compare(&ONE).is_lt();
                    Facts::UNCERTAIN | Facts::BELOW_ONE.when(small)
                } else {
                    Facts::CERTAIN
                }
        }
        _ => facts,
    }
}

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

/// For each first byte of a string, the lengths in bytes, modulo 32, at which the string may be a
/// placeholder, a bit each. A space is there with all lengths.
static LENGTHS: [u32; 256] = lengths();

#[allow(clippy::indexing_slicing, reason = "runs when the crate is compiled")]
const fn lengths() -> [u32; 256] {
    let mut table = [0; 256];
    let mut word = 0;
    while word < PLACEHOLDER_WORDS.len() {
        let bytes = PLACEHOLDER_WORDS[word].as_bytes();
        table[bytes[0] as usize] |= 1 << bytes.len();
        table[bytes[0].to_ascii_uppercase() as usize] |= 1 << bytes.len();
        word += 1;
    }
    let mut any = 0;
    while any < 7 {
        table[b"<{[$#% "[any] as usize] = u32::MAX;
        any += 1;
    }
    table
}

/// Whether a string may be a placeholder, or starts with a space.
#[inline(always)]
pub(crate) fn may_stand_for_none(inner: &[u8], first: u8, flags: u8) -> bool {
    let lengths = LENGTHS.get(usize::from(first)).copied().unwrap_or(0);
    lengths >> (inner.len() % 32) & 1 != 0 && may_be_placeholder(inner, flags)
}

/// Whether a string that has the length and the first byte of a placeholder has its last byte, too.
#[cold]
#[inline(never)]
fn may_be_placeholder(inner: &[u8], flags: u8) -> bool {
    let ends = |text: &[u8]| Some([*text.first()?, *text.last()?]);
    let Some([first, last]) = ends(inner) else {
        return false;
    };
    let is_word = |word: &&str| {
        word.len() == inner.len()
            && ends(word.as_bytes())
                == Some([first.to_ascii_lowercase(), last.to_ascii_lowercase()])
    };
    flags != 0 || !first.is_ascii_alphabetic() || PLACEHOLDER_WORDS.iter().any(is_word)
}

/// Whether something in a text may be an HTML entity: an ampersand and a semicolon soon after it.
#[inline]
fn may_have_entity(bytes: &[u8]) -> bool {
    has_ampersand(bytes) && has_entity(bytes)
}

fn has_ampersand(bytes: &[u8]) -> bool {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    const HIGHS: u64 = u64::from_le_bytes([0x80; 8]);
    // Exact for the question whether any byte is one.
    let within = |chunk: &[u8; 8]| {
        let differs = u64::from_le_bytes(*chunk) ^ u64::from_le_bytes([b'&'; 8]);
        differs.wrapping_sub(ONES) & !differs & HIGHS
    };
    let (chunks, rest) = bytes.as_chunks::<8>();
    match bytes.last_chunk::<8>() {
        Some(last) => {
            let all = chunks.iter().map(within);
            all.fold(within(last), |all, one| all | one) != 0
        }
        None => rest.contains(&b'&'),
    }
}

#[cold]
#[inline(never)]
fn has_entity(bytes: &[u8]) -> bool {
    const LONGEST: usize = 10;
    bytes.split(|byte| *byte == b'&').skip(1).any(|behind| {
        let near = behind.get(..LONGEST).unwrap_or(behind);
        let starts = |first: &u8| *first == b'#' || first.is_ascii_alphabetic();
        near.first().is_some_and(starts) && near.contains(&b';')
    })
}

/// Whether at least [`LONG`] bytes stand in a row without a space.
#[inline]
pub(crate) fn has_long_run(bytes: &[u8]) -> bool {
    #[cfg(target_arch = "x86_64")]
    return has_long_run_by_sixteen::<b' '>(bytes);
    #[cfg(not(target_arch = "x86_64"))]
    return has_long_run_by_leaps(bytes);
}

/// [`has_long_run`], of a text with escapes, each of which ends a run: a credential that is written
/// with escapes is hidden, but not always reported.
#[inline(never)]
fn has_long_run_between_escapes(bytes: &[u8]) -> bool {
    #[cfg(target_arch = "x86_64")]
    return has_long_run_by_sixteen::<b'\\'>(bytes);
    #[cfg(not(target_arch = "x86_64"))]
    return has_long_run_in_parts(bytes);
}

/// Between one escape and the next.
#[cfg(any(test, not(target_arch = "x86_64")))]
fn has_long_run_in_parts(bytes: &[u8]) -> bool {
    let mut parts = bytes.split(|byte| *byte == b'\\');
    parts.any(|part| part.len() >= LONG && has_long_run(part))
}

/// Sixteen bytes at a time. No block waits for the one before, but for one short sum. A run ends
/// before a space and before the other byte.
#[cfg(target_arch = "x86_64")]
#[inline]
fn has_long_run_by_sixteen<const OTHER: u8>(bytes: &[u8]) -> bool {
    use wide::u8x16;

    let spaces = |block: &[u8; 16]| {
        let block = u8x16::new(*block);
        let ends = block.simd_eq(u8x16::splat(b' ')) | block.simd_eq(u8x16::splat(OTHER));
        ends.to_bitmask()
    };
    // How many bytes without a space stand before the block.
    let mut before = 0;
    let (blocks, rest) = bytes.as_chunks::<16>();
    for block in blocks {
        let spaces = spaces(block);
        if before + spaces.trailing_zeros().min(16) as usize >= LONG {
            return true;
        }
        before = match spaces.checked_ilog2() {
            Some(last) => 15 - last as usize,
            None => before + 16,
        };
    }
    // The last block is looked at together with bytes before it, which were counted already.
    let Some(block) = bytes.last_chunk::<16>() else {
        return false;
    };
    let left = spaces(block) >> (16 - rest.len());
    before + (left.trailing_zeros() as usize).min(rest.len()) >= LONG
}

/// Looks at one byte in two of ordinary prose, by leaping after the last space of each window.
#[cfg(any(test, not(target_arch = "x86_64")))]
#[inline]
fn has_long_run_by_leaps(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    while let Some((window, _)) = rest.split_first_chunk::<LONG>() {
        let behind = match last_space(window) {
            Some(space) => space + 1,
            None => return true,
        };
        rest = rest.get(behind..).unwrap_or_default();
    }
    false
}

/// The place of the last space of a window.
#[cfg(any(test, not(target_arch = "x86_64")))]
#[inline]
fn last_space(window: &[u8; LONG]) -> Option<usize> {
    const LOWS: u64 = u64::from_le_bytes([0x7f; 8]);
    const BEFORE: usize = LONG - 8;
    let space = window.last_chunk::<8>().and_then(|end| {
        let word = u64::from_le_bytes(*end) ^ u64::from_le_bytes([b' '; 8]);
        // The high bit of each byte that is zero, and of no other.
        let spaces = !(((word & LOWS) + LOWS) | word | LOWS);
        spaces.checked_ilog2()
    });
    match space {
        Some(bit) => Some(BEFORE + bit as usize / 8),
        None => window.iter().take(BEFORE).rposition(|byte| *byte == b' '),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::StatusWords;
    use crate::values::secret;

    const NOW: Instant = Instant {
        seconds: 1_768_478_400,
        nanos: 0,
    };

    fn facts(text: &str, flags: u8, meaning: Meaning) -> Facts {
        let schema = Schema {
            meaning,
            ..Schema::ANY
        };
        classify(Token::String(text.as_bytes(), flags), &schema, &NOW)
    }

    #[test]
    fn only_words_that_stand_for_none_may_be_placeholders() {
        for (text, may) in [
            ("string", true),
            ("String", true),
            ("sample", false),
            ("Nordic", false),
            ("<name>", true),
            ("strings", false),
        ] {
            let facts = facts(text, 0, Meaning::FreeText);
            assert_eq!(facts.meets(Facts::PLACEHOLDER), may, "{text}");
        }
    }

    #[test]
    fn white_space_beyond_ascii_and_in_escapes_is_seen_at_the_edges() {
        let padded = |text: &str| {
            let escaped = u8::from(text.contains('\\')) * flag::ESCAPED;
            let non_ascii = u8::from(!text.is_ascii()) * flag::NON_ASCII;
            facts(text, escaped | non_ascii, Meaning::RecordName).meets(Facts::PADDED)
        };
        for white in ["\u{a0}", "\u{2003}", "\u{3000}", "\\n", "\\u00a0"] {
            assert!(padded(&format!("{white}Söhne")), "{white}");
            assert!(padded(&format!("Söhne{white}")), "{white}");
            assert!(!padded(&format!("Müller{white}Söhne")), "{white}");
        }
        for tight in [
            "Ömer",
            "Größé",
            "東京",
            "🎉 party 🎉",
            "\\\"Ömer\\\"",
            "\\/",
        ] {
            assert!(!padded(tight), "{tight}");
        }
    }

    #[test]
    fn long_runs_are_told_of_what_people_read() {
        let unbroken =
            |text: &str, flags| facts(text, flags, Meaning::FreeText).meets(Facts::UNBROKEN);
        let (long, short) = ("a".repeat(LONG), "a".repeat(LONG - 1));
        assert!(unbroken(&long, 0) && !unbroken(&short, 0));
        for (escape, length) in [("\\n", LONG - 2), ("\\\\", LONG - 2), ("\\u0061", LONG - 6)] {
            // What follows the backslash counts with what follows.
            let broken = format!("{short}{escape}{}", "a".repeat(length));
            assert!(
                unbroken(&broken, 0) && !unbroken(&broken, flag::ESCAPED),
                "{broken}"
            );
            assert!(unbroken(&format!("{broken}aa"), flag::ESCAPED), "{broken}");
        }
    }

    #[test]
    fn names_of_stages_and_long_keys_are_told_apart() {
        static WORDS: StatusWords = StatusWords {
            open: "open",
            won: "won",
            lost: "lost",
        };
        let is_stage = |text, flags| facts(text, flags, Meaning::Stage).meets(Facts::STAGE);
        assert!(is_stage("Closed Won", 0) && is_stage("lost", 0));
        for (name, may) in [
            ("Proposal \\\"sent\\\"", false),
            ("Pr\\u006fposal", true),
            ("\\nWon", true),
            ("\\\"Won\\\"", true),
        ] {
            assert_eq!(is_stage(name, flag::ESCAPED), may, "{name}");
        }
        for (name, may) in [
            ("Won", true),
            ("(won)", true),
            ("Deal: lost!", true),
            ("Closed Won Deal", true),
            ("Closed deal", true),
            ("Consulting deal", false),
            ("Second opportunity", false),
            ("Horizon", false),
            ("lost: price", true),
            ("W.O.N.", true),
            ("Wo n", true),
            ("Lossless", true),
            ("Westfield Partnership", false),
            ("Loan for a harbour", false),
            ("Workshop", false),
            ("L2", false),
            ("w", false),
            ("wo", false),
        ] {
            assert_eq!(is_stage(name, 0), may, "{name}");
        }
        let is_long =
            |length| facts(&"k".repeat(length), 0, Meaning::IdempotencyKey).meets(Facts::LONG_KEY);
        assert!(!is_long(LONGEST_KEY) && is_long(LONGEST_KEY + 1));
        for (word, fact) in [
            ("open", Facts::OPEN),
            ("won", Facts::WON),
            ("lost", Facts::LOST),
        ] {
            assert!(
                facts(word, 0, Meaning::Status(&WORDS)).meets(fact),
                "{word}"
            );
        }
    }

    #[test]
    fn what_most_ids_look_like_is_not_odd() {
        for id in [
            "b9c85ac3-1a1d-4f31-a0c5-6e7d3d8ee0b2",
            "b9c85ac3-1a1d-8f31-B0c5-6e7d3d8ee0b2",
            "contact-001",
            "stage123xyz",
        ] {
            assert!(!is_odd_id(id.as_bytes()), "{id}");
        }
        for id in [
            "b9c85ac3-1a1d-0f31-a0c5-6e7d3d8ee0b2",
            "b9c85ac3-1a1d-4f31-c0c5-6e7d3d8ee0b2",
            "00000000-0000-0000-0000-000000000000",
            "id0001",
            "pipeline",
        ] {
            assert!(is_odd_id(id.as_bytes()), "{id}");
        }
    }

    #[test]
    fn now_is_neither_over_nor_ahead() {
        static DATE_TIME: DateForm = DateForm {
            form: Form::DateTime,
            future: false,
        };
        static EITHER: DateForm = DateForm {
            form: Form::DateOrDateTime,
            future: false,
        };
        let of = |text| facts(text, 0, Meaning::Timestamp(&DATE_TIME));
        let now = of("2026-01-15T12:00:00Z");
        assert!(now.meets(Facts::NOT_FUTURE) && !now.meets(Facts::PAST));
        let before = of("2026-01-15T11:59:59Z");
        assert!(before.meets(Facts::PAST));
        assert!(!of("2026-01-15T12:00:01Z").meets(Facts::NOT_FUTURE));
        assert!(takes_dates(&Meaning::CloseDate(&EITHER)));
        assert!(!takes_dates(&Meaning::CloseDate(&DATE_TIME)) && !takes_dates(&Meaning::FreeText));
    }

    proptest::proptest! {
        #[test]
        fn every_way_finds_the_same_long_runs(text in "[a ]{0,70}", words in "([a-z]{1,24} ?){0,6}") {
            for text in [text.as_bytes(), words.as_bytes()] {
                let longest = text.split(|byte| *byte == b' ').map(<[u8]>::len).max();
                let expected = longest.is_some_and(|longest| longest >= LONG);
                assert_eq!(has_long_run(text), expected);
                assert_eq!(has_long_run_by_leaps(text), expected);
                assert_eq!(has_long_run_between_escapes(text), expected);
                assert_eq!(has_long_run_in_parts(text), expected);
            }
        }

        #[test]
        fn an_escape_ends_a_run(text in "([an/]{0,24}( |\\\\n|\\\\t|\\\\\\\\|\\\\\"|\\\\/|\\\\u000a)){0,8}") {
            let longest = text.split([' ', '\\']).map(str::len).max();
            let expected = longest.is_some_and(|longest| longest >= LONG);
            assert_eq!(has_long_run_between_escapes(text.as_bytes()), expected, "{text}");
            assert_eq!(has_long_run_in_parts(text.as_bytes()), expected, "{text}");
        }

        #[test]
        fn every_key_and_token_has_a_long_run(
            parts in proptest::collection::vec(
                proptest::prop_oneof![
                    "(wbk_|slnt_pat_|ghp_|AKIA|sk-ant-)[a-z0-9]{12,40}",
                    "eyJ[a-z0-9]{2,12}\\.eyJ[a-z0-9]{2,12}(\\.[a-z0-9]{0,9})?",
                    "Bearer [a-z0-9+/.]{12,30}",
                    "( |\\\\n|\\\\\"|\\\\/|\\\\u0061|[a-z,]{1,8})",
                ],
                0..6,
            ),
        ) {
            let text = parts.concat();
            if secret::find(&text).next().is_some() {
                assert!(has_long_run(text.as_bytes()), "{text}");
            }
        }
    }
}

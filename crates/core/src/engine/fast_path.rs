//! The fast path for ordinary values: plain text, whole numbers, true and false.
//!
//! An ordinary value is one of which nothing is ever to be said. To tell that takes a few
//! comparisons with numbers that were worked out when the crate was compiled. Whatever is not
//! ordinary is judged by [`check`](super::check) and by the look; so this module may be too
//! strict, which costs a little time, but never too lenient. A test holds it against them.

use super::dispatch;
use crate::contract::{
    Facts, FastForm as Form, FastPath, Format, Literal, Meaning, Scale, Schema, Types, Unit,
};
use crate::facts::classify;
use crate::values::datetime::Instant;
use crate::values::number::Bound;
use crate::values::{bytes, currency, datetime, uuid};

/// Numbers with more digits are looked at closely.
const DIGITS: usize = 15;

/// A schema with its fast path filled in. Tables for the module of the browser lose the texts that
/// no check reads: the package's types and schemas have them as well.
#[must_use]
pub const fn ready(schema: Schema<'_>) -> Schema<'_> {
    let ready = Schema {
        fast_path: fast_path(&schema),
        ..schema
    };
    if cfg!(pipelint_module) {
        Schema {
            title: "",
            default: "",
            ..ready
        }
    } else {
        ready
    }
}

/// Works out what an ordinary value of a schema is.
///
/// An ordinary value breaks no keyword, and no rule has anything to report about it.
#[must_use]
pub const fn fast_path(schema: &Schema<'_>) -> FastPath {
    let ordinary = if schema.types.meets(Types::STRING) {
        text_path(schema)
    } else if schema.types.meets(Types::NUMBER.or(Types::INTEGER)) {
        number(schema)
    } else if schema.words.is_empty() {
        let form = if schema.types.meets(Types::BOOLEAN) {
            Form::Boolean
        } else if schema.types.meets(Types::OBJECT) {
            Form::Object
        } else if schema.types.meets(Types::ARRAY) {
            Form::Array
        } else {
            Form::None
        };
        FastPath {
            form,
            ..FastPath::NONE
        }
    } else {
        FastPath::NONE
    };
    // A rule that wants to hear of every value, ordinary ones too.
    let told = Facts::PRESENT.or(ordinary.facts);
    if dispatch::gate(&schema.meaning).meets(told) {
        return FastPath::NONE;
    }
    ordinary
}

/// The facts that an object wants to hear of an ordinary string; `None` if it is none. The
/// string is between `start` and `end`, in ASCII without escapes
/// and ampersands.
#[inline(always)]
pub(crate) fn text(
    bytes: &[u8],
    (start, end): (usize, usize),
    schema: &Schema<'_>,
    now: &Instant,
) -> Option<Facts> {
    let path = &schema.fast_path;
    let inner = bytes.get(start..end)?;
    let length = inner.len();
    let [min, more] = path.length;
    if length.wrapping_sub(min as usize) > more as usize {
        return None;
    }
    let (first, last) = (inner.first()?, inner.last()?);
    if classify::may_stand_for_none(inner, *first, 0) || *last == b' ' {
        return None;
    }
    let is_ordinary = match path.form {
        Form::Prose => length < classify::LONG || !classify::has_long_run(inner),
        Form::Name => {
            first.is_ascii_alphabetic()
                && !classify::may_be_stage(inner)
                && (length < classify::LONG || !classify::has_long_run(inner))
        }
        Form::Stage => !classify::may_be_stage(inner),
        Form::Id => is_id(inner),
        Form::Uuid => uuid::is_uuid_bytes(inner) && !classify::is_odd_id(inner),
        Form::Currency => currency::is_circulating_bytes(inner),
        Form::Status => return status_facts(path, inner),
        Form::Date if is_ahead(path, inner, now)? => true,
        Form::Date => {
            let facts = classify::date_of(inner, &schema.meaning, now);
            return (!facts.meets(path.gate.or(Facts::NOT_A_DATE))).then_some(facts);
        }
        Form::Text => true,
        _ => false,
    };
    is_ordinary.then_some(path.facts)
}

/// Whether a text is a date that lies ahead, within ten years; `None` if it is not a date of
/// RFC 3339. Of other dates it depends on what they mean whether they are ordinary.
#[inline(always)]
fn is_ahead(path: &FastPath, inner: &[u8], now: &Instant) -> Option<bool> {
    let [takes_dates, ..] = path.limits;
    let (at, nanos) = if inner.len() == 10 && takes_dates != 0 {
        (datetime::strict_date(inner)?.days_since_epoch() * 86_400, 0)
    } else {
        let at = datetime::strict_date_time(inner)?;
        (at.seconds, at.nanos)
    };
    let ahead = at.wrapping_sub(now.seconds).wrapping_sub(1).cast_unsigned();
    let is_near = ahead < classify::TEN_YEARS.cast_unsigned() && at >= classify::OLDEST;
    // A leap second has more.
    Some(is_near && nanos < 1_000_000_000)
}

#[inline(always)]
fn status_facts(path: &FastPath, inner: &[u8]) -> Option<Facts> {
    let word = bytes::word(inner)?;
    let [open, won, lost] = path.limits;
    if word == open {
        Some(Facts::OPEN)
    } else if word == won {
        Some(Facts::WON)
    } else if word == lost {
        Some(Facts::LOST)
    } else {
        None
    }
}

/// The end of the ordinary whole number that starts at `at` with a digit above zero, and the
/// facts about it; `None` if it is none. Nothing after it belongs to it.
///
/// The digits are counted and not read: as many digits as are ordinary make no number beyond
/// the limits.
#[inline(always)]
pub(crate) fn whole(path: &FastPath, bytes: &[u8], at: usize) -> Option<(usize, Facts)> {
    let digits = Digits::at(bytes, at)?;
    let (length, behind) = digits.few().or_else(|| Digits::many(bytes, at))?;
    let [fewest, more] = path.length;
    let is_ordinary = length.wrapping_sub(fewest as usize) <= more as usize;
    (is_ordinary && ends_number(behind)).then_some((at + length, path.facts))
}

/// The end of the ordinary number that starts at `at` with a zero, and the facts about it;
/// `None` if it is none. Nothing after it belongs to it.
#[inline(always)]
pub(crate) fn fraction(path: &FastPath, bytes: &[u8], at: usize) -> Option<(usize, Facts)> {
    let start = at + 2;
    let digits = Digits::at(bytes, start).filter(|_| bytes.get(at + 1) == Some(&b'.'))?;
    let (length, behind) = digits.few()?;
    let [_, _, places] = path.limits;
    let is_ordinary = length as u64 <= places && digits.is_above_zero();
    (is_ordinary && ends_number(behind)).then_some((start + length, path.facts))
}

const ZEROS: u64 = u64::from_le_bytes([b'0'; 8]);
const HIGHS: u64 = u64::from_le_bytes([0x80; 8]);

/// The high bit is set in each ASCII byte that is not a digit, and in no digit. The other bits mean
/// nothing, nor do those above a byte outside ASCII.
#[inline(always)]
const fn no_digits(bytes: u64) -> u64 {
    const ABOVE_NINE: u64 = u64::from_le_bytes([0x80 - 10; 8]);
    (bytes ^ ZEROS).wrapping_add(ABOVE_NINE)
}

/// Eight bytes that start with digits.
#[derive(Clone, Copy)]
struct Digits {
    bytes: u64,
    /// The high bit of each byte that is not a digit; above the first of them, of others as well.
    others: u64,
}

impl Digits {
    /// The eight bytes at `at`, or fewer, and zeros after them.
    #[inline(always)]
    fn at(bytes: &[u8], at: usize) -> Option<Self> {
        let bytes = match bytes.get(at..)?.first_chunk::<8>() {
            Some(chunk) => u64::from_le_bytes(*chunk),
            None => last_bytes(bytes, at)?,
        };
        Some(Self {
            bytes,
            others: (no_digits(bytes) | bytes) & HIGHS,
        })
    }

    /// How many digits there are, if fewer than eight, and the byte after them.
    #[inline(always)]
    fn few(self) -> Option<(usize, u8)> {
        let bits = self.others.trailing_zeros() & !7;
        (self.others != 0).then(|| ((bits / 8) as usize, (self.bytes >> (bits & 63)) as u8))
    }

    /// How many digits are at `at`, where there are at least eight, and the byte after them.
    #[inline(never)]
    fn many(bytes: &[u8], at: usize) -> Option<(usize, u8)> {
        let (more, behind) = Self::at(bytes, at + 8)?.few()?;
        Some((8 + more, behind))
    }

    /// Whether there are digits, fewer than eight, and not only zeros.
    #[inline(always)]
    fn is_above_zero(self) -> bool {
        // What is below the first byte that is not a digit.
        let digits = self.others ^ self.others.wrapping_sub(1);
        (self.bytes ^ ZEROS) & (digits >> 8) != 0
    }
}

/// The bytes from `at` on, fewer than eight, as a little-endian word with zeros above.
#[inline(never)]
fn last_bytes(bytes: &[u8], at: usize) -> Option<u64> {
    let before = at.checked_add(8)?.checked_sub(bytes.len())?;
    u64::from_le_bytes(*bytes.last_chunk::<8>()?).checked_shr(before as u32 * 8)
}

/// Whether a number ends before that byte. Where it does not, it has no more digits.
#[inline(always)]
const fn ends_number(behind: u8) -> bool {
    !matches!(behind, b'.' | b'e' | b'E')
}

/// Whether a text is what most systems call their records: long enough, with a digit among its
/// last eight letters; or a UUID of a version.
#[inline(always)]
fn is_id(inner: &[u8]) -> bool {
    if inner.len() == 36 {
        return !classify::is_odd_id(inner);
    }
    inner
        .last_chunk::<8>()
        .is_some_and(|tail| no_digits(u64::from_le_bytes(*tail)) & HIGHS != HIGHS)
}

const fn text_path(schema: &Schema<'_>) -> FastPath {
    let gate = dispatch::gate(&schema.meaning);
    let (min, max, format) = match schema.text {
        Some(limits) => (limits.min, limits.max, limits.format),
        None => (0, u32::MAX, None),
    };
    let form = match (&schema.meaning, format) {
        (Meaning::RecordName, None) => Form::Name,
        (Meaning::FreeText | Meaning::Label, None) => Form::Prose,
        (Meaning::Stage, None) => Form::Stage,
        (Meaning::Reference(_), None) => Form::Id,
        (Meaning::Reference(_), Some(Format::Uuid)) => Form::Uuid,
        (Meaning::CurrencyCode, None) => Form::Currency,
        (Meaning::CloseDate(_) | Meaning::FollowUpDate(_) | Meaning::Timestamp(_), None) => {
            Form::Date
        }
        (
            Meaning::CloseDate(_) | Meaning::FollowUpDate(_) | Meaning::Timestamp(_),
            Some(Format::DateTime),
        ) if classify::reads_date_times(&schema.meaning) => Form::Date,
        (Meaning::Status(words), None) if min <= 1 && max >= 8 => {
            let words = [words.open, words.won, words.lost];
            return status(schema, words);
        }
        (Meaning::None | Meaning::Choice(_) | Meaning::Pipeline | Meaning::Email, None) => {
            Form::Text
        }
        _ => return FastPath::NONE,
    };
    let wants_letter = gate.meets(Facts::NO_LETTER_FIRST);
    if !schema.words.is_empty() || wants_letter && !matches!(form, Form::Name) {
        return FastPath::NONE;
    }
    let min = if min == 0 { 1 } else { min };
    if max < min {
        return FastPath::NONE;
    }
    FastPath {
        form,
        length: [min, max.saturating_sub(min)],
        gate,
        limits: [classify::takes_dates(&schema.meaning) as u64, 0, 0],
        facts: match &schema.meaning {
            Meaning::CurrencyCode => Facts::CURRENCY,
            Meaning::CloseDate(_) => Facts::CLOSE_DATE,
            Meaning::FollowUpDate(_) => Facts::FOLLOW_UP,
            _ => Facts::NONE,
        },
    }
}

/// The vendor's words for the states, which the schema must list, if it lists any.
const fn status(schema: &Schema<'_>, words: [&str; 3]) -> FastPath {
    let [open, won, lost] = words;
    match (
        bytes::word(open.as_bytes()),
        bytes::word(won.as_bytes()),
        bytes::word(lost.as_bytes()),
    ) {
        (Some(one), Some(two), Some(three))
            if is_listed(schema.words, open)
                && is_listed(schema.words, won)
                && is_listed(schema.words, lost) =>
        {
            FastPath {
                form: Form::Status,
                length: [1, 7],
                limits: [one, two, three],
                ..FastPath::NONE
            }
        }
        _ => FastPath::NONE,
    }
}

const fn is_listed(mut words: &[Literal<'_>], word: &str) -> bool {
    if words.is_empty() {
        return true;
    }
    while let [first, rest @ ..] = words {
        if let Literal::String(listed) = first
            && let (Some(listed), Some(word)) =
                (bytes::word(listed.as_bytes()), bytes::word(word.as_bytes()))
            && listed == word
        {
            return true;
        }
        words = rest;
    }
    false
}

const fn number(schema: &Schema<'_>) -> FastPath {
    if !schema.words.is_empty() {
        return FastPath::NONE;
    }
    let gate = dispatch::gate(&schema.meaning);
    let (mut least, mut most, mut places) = (0, 10u64.pow(DIGITS as u32) - 1, DIGITS as u64);
    let mut is_unit = true;
    if let Some(limits) = schema.number {
        if let Some(minimum) = &limits.minimum {
            least = whole_from(minimum);
            is_unit &= minimum.negative || minimum.coefficient == 0;
        }
        if let Some(maximum) = &limits.maximum {
            let Some(greatest) = whole_to(maximum) else {
                return FastPath::NONE;
            };
            most = if greatest < most { greatest } else { most };
            is_unit &= most >= 1;
        }
        match &limits.multiple_of {
            None => {}
            // Every whole number is a multiple of such a step.
            Some(step) if step.coefficient == 1 && step.exponent <= 0 => {
                let own = step.exponent.unsigned_abs() as u64;
                places = if own < places { own } else { places };
            }
            Some(_) => return FastPath::NONE,
        }
    }
    let mut form = Form::Whole;
    let mut facts = Facts::NONE;
    match &schema.meaning {
        Meaning::Money(money) => {
            facts = Facts::MONEY.when(money.currency_in.is_some());
            if let Unit::Minor = money.unit
                && gate.meets(Facts::SHORT_AMOUNT)
                && least < 1000
            {
                least = 1000;
            }
            if let Unit::Major = money.unit
                && gate.meets(Facts::LONG_AMOUNT)
                && most > 999_999_999
            {
                most = 999_999_999;
            }
        }
        Meaning::Probability(Scale::Percent) => {
            facts = Facts::PROBABILITY.or(Facts::UNCERTAIN);
            least = if least < 1 { 1 } else { least };
            most = if most > 99 { 99 } else { most };
        }
        Meaning::Probability(Scale::Fraction) => {
            if !is_unit || !schema.types.meets(Types::NUMBER) || gate.meets(Facts::FRACTIONAL) {
                return FastPath::NONE;
            }
            facts = Facts::PROBABILITY.or(Facts::UNCERTAIN);
            form = Form::Fraction;
        }
        Meaning::None => {}
        _ => return FastPath::NONE,
    }
    if least > most {
        return FastPath::NONE;
    }
    FastPath {
        form,
        length: digits(least, most),
        limits: [least, most - least, places],
        facts,
        ..FastPath::NONE
    }
}

/// The fewest digits, and how many more, of which every number above zero is within the limits.
const fn digits(least: u64, most: u64) -> [u32; 2] {
    // Numbers of so many digits, from the first one to the last, are all within the limits.
    let (mut fewest, mut first) = (1, 1u64);
    while first < least {
        (fewest, first) = (fewest + 1, first * 10);
    }
    let (mut longest, mut nines) = (0, 0u64);
    while nines * 10 + 9 <= most {
        (longest, nines) = (longest + 1, nines * 10 + 9);
    }
    match (longest + 1u32).checked_sub(fewest) {
        Some(several) if several > 0 => [fewest, several - 1],
        // No text has so many.
        _ => [u32::MAX, 0],
    }
}

/// The least whole number, zero or above, that is within a lower limit.
const fn whole_from(bound: &Bound<'_>) -> u64 {
    if bound.negative {
        return 0;
    }
    let (whole, rest) = parts(bound);
    whole.saturating_add((rest || bound.exclusive) as u64)
}

/// The greatest whole number, zero or above, that is within an upper limit; `None` if there is none.
const fn whole_to(bound: &Bound<'_>) -> Option<u64> {
    if bound.negative {
        return None;
    }
    let (whole, rest) = parts(bound);
    whole.checked_sub((!rest && bound.exclusive) as u64)
}

/// The whole number below a limit or equal to it, and whether there is a rest.
const fn parts(bound: &Bound<'_>) -> (u64, bool) {
    let mut whole = bound.coefficient;
    let mut rest = false;
    let mut exponent = bound.exponent;
    while exponent < 0 && (whole != 0) {
        rest |= !whole.is_multiple_of(10);
        whole /= 10;
        exponent += 1;
    }
    while exponent > 0 && whole != 0 && whole < u64::MAX {
        whole = whole.saturating_mul(10);
        exponent -= 1;
    }
    (whole, rest)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::contract::NumberLimits;
    use crate::document::{Token, flag};
    use crate::engine::inspect::inspect;
    use crate::values::number::Number;

    /// Every schema of every payload.
    fn schemas() -> Vec<&'static Schema<'static>> {
        let mut found: Vec<&'static Schema<'static>> = Vec::new();
        let mut open: Vec<&'static Schema<'static>> =
            crate::payloads::ALL.iter().map(|one| one.root).collect();
        while let Some(schema) = open.pop() {
            if found.iter().any(|known| std::ptr::eq(*known, schema)) {
                continue;
            }
            found.push(schema);
            open.extend(schema.array.and_then(|array| array.items));
            let properties = schema.object.map_or(&[][..], |object| object.properties);
            open.extend(properties.iter().map(|property| property.schema));
        }
        found
    }

    fn now() -> Instant {
        "2026-03-01T12:00:00Z".parse().unwrap()
    }

    /// Whether the text is ordinary; panics if the closer look disagrees with what that implies.
    fn try_text(schema: &'static Schema<'static>, text: &str) -> bool {
        let bytes = format!("\"{text}\"");
        let place = (1, bytes.len() - 1);
        let told = super::text(bytes.as_bytes(), place, schema, &now());
        if let Some(told) = told {
            let inspection = inspect(Token::String(text.as_bytes(), 0), schema, &now()).unwrap();
            assert!(
                !inspection.is_candidate,
                "{text:?} is ordinary for {}",
                schema.source
            );
            let wanted = dispatch::WANTED_TOGETHER;
            assert_eq!(told.and(wanted), inspection.facts.and(wanted), "{text:?}");
            return true;
        }
        false
    }

    fn try_number(schema: &'static Schema<'static>, text: &str) -> bool {
        // The end of the text is read in a way of its own.
        let read = |text: &str, at: usize| {
            let (bytes, ordinary) = (text.as_bytes(), &schema.fast_path);
            match bytes.get(at) {
                Some(b'1'..=b'9') if ordinary.is_whole() => super::whole(ordinary, bytes, at),
                Some(b'0') if ordinary.is_fraction() => super::fraction(ordinary, bytes, at),
                _ => None,
            }
        };
        let last = read(&format!("[       {text}]"), 8).map(|(end, told)| (end - 8, told));
        let first = read(&format!("{text},        "), 0);
        assert_eq!(first, last, "{text}");
        let Some((end, told)) = first else {
            return false;
        };
        let flags = if schema.fast_path.is_fraction() {
            flag::FRACTIONAL
        } else {
            0
        };
        assert_eq!(end, text.len());
        assert_eq!(flags != 0, text.contains(['.', 'e', 'E']));
        let number = Number::new(text);
        let inspection =
            inspect(Token::Number(&number, flags, text.len()), schema, &now()).unwrap();
        assert!(
            !inspection.is_candidate,
            "{text} is ordinary for {}",
            schema.source
        );
        let wanted = dispatch::WANTED_TOGETHER;
        assert_eq!(told.and(wanted), inspection.facts.and(wanted), "{text}");
        true
    }

    /// Texts and numbers that sit at the limits of what is ordinary.
    const TEXTS: [&str; 38] = [
        "",
        " ",
        "a",
        "A ",
        " b",
        "1",
        "-",
        "<",
        "{x}",
        "string",
        "TODO",
        "n/a",
        "Acme",
        "Won",
        "closed lost",
        "last won",
        "won",
        "lost",
        "open",
        "active",
        "actived",
        "Open",
        "EUR",
        "eur",
        "XXX",
        "user-5770",
        "Undefined",
        "HRK",
        "user-17",
        "contact-001",
        "nodigits",
        "0000000",
        "b9c85ac3-1a1d-4f31-a0c5-6e7d3d8ee0b2",
        "00000000-0000-0000-0000-000000000000",
        "2026-06-01",
        "2026-06-01T00:00:00Z",
        "2026-02-30",
        "2026-03-01T12:00:00Z",
    ];
    const NUMBERS: [&str; 22] = [
        "0",
        "1",
        "2",
        "50",
        "99",
        "100",
        "101",
        "999",
        "1000",
        "999999999",
        "1000000000",
        "999999999999999",
        "1000000000000000",
        "00",
        "01",
        "0.5",
        "0.1234",
        "0.12345",
        "0.0",
        "0.",
        "1e2",
        "0.5e1",
    ];

    #[test]
    fn what_is_ordinary_leaves_no_doubt() {
        let (mut texts, mut numbers) = (0, 0);
        for schema in schemas() {
            texts += TEXTS.iter().filter(|text| try_text(schema, text)).count();
            numbers += NUMBERS
                .iter()
                .filter(|text| try_number(schema, text))
                .count();
        }
        assert!(
            texts > 100 && numbers > 20,
            "{texts} texts, {numbers} numbers"
        );
    }

    /// A schema of numbers up to a limit.
    macro_rules! up_to {
        ($negative:expr, $coefficient:expr, $exclusive:expr) => {{
            static LIMITS: NumberLimits = NumberLimits {
                minimum: None,
                maximum: Some(Bound {
                    text: "",
                    negative: $negative,
                    coefficient: $coefficient,
                    exponent: 0,
                    exclusive: $exclusive,
                }),
                multiple_of: None,
            };
            static SCHEMA: Schema<'static> = ready(Schema {
                types: Types::NUMBER,
                number: Some(&LIMITS),
                ..Schema::ANY
            });
            &SCHEMA
        }};
    }

    #[test]
    fn no_number_beyond_its_limit_is_ordinary() {
        let ordinary = |schema| -> Vec<&str> {
            let texts = NUMBERS.iter().copied();
            texts.filter(|text| try_number(schema, text)).collect()
        };
        for schema in [
            up_to!(true, 5, false),
            up_to!(false, 0, true),
            up_to!(false, 9, true),
        ] {
            assert!(ordinary(schema).is_empty());
        }
        for schema in [up_to!(false, 99, false), up_to!(false, 100, true)] {
            assert_eq!(ordinary(schema), ["1", "2", "50", "99"]);
        }
        // As many digits as the limit has are too many, unless all are nines.
        assert_eq!(ordinary(up_to!(false, 999, true)), ["1", "2", "50", "99"]);
    }

    #[test]
    fn so_many_digits_make_no_number_beyond_the_limits() {
        assert_eq!(digits(0, 999), [1, 2]);
        assert_eq!(digits(1, 998), [1, 1]);
        assert_eq!(digits(2, 1_000), [2, 1]);
        assert_eq!(digits(1_000, 999_999_999_999_999), [4, 11]);
        assert_eq!(digits(1_001, 9_999), [u32::MAX, 0]);
        assert_eq!(digits(0, 8), [u32::MAX, 0]);
    }

    proptest! {
        #[test]
        fn whatever_is_ordinary_leaves_no_doubt(
            text in "[ !#-%'-\\[\\]-~]{0,40}",
            word in "[a-zA-Z]{1,24} ?[a-zA-Z0-9]{0,24}",
            date in "20[0-9]{2}-[01][0-9]-[0-3][0-9](T[0-2][0-9]:[0-6][0-9]:[0-6][0-9](\\.[0-9]{1,3})?(Z|[+-]0[0-9]:00))?",
            code in "[A-Z]{3}",
            number in "(0|[1-9][0-9]{0,16})(\\.[0-9]{1,6})?",
        ) {
            for schema in schemas() {
                for text in [&text, &word, &date, &code] {
                    try_text(schema, text);
                }
                try_number(schema, &number);
            }
        }
    }
}

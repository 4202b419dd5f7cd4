use super::*;
use core::cmp::Ordering;
use proptest::prelude::*;

pub(super) fn bound(text: &'static str) -> Bound<'static> {
    let number = Number::new(text);
    assert!(!number.long);
    Bound {
        text,
        negative: number.is_negative(),
        coefficient: number.coefficient,
        exponent: number.exponent.try_into().unwrap(),
        exclusive: false,
    }
}

fn compare(text: &str, other: &'static str) -> Ordering {
    Number::new(text).compare(&bound(other))
}

pub(super) fn full() -> Bound<'static> {
    Bound {
        text: "18446744073709551615",
        negative: false,
        coefficient: u64::MAX,
        exponent: 0,
        exclusive: false,
    }
}

#[test]
fn integers_are_integers_in_any_spelling() {
    for text in [
        "0",
        "-0",
        "0.0",
        "0e-5",
        "0.000e-999999999999999999999",
        "1e2",
        "75.0",
        "7.5e1",
        "1200e-2",
        "1e400",
        "1e999999999999999999999999",
        "100.00000000000000000000000000",
        "123456789012345678901234567890",
        "1.23456789012345678901234567890e40",
        "18446744073709551616",
        "99999999999999999999.0",
    ] {
        assert!(Number::new(text).is_integer(), "{text}");
        assert_eq!(Number::new(text).decimals(), 0, "{text}");
    }
    for text in [
        "0.5",
        "1e-400",
        "1e-999999999999999999999",
        "120e-2",
        "-75.01",
        "100.00000000000000000000000001",
        "12345678901234567890.5",
        "1.5e0",
    ] {
        assert!(!Number::new(text).is_integer(), "{text}");
        assert_ne!(Number::new(text).decimals(), 0, "{text}");
    }
}

#[test]
fn signs_and_zero() {
    for text in [
        "0",
        "-0",
        "-0.0",
        "0e99",
        "-0.00000000000000000000000000e-3",
    ] {
        assert!(Number::new(text).is_zero(), "{text}");
        assert!(!Number::new(text).is_negative(), "{text}");
        assert_eq!(Number::new(text).to_i64(), Some(0));
        assert_eq!(compare(text, "0"), Ordering::Equal);
    }
    for text in ["-1", "-1e-999999", "-0.00000000000000000000000000000001"] {
        assert!(Number::new(text).is_negative(), "{text}");
        assert!(!Number::new(text).is_zero(), "{text}");
        assert_eq!(compare(text, "0"), Ordering::Less);
    }
}

#[test]
fn decimals_are_counted_without_trailing_zeros() {
    for (text, count) in [
        ("0.30000000000000004", 17),
        ("1e-5", 5),
        ("100", 0),
        ("100.50", 1),
        ("1200e-3", 1),
        ("0.0000000000000000000000001", 25),
        ("1.2345678901234567890123", 22),
        ("1e-999999999999", 999_999_999_999),
        ("1.5e1", 0),
        ("-0.25", 2),
    ] {
        assert_eq!(Number::new(text).decimals(), count, "{text}");
    }
    assert!(Number::new("1e-99999999999999999999999999").decimals() > 1 << 50);
}

#[test]
fn integers_are_read_or_refused() {
    for (text, value) in [
        ("75.0", Some(75)),
        ("-1e2", Some(-100)),
        ("9223372036854775807", Some(i64::MAX)),
        ("-9223372036854775808", Some(i64::MIN)),
        ("9223372036854775808", None),
        ("-9223372036854775809", None),
        ("1e19", None),
        ("1.5", None),
        ("1e-999999999", None),
        ("92233720368547758070e-1", Some(i64::MAX)),
        ("99999999999999999999", None),
        ("0e999999999999", Some(0)),
        ("123.0000000000000000000000000", Some(123)),
    ] {
        assert_eq!(Number::new(text).to_i64(), value, "{text}");
    }
}

/// Slow and plain: value × 10^30 as an integer.
fn oracle(text: &str) -> i128 {
    let (digits, exponent) = text.split_once('e').unwrap_or((text, "0"));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let power = 30 + exponent.parse::<i32>().unwrap() - i32::try_from(fraction.len()).unwrap();
    let all: i128 = format!("{whole}{fraction}").parse().unwrap();
    all * 10_i128.pow(power.try_into().unwrap())
}

const ONE: i128 = 10_i128.pow(30);

fn texts() -> impl Strategy<Value = String> {
    // At most 7 digits before the point after the exponent, so that all fits in an i128.
    prop_oneof![
        "-?(0|[1-9][0-9]{0,3})(\\.[0-9]{1,6}0{0,16})?(e-?[0-3])?",
        "-?(0|[1-9][0-9]{0,5})(\\.0{0,8}[0-9]{1,17})?(e-[0-3])?",
        "-?[0-9]0{0,6}(\\.0{1,24})?",
    ]
    .prop_filter("a JSON number", |text| {
        !text.starts_with("-00") && !text.starts_with("00")
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn agrees_with_the_oracle(text in texts(), coefficient in 0_u64..200_000, exponent in -8_i16..3, negative: bool, step in 1_u64..40) {
        let number = Number::new(&text);
        let value = oracle(&text);
        let power = |exponent: i16| 10_i128.pow(u32::try_from(30 + exponent).unwrap());
        let limit = Bound { text: "", negative, coefficient, exponent, exclusive: false };
        let size = i128::from(coefficient) * power(exponent);
        prop_assert_eq!(number.compare(&limit), value.cmp(&if negative { -size } else { size }));
        prop_assert_eq!(number.is_multiple_of(&limit), if size == 0 { value == 0 } else { value % size == 0 });
        let unit = Bound { coefficient: step, ..limit };
        prop_assert_eq!(number.is_multiple_of(&unit), value % (i128::from(step) * power(exponent)) == 0);
        prop_assert_eq!(number.is_integer(), value % ONE == 0);
        prop_assert_eq!(number.is_negative(), value < 0);
        prop_assert_eq!(number.is_zero(), value == 0);
        prop_assert_eq!(number.to_i64().map(i128::from), (value % ONE == 0).then_some(value / ONE));
        let decimals = (0..=30).find(|&power| value % 10_i128.pow(30 - power) == 0).unwrap();
        prop_assert_eq!(number.decimals(), u64::from(decimals));
        let plain = number.shifted_text(0).unwrap();
        prop_assert_eq!(oracle(&plain), value);
        prop_assert!(number.equals(Number::new(&plain)));
        if let Some(shifted) = number.shifted_text(-2) {
            prop_assert_eq!(oracle(&shifted) * 100, value, "{}", shifted);
        }
    }

    #[test]
    fn a_value_compares_the_same_with_zeros_around_it(digits in "[1-9][0-9]{0,17}", zeros in 0_usize..40, other in "[1-9][0-9]{0,17}") {
        let long = format!("{digits}{}e-{zeros}", "0".repeat(zeros));
        let limit = Bound { text: "", negative: false, coefficient: other.parse().unwrap(), exponent: 0, exclusive: false };
        prop_assert_eq!(Number::new(&long).compare(&limit), digits.parse::<u64>().unwrap().cmp(&limit.coefficient));
        prop_assert_eq!(Number::new(&long).to_i64(), digits.parse().ok());
    }

    #[test]
    fn never_panics(text in "[-+.eE0-9x]{0,40}", other in any::<String>(), power: i32) {
        for text in [text.as_str(), &other] {
            let number = Number::new(text);
            let _ = (number.is_integer(), number.is_negative(), number.decimals(), number.to_i64());
            let _ = (number.compare(&full()), number.is_multiple_of(&full()), number.shifted_text(power));
            let _ = number.equals(Number::new("1"));
        }
    }
}

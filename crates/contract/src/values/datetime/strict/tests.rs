use super::*;
use crate::values::datetime::{guess, write_iso};
use chrono::{DateTime, Datelike, NaiveDate};
use proptest::prelude::*;

fn chrono_date_time(text: &str) -> Option<Instant> {
    DateTime::parse_from_rfc3339(text).ok().map(|at| Instant {
        seconds: at.timestamp(),
        nanos: at.timestamp_subsec_nanos(),
    })
}

#[test]
fn date_times_of_the_json_schema_test_suite() {
    for text in [
        "1963-06-19T08:30:06.283185Z",
        "1963-06-19T08:30:06Z",
        "1937-01-01T12:00:27.87+00:20",
        "1990-12-31T15:59:50.123-08:00",
        "1998-12-31T23:59:60Z",
        "1998-12-31T15:59:60.123-08:00",
        "1963-06-19t08:30:06.283185z",
        "1998-12-31T23:59:60.5z",
        "1999-01-01T05:29:60+05:30",
        "0000-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999999999-23:59",
        "2024-02-29T00:00:00-00:00",
        "2000-02-29T00:00:00Z",
    ] {
        assert!(date_time(text).is_ok(), "{text}");
        assert_eq!(iso_8601(text), date_time(text).map(Moment::DateTime));
    }
    for (text, fault) in [
        ("1998-12-31T23:59:61Z", Fault::ImpossibleTime),
        ("1998-12-31T23:58:60Z", Fault::ImpossibleLeapSecond),
        ("1998-12-31T22:59:60Z", Fault::ImpossibleLeapSecond),
        ("1998-12-31T23:59:60-08:00", Fault::ImpossibleLeapSecond),
        ("1990-02-31T15:59:59.123-08:00", Fault::ImpossibleDate),
        ("1990-12-31T15:59:59-24:00", Fault::ImpossibleOffset),
        ("1990-12-31T15:59:59+01:60", Fault::ImpossibleOffset),
        ("1963-06-19T08:30:06.28123+01:00Z", Fault::NotATime),
        ("06/19/1963 08:30:06 PST", Fault::NotADate),
        ("2013-350T01:01:01", Fault::MissingZone),
        ("2013-350T01:01:01Z", Fault::OtherCalendar),
        ("1963-6-19T08:30:06.283185Z", Fault::NotADate),
        ("1963-06-1T08:30:06.283185Z", Fault::NotADate),
        ("1963-06-1৪T00:00:00.283185Z", Fault::NotADate),
        ("1963-06-11T0৪:00:00.283185Z", Fault::NotATime),
        ("1990-12-31T10:00:00.Z", Fault::MissingFraction),
        ("+11963-06-19T08:30:06.283185Z", Fault::NotADate),
        ("2028-0,-21T01:28:53Z", Fault::NotADate),
        ("2028-01-21T01:28:5/Z", Fault::NotATime),
        ("1963-06-19T24:00:00Z", Fault::ImpossibleTime),
        ("1963-06-19T23:60:00Z", Fault::ImpossibleTime),
        ("1900-02-29T00:00:00Z", Fault::ImpossibleDate),
        ("2026-00-01T00:00:00Z", Fault::ImpossibleDate),
        ("2026-01-00T00:00:00Z", Fault::ImpossibleDate),
        ("2026-06-01T00:00:00", Fault::MissingZone),
        ("2026-06-01T00:00", Fault::MissingZone),
        ("2026-06-01T00:00Z", Fault::MissingSeconds),
        ("2026-06-01", Fault::MissingTime),
        ("2026-06-01T", Fault::NotATime),
        ("2026-06-01TZ", Fault::NotATime),
        ("2026-06-01 00:00:00Z", Fault::SpaceForT),
        ("2026-06-01_00:00:00Z", Fault::SpaceForT),
        ("20260601T000000Z", Fault::BasicForm),
        ("20260601T00:00:00Z", Fault::MixedForms),
        ("2026-06-01T000000Z", Fault::MixedForms),
        ("2026-06-01T00:00:00,5Z", Fault::Comma),
        ("2026-06-01T00:00:00+01", Fault::ShortOffset),
        ("2026-06-01T00:00:00+0100", Fault::ShortOffset),
        ("2026-06-01T00:00:00+1:00", Fault::NotATime),
        ("2026-06-01T00:00:00\u{2212}01:00", Fault::NotATime),
        (" 2026-06-01T00:00:00Z", Fault::WhiteSpace),
        ("2026-06-01T00:00:00Z\n", Fault::WhiteSpace),
        ("2026-06-01T00:00:00ZZ", Fault::NotATime),
        ("2026-06", Fault::NotADate),
        ("20260601000000", Fault::NotADate),
        ("tomorrow", Fault::NotADate),
        ("", Fault::NotADate),
    ] {
        assert_eq!(date_time(text), Err(fault), "{text:?}");
    }
}

#[test]
fn every_byte_at_every_place() {
    let good = "2026-06-01T23:59:00Z";
    for at in 0..good.len() {
        for byte in 0..128_u8 {
            let mut bytes = good.as_bytes().to_vec();
            bytes[at] = byte;
            let text = String::from_utf8(bytes).unwrap();
            let mut expected = chrono_date_time(&text);
            if at == 10 && byte == b' ' {
                // chrono also takes the space that RFC 3339 lets applications agree on.
                expected = None;
            }
            assert_eq!(date_time(&text).ok(), expected, "{text:?}");
            let day = &text[..10];
            let theirs = NaiveDate::parse_from_str(day, "%Y-%m-%d").ok();
            let plain = day.bytes().enumerate().all(|(at, byte)| match at {
                4 | 7 => byte == b'-',
                _ => byte.is_ascii_digit(),
            });
            assert_eq!(date(day).is_ok(), plain && theirs.is_some(), "{day:?}");
        }
    }
}

#[test]
fn leap_seconds_come_between() {
    let [before, leap, after] = [
        "2016-12-31T23:59:59.999Z",
        "2016-12-31T15:59:60.5-08:00",
        "2017-01-01T00:00:00Z",
    ]
    .map(|text| date_time(text).unwrap());
    assert!(before < leap && leap < after);
    assert_eq!(write_iso(leap), "2016-12-31T23:59:60.5Z");
    assert_eq!(write_iso(before), "2016-12-31T23:59:59.999Z");
    assert_eq!(Some(leap), chrono_date_time("2016-12-31T15:59:60.5-08:00"));
}

fn date_times() -> impl Strategy<Value = String> {
    let fraction = prop_oneof![Just(String::new()), "\\.[0-9]{1,12}"];
    let zone = prop_oneof![Just("Z".to_owned()), "[+-][0-2][0-9]:[0-5][0-9]"];
    (0..10_000, 0..14, 0..33, 0..25, 0..61, 0..62, fraction, zone).prop_map(
        |(year, month, day, hour, minute, second, fraction, zone)| {
            format!(
                "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{fraction}{zone}"
            )
        },
    )
}

/// chrono drops what is less than a nanosecond; here it makes an instant later than the nanosecond
/// before it.
fn rounded_up(at: Instant, text: &str) -> Instant {
    let fraction = text.split_once('.').map_or("", |(_, fraction)| fraction);
    let digits = fraction.bytes().take_while(u8::is_ascii_digit);
    let is_more = digits.skip(9).any(|digit| digit != b'0');
    let nanos = at.nanos % 1_000_000_000;
    Instant {
        nanos: at.nanos + u32::from(is_more && nanos < 999_999_999),
        ..at
    }
}

#[test]
fn less_than_a_nanosecond_is_later() {
    let now = date_time("2026-01-01T00:00:00Z").unwrap();
    for later in [
        "2026-01-01T00:00:00.000000000001Z",
        "2026-01-01T00:00:00.0000000001Z",
    ] {
        assert!(date_time(later).unwrap() > now, "{later}");
    }
    assert_eq!(date_time("2026-01-01T00:00:00.000000000000Z"), Ok(now));
    let last = date_time("2025-12-31T23:59:59.9999999999Z").unwrap();
    assert!(last < now);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    /// Known differences: chrono takes a space for the `T`, U+2212 for a minus, and second
    /// 60 in any minute; it does not take offsets of 24 hours or more either.
    #[test]
    fn agrees_with_chrono(text in date_times(), at: prop::sample::Index, byte in 0_u8..128, change: bool) {
        let mut bytes = text.into_bytes();
        if change {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let text = String::from_utf8(bytes).unwrap();
        let ours = date_time(&text);
        let theirs = chrono_date_time(&text).map(|at| rounded_up(at, &text));
        match ours {
            Err(Fault::ImpossibleLeapSecond) => {}
            Err(Fault::SpaceForT) => prop_assert!(theirs.is_some() || text.as_bytes()[10] == b'_'),
            _ => prop_assert_eq!(ours.ok(), theirs, "{}", text),
        }
        if let Ok(at) = ours && theirs.is_some_and(|at| (0..=9999).contains(&DateTime::from_timestamp(at.seconds, 0).unwrap().year())) {
            prop_assert_eq!(date_time(&write_iso(at)), Ok(at));
            prop_assert_eq!(guess(&text.replacen(['T', 't'], " ", 1)).map(|guess| date_time(&guess.iso)), Some(Ok(at)));
        }
    }
}

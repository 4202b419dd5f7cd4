use super::*;
use chrono::{DateTime, Datelike, Duration, NaiveDate};
use proptest::prelude::*;

fn chrono_date_time(text: &str) -> Option<Instant> {
    DateTime::parse_from_rfc3339(text).ok().map(|at| Instant {
        seconds: at.timestamp(),
        nanos: at.timestamp_subsec_nanos(),
    })
}

#[test]
fn every_day_of_the_calendar() {
    let epoch = NaiveDate::from_ymd_opt(1970, 1, 1).unwrap();
    for year in 0..=9999 {
        for month in 0..=13 {
            for day in 0..=32 {
                let ours = Date::new(year, month, day);
                let theirs = NaiveDate::from_ymd_opt(year.cast_signed(), month, day);
                assert_eq!(ours.is_some(), theirs.is_some(), "{year} {month} {day}");
                if let (Some(ours), Some(theirs)) = (ours, theirs) {
                    let days = (theirs - epoch).num_days();
                    assert_eq!(ours.days_since_epoch(), days, "{theirs}");
                    assert_eq!(day_at(days), Some(ours), "{theirs}");
                }
            }
        }
    }
    assert_eq!(Date::new(10_000, 1, 1), None);
    assert_eq!(day_at(days(0, 1, 1) - 1), None);
    assert_eq!(day_at(days(9999, 12, 31) + 1), None);
}

#[test]
fn every_week_and_ordinal_date() {
    let mut day = NaiveDate::from_ymd_opt(1970, 1, 1).unwrap();
    while day.year() < 2100 {
        let ours = date(&day.format("%Y-%m-%d").to_string());
        let moment = Ok(Moment::Date(ours.unwrap()));
        for form in ["%G-W%V-%u", "%GW%V%u", "%Y-%j", "%Y%j", "%Y%m%d"] {
            let text = day.format(form).to_string();
            assert_eq!(iso_8601(&text), moment, "{text}");
        }
        day += Duration::days(1);
    }
    for text in [
        "2025-W53-1",
        "2026-W54-1",
        "2026-W00-1",
        "2026-W10-0",
        "2026-W10-8",
        "2026-000",
        "2026-366",
        "2024-367",
        "9999-W52-7",
        "2026-02-30",
        "20260230",
        "2026-13-01",
    ] {
        assert_eq!(iso_8601(text), Err(Fault::ImpossibleDate), "{text}");
    }
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
fn dates() {
    for (text, fault) in [
        ("2026-02-29", Fault::ImpossibleDate),
        ("2026-06-01T00:00:00Z", Fault::TimeGiven),
        ("20260601", Fault::BasicForm),
        ("2026-W09-1", Fault::OtherCalendar),
        ("2026-06-01 ", Fault::WhiteSpace),
        ("2026-06-01x", Fault::NotATime),
        ("2026-6-1", Fault::NotADate),
        ("2026-06-1\u{666}", Fault::NotADate),
        ("01/06/2026", Fault::NotADate),
    ] {
        assert_eq!(date(text), Err(fault), "{text:?}");
    }
    let day = date("2026-06-01").unwrap();
    assert_eq!((day.year(), day.month(), day.day()), (2026, 6, 1));
    assert!(day < date("2026-06-02").unwrap());
}

#[test]
fn iso_8601_forms() {
    let at = Moment::DateTime(date_time("2026-03-01T10:00:00Z").unwrap());
    for text in [
        "2026-03-01T10:00Z",
        "2026-03-01T10Z",
        "20260301T100000Z",
        "20260301T1000Z",
        "20260301T110000+0100",
        "20260301T110000+01",
        "2026-03-01T11:00+01",
        "2026-03-01T10:00:00,000Z",
        "2026-W09-7T10:00:00Z",
        "2026-060T10:00:00Z",
        "2026W097T100000Z",
    ] {
        assert_eq!(iso_8601(text), Ok(at), "{text}");
    }
    let Moment::DateTime(at) = at else {
        unreachable!()
    };
    for text in ["2026-03-01T10:00:00", "20260301T100000", "2026-03-01t10:00"] {
        assert_eq!(iso_8601(text), Ok(Moment::LocalDateTime(at)), "{text}");
    }
    for (text, fault) in [
        ("2026-03-01 10:00:00Z", Fault::SpaceForT),
        ("20260301T10:00:00Z", Fault::MixedForms),
        (" 2026-03-01", Fault::WhiteSpace),
        ("2026-03", Fault::NotADate),
        ("2026", Fault::NotADate),
        ("2026-W09", Fault::NotADate),
        ("1772359200", Fault::NotADate),
        ("2026-03-01T24:00:00Z", Fault::ImpossibleTime),
        ("2026-03-01T10:00:60", Fault::ImpossibleLeapSecond),
    ] {
        assert_eq!(iso_8601(text), Err(fault), "{text}");
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

#[test]
fn past_everywhere() {
    let day = iso_8601("2026-03-01").unwrap();
    let local = iso_8601("2026-03-01T10:00:00").unwrap();
    let at = iso_8601("2026-03-01T10:00:00Z").unwrap();
    let over = |moment: Moment, now| moment.is_over_everywhere(date_time(now).unwrap());
    assert!(!over(day, "2026-03-02T11:59:59.999Z") && over(day, "2026-03-02T12:00:00Z"));
    assert!(!over(local, "2026-03-01T21:59:59Z") && over(local, "2026-03-01T22:00:00Z"));
    assert!(!over(at, "2026-03-01T09:59:59Z") && over(at, "2026-03-01T10:00:00Z"));
}

#[test]
fn guesses() {
    for (text, iso, other, certain) in [
        ("2026/03/04", "2026-03-04", None, true),
        ("2026.3.4", "2026-03-04", None, true),
        ("2026-3-4", "2026-03-04", None, true),
        ("03/04/2026", "2026-03-04", Some("2026-04-03"), false),
        ("3.4.2026", "2026-04-03", Some("2026-03-04"), false),
        ("03-04-2026", "2026-04-03", Some("2026-03-04"), false),
        ("04/04/2026", "2026-04-04", None, true),
        ("25/12/2026", "2026-12-25", None, true),
        ("12/25/2026", "2026-12-25", None, true),
        ("1 June 2026", "2026-06-01", None, true),
        ("1st of june, 2026", "2026-06-01", None, true),
        ("June 1, 2026", "2026-06-01", None, true),
        ("Sept. 30th 2026", "2026-09-30", None, true),
        ("01-Jun-2026", "2026-06-01", None, true),
        ("2026 Jun 1", "2026-06-01", None, true),
        ("2026-06-01 10:00:00Z", "2026-06-01T10:00:00Z", None, true),
        ("2026-06-01 10:00", "2026-06-01T10:00:00", None, true),
        (
            "2026-06-01T10:00+0130",
            "2026-06-01T10:00:00+01:30",
            None,
            true,
        ),
        (
            "2026-06-01T10:00:00.250-08",
            "2026-06-01T10:00:00.25-08:00",
            None,
            true,
        ),
        (" 2026-06-01 ", "2026-06-01", None, true),
        ("20260601", "2026-06-01", None, false),
        ("2026-W09-7", "2026-03-01", None, false),
        (
            "2026/06/01 10:00:00 +02:00",
            "2026-06-01T10:00:00+02:00",
            None,
            true,
        ),
        (
            "Mon, 01 Jun 2026 10:00:00 GMT",
            "2026-06-01T10:00:00Z",
            None,
            true,
        ),
        (
            "Mon Jun 01 2026 10:00:00 GMT+0200 (Central European Summer Time)",
            "2026-06-01T10:00:00+02:00",
            None,
            true,
        ),
        ("1780308000", "2026-06-01T10:00:00Z", None, false),
        ("1780308000123", "2026-06-01T10:00:00.123Z", None, false),
    ] {
        let Guess {
            iso: i,
            other: o,
            certain: c,
        } = guess(text).unwrap_or_else(|| panic!("{text}"));
        assert_eq!(
            (i.as_str(), o.as_deref(), c),
            (iso, other, certain),
            "{text}"
        );
        assert!(iso_8601(&i).is_ok());
    }
    for text in [
        "",
        "tomorrow",
        "2026-06-01",
        "2026-06-01T10:00:00Z",
        "31/02/2026",
        "13/13/2026",
        "1/2/26",
        "2026-02-30",
        "June 2026",
        "Q3 2026",
        "99999",
        "0000000000",
        "1 Jux 2026",
        "2026/03/04 noon",
        "é",
        "1 June 2026 é",
        "-",
    ] {
        assert_eq!(guess(text), None, "{text:?}");
    }
    assert_eq!(guess(&"1".repeat(1_000_000)), None);
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
            let theirs = chrono_date_time(&text);
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

        #[test]
        fn never_panics(wild in any::<String>(), near in "[0-9TWZ:.,+ /-]{0,30}", words in "([A-Za-z]{0,4}|[0-9]{1,5}|[ ,./-]){0,8}", seconds: i64, nanos in 0..2_000_000_000_u32) {
            for text in [&wild, &near, &words] {
                let _ = (date_time(text), date(text), iso_8601(text), guess(text));
            }
let written = write_iso(Instant { seconds, nanos });
            prop_assert!(date_time(&written).is_ok() || nanos >= 1_000_000_000);
        }
    }

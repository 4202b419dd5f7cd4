//! What the fixes of small payloads come to, the safe ones and all of them: inputs whose safe fix
//! once changed a value that nobody had named, or contradicted the payload.

use pipelint::{Applicability, check, fix};
use pipelint_tests::{contract, options};

const DEAL: &str = "leadlex/create-deal";
const OPPORTUNITY: &str = "slant/create-opportunity";
const STAGE: &str = "ruddr/create-opportunity-stage";

/// A payload after its safe fixes, and after all fixes.
fn fixed(payload: &str, text: &str) -> [String; 2] {
    [Applicability::Safe, Applicability::Unsafe].map(|least| {
        let options = options("2026-11-30T12:00:00Z");
        fix::apply_fixes(contract(payload), text.as_bytes(), &options, least)
            .map_or_else(|| text.to_owned(), |fixed| fixed.text)
    })
}

/// Asserts what becomes of a property's value.
fn becomes(payload: &str, rest: &str, property: &str, cases: &[(&str, &str, &str)]) {
    for (before, safe, all) in cases {
        let text = |value: &str| {
            let rest = if rest.is_empty() {
                String::new()
            } else {
                format!("{rest}, ")
            };
            format!("{{ {rest}\"{property}\": {value} }}")
        };
        let found = fixed(payload, &text(before));
        assert_eq!(found, [text(safe), text(all)], "{payload}: {before}");
    }
}

fn helps(payload: &str, text: &str) -> String {
    let options = options("2026-11-30T12:00:00Z");
    let report = check(contract(payload), text.as_bytes(), &options);
    let explained = report.diagnostics().map(|one| one.explain());
    let words = explained.map(|one| format!("{} {}", one.message, one.help.unwrap_or_default()));
    words.collect::<Vec<_>>().join("\n")
}

#[test]
fn only_blank_tags_are_removed() {
    becomes(
        DEAL,
        r#""name": "A""#,
        "tags",
        &[
            (
                r#"["",2026,"vip"]"#,
                r#"["2026","vip"]"#,
                r#"["2026","vip"]"#,
            ),
            (
                r#"["",{"name":"vip"}]"#,
                r#"[{"name":"vip"}]"#,
                r#"["vip"]"#,
            ),
            (
                r#"["a","",null,"b"]"#,
                r#"["a",null,"b"]"#,
                r#"["a",null,"b"]"#,
            ),
            (r#"["", " ", []]"#, "[[]]", "[[]]"),
            (
                r#"["a", "", true, " ", "", "a"]"#,
                r#"["a", true]"#,
                r#"["a", true]"#,
            ),
        ],
    );
}

#[test]
fn minor_units_are_divided_only_when_asked() {
    for (code, main) in [
        ("GBp", "GBP"),
        ("GBX", "GBP"),
        ("ZAc", "ZAR"),
        ("ILA", "ILS"),
        ("USd", "USD"),
    ] {
        let text = |code: &str, value: &str| {
            format!(r#"{{ "name": "A", "currency": "{code}", "estimated_value": {value} }}"#)
        };
        let before = text(code, "12345");
        assert_eq!(fixed(DEAL, &before), [before.clone(), text(main, "123.45")]);
        assert!(helps(DEAL, &before).contains(&format!("1/100 of {main}")));
    }
}

#[test]
fn a_date_keeps_its_weekday_and_its_sign() {
    becomes(
        DEAL,
        r#""name": "A""#,
        "follow_up_date",
        &[
            (
                r#""Monday, 1 December 2026""#,
                r#""Monday, 1 December 2026""#,
                r#""2026-12-01""#,
            ),
            (
                r#""Fri 12/13/2026""#,
                r#""Fri 12/13/2026""#,
                r#""2026-12-13""#,
            ),
            (
                r#""Tuesday, 1 December 2026""#,
                r#""2026-12-01""#,
                r#""2026-12-01""#,
            ),
            (r#""-2026-12-13""#, r#""-2026-12-13""#, r#""-2026-12-13""#),
            (r#"".2026-12-13""#, r#"".2026-12-13""#, r#"".2026-12-13""#),
            (
                r#""--2027-06-01T09:00:00Z""#,
                r#""--2027-06-01T09:00:00Z""#,
                r#""--2027-06-01T09:00:00Z""#,
            ),
        ],
    );
    assert!(
        helps(
            DEAL,
            r#"{"name":"A","follow_up_date":"Monday, 1 December 2026"}"#
        )
        .contains("Monday")
    );
}

#[test]
fn only_identifiers_are_quoted() {
    for key in [
        "name\u{a0}x",
        "na\u{200b}me",
        "na\u{feff}me",
        "\u{ab}name\u{bb}",
        "\u{2039}name\u{203a}",
        "\u{b4}name\u{b4}",
        "\u{2033}name\u{2033}",
        "\u{ff02}name\u{ff02}",
        "\u{300c}name\u{300d}",
        "name\u{2019}",
        "gr\u{f6}\u{df}e",
        "\u{3164}",
        "1st",
        "true",
    ] {
        let text = format!("{{ {key}: \"A\" }}");
        for fixed in fixed(DEAL, &text) {
            assert!(
                !fixed.contains('"') || !fixed.contains(&format!("\"{key}\"")),
                "{fixed}"
            );
        }
    }
    assert_eq!(fixed(DEAL, "{ name: \"A\" }")[0], r#"{ "name": "A" }"#);
    assert_eq!(
        fixed(DEAL, "{\u{a0}\"name\":\u{3000}\"A\" }")[0],
        r#"{ "name": "A" }"#
    );
}

#[test]
fn one_in_quotes_is_asked_about() {
    becomes(
        DEAL,
        r#""name": "A""#,
        "probability",
        &[
            (r#""1.0""#, r#""1.0""#, "1"),
            (r#""1""#, r#""1""#, "1"),
            (r#""0.5""#, r#""0.5""#, "0.5"),
            (r#""75""#, "75", "75"),
            (r#""0.75%""#, r#""0.75%""#, "0.75"),
            (r#""075""#, r#""075""#, "75"),
            ("0.30000000000000004", "0.30000000000000004", "30"),
        ],
    );
    becomes(
        DEAL,
        r#""name": "A", "status": "won""#,
        "probability",
        &[(r#""1""#, r#""1""#, "100"), (r#""1.0""#, r#""1.0""#, "100")],
    );
}

#[test]
fn only_a_plain_token_gets_a_scheme() {
    for (payload, before, after) in [
        (
            DEAL,
            "token=wbk_0000aaaa1111bbbb",
            "token=wbk_0000aaaa1111bbbb",
        ),
        (DEAL, "wbk_0000aaaa1111bbbb", "Bearer wbk_0000aaaa1111bbbb"),
        (OPPORTUNITY, "user:pass", "user:pass"),
        (
            OPPORTUNITY,
            "\\\"slnt_pat_0000aaaa1111bbbb\\\"",
            "\\\"slnt_pat_0000aaaa1111bbbb\\\"",
        ),
        (STAGE, "key;secret", "key;secret"),
    ] {
        let text = |value: &str| {
            format!(r#"{{ "Authorization": "{value}", "Content-Type": "application/json" }}"#)
        };
        assert_eq!(
            fixed(&format!("{payload}/headers"), &text(before))[0],
            text(after)
        );
    }
}

#[test]
fn what_a_system_sent_is_not_edited() {
    for (payload, text) in [
        (
            "leadlex/create-deal/response",
            r#"{"data":{"id":"1","name":"A","currency":"usd"}}"#,
        ),
        ("leadlex/create-deal/response", "{data: {},}"),
    ] {
        assert_eq!(fixed(payload, text), [text, text]);
    }
}

#[test]
fn amounts_in_quotes_are_read_in_one_way_or_asked_about() {
    becomes(
        DEAL,
        r#""name": "A""#,
        "estimated_value",
        &[
            (
                r#""9007199254740993""#,
                r#""9007199254740993""#,
                "9007199254740993",
            ),
            (r#""1 23 456""#, r#""1 23 456""#, "123456"),
            (r#""0123""#, r#""0123""#, "123"),
            (r#""1e5""#, r#""1e5""#, "100000"),
            (r#""--5""#, r#""--5""#, r#""--5""#),
            (r#""(1,234.00)""#, r#""(1,234.00)""#, "-1234"),
            (r#""50000""#, "50000", "50000"),
            (r#""1,234.50""#, "1234.5", "1234.5"),
        ],
    );
    becomes(
        DEAL,
        r#""name": "A", "currency": "USD""#,
        "estimated_value",
        &[
            (r#""10000000000""#, r#""10000000000""#, "10000000000"),
            (r#""12.505""#, r#""12.505""#, "12.505"),
            (r#""50 €""#, r#""50 €""#, "50"),
            (r#""$50""#, "50", "50"),
        ],
    );
}

#[test]
fn a_value_is_converted_once() {
    becomes(
        OPPORTUNITY,
        r#""name": "A""#,
        "value",
        &[
            ("9.99", "9.99", "999"),
            (r#""$5""#, r#""$5""#, "500"),
            (r#""5.000""#, r#""5.000""#, "500"),
            (r#""500""#, r#""500""#, "500"),
        ],
    );
}

#[test]
fn chances_are_never_rounded_into_certain() {
    for (value, all) in [
        ("1.0000000000000002", "1"),
        ("1.00001", "1"),
        ("45", "0.45"),
    ] {
        let text = |value: &str| {
            format!(
                r#"{{ "name": "A", "probability": {value}, "statusId": "open", "opportunityPipelineId": "b9c85ac3-1a1d-4f31-a0c5-6e7d3d8ee0b2" }}"#
            )
        };
        assert_eq!(fixed(STAGE, &text(value)), [text(value), text(all)]);
    }
    becomes(
        OPPORTUNITY,
        r#""name": "A""#,
        "probability",
        &[
            ("0.995", "0.995", "99"),
            ("0.999", "0.999", "99"),
            ("0.125", "0.125", "13"),
            ("0.004", "0.004", "0.004"),
            (r#""0.5""#, r#""0.5""#, "50"),
            (r#""75.5""#, r#""75.5""#, "76"),
            (r#""101""#, r#""101""#, r#""101""#),
        ],
    );
    let help = |value: &str| {
        helps(
            OPPORTUNITY,
            &format!(r#"{{"name":"A","probability":{value}}}"#),
        )
    };
    assert!(help("0.125").contains("If 12.5 percent is meant, write 13"));
    assert!(!help("0.995").contains("100"));
    assert!(!help("0.004").contains("keep"));
    assert!(help("\"101\"").contains("from 0 to 100"));
}

#[test]
fn a_comma_is_not_put_into_a_value() {
    for (before, safe, all, words) in [
        ("0xFF", "0xFF", "255", "not a decimal number"),
        ("-0b11", "-0b11", "-3", "not a decimal number"),
        ("1_000", "1_000", "1000", "separators"),
        ("1'000'000", "1'000'000", "1000000", "separators"),
        ("50 000", "50 000", "50000", "separators"),
        ("1_00", "1_00", "1_00", "separators"),
        ("50k", "50k", "50k", "is not a number"),
        ("5%", "5%", "5%", "is not a number"),
        ("1.2.3", "1.2.3", "1.2.3", "separators"),
        ("2026-12-01", "2026-12-01", "\"2026-12-01\"", "not quoted"),
        ("01/02/2027", "01/02/2027", "\"01/02/2027\"", "not quoted"),
        (
            "\"Acme \"Gold\" Ltd\"",
            "\"Acme \"Gold\" Ltd\"",
            "\"Acme \"Gold\" Ltd\"",
            "unescaped quote",
        ),
        (
            "\"Acme \"\"Gold\"\" Ltd\"",
            "\"Acme \"\"Gold\"\" Ltd\"",
            "\"Acme \"\"Gold\"\" Ltd\"",
            "unescaped quote",
        ),
        ("+2026-12-01", "+2026-12-01", "+2026-12-01", "plus sign"),
        ("++5", "++5", "++5", "plus sign"),
        (
            ".2026-12-13",
            ".2026-12-13",
            ".2026-12-13",
            "incomplete number",
        ),
        ("True story", "True story", "True story", "not a JSON value"),
    ] {
        let text = |value: &str| format!(r#"{{ "name": "A", "anything": {value} }}"#);
        assert_eq!(
            fixed(DEAL, &text(before)),
            [text(safe), text(all)],
            "{before}"
        );
        assert!(
            helps(DEAL, &text(before)).contains(words),
            "{before}: {}",
            helps(DEAL, &text(before))
        );
    }
    let text = r#"{ "name": "A" "notes": "b" }"#;
    assert_eq!(fixed(DEAL, text)[1], r#"{ "name": "A" ,"notes": "b" }"#);
}

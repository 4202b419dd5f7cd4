//! The edges of rules: values just inside, just outside, and of other kinds. All that
//! is said of each payload is listed, so that a rule that says too much is seen, too.

#![allow(clippy::too_many_lines, reason = "long tables of cases")]

use pipelint::{Applicability, OwnedDiagnostic, check, fix};
use pipelint_tests::{NOW, contract, options, sound};

const DEAL: &str = "leadlex/create-deal";
const OPPORTUNITY: &str = "slant/create-opportunity";
const STAGE: &str = "ruddr/create-opportunity-stage";
const ACME: &str = "acme/create-deal";

/// The payload around some members: what the contract asks for, and nothing to be said of it.
fn around(payload: &str, members: &str) -> String {
    let needed = match payload {
        DEAL | OPPORTUNITY => r#""name": "Acme""#,
        STAGE => {
            r#""name": "Offer", "opportunityPipelineId": "b9c85ac3-1a1d-4f31-a0c5-6e7d3d8ee0b2""#
        }
        _ => r#""handle": "Crane lease", "fate": "brewing""#,
    };
    format!("{{{needed}, {members}}}")
}

/// `rule pointer` of each diagnostic, the rule being that of the adviser where there is one.
fn said(payload: &str, text: &str) -> Vec<String> {
    let report = check(contract(payload), text.as_bytes(), &options(NOW));
    sound(&report);
    let said = report.diagnostics().map(|diagnostic| {
        let OwnedDiagnostic {
            pointer, adviser, ..
        } = diagnostic.explain();
        let rule = adviser.unwrap_or(diagnostic.rule());
        format!("{} {pointer}", rule.name)
    });
    said.collect()
}

/// The fix of the first diagnostic, and the text with it.
fn fixed(payload: &str, text: &str) -> Option<(Applicability, String)> {
    let report = check(contract(payload), text.as_bytes(), &options(NOW));
    let offer = report.diagnostics().next()?.explain().fix?;
    Some((offer.applicability, fix::apply(text, offer.edits)))
}

#[test]
fn nothing_more_is_said() {
    for (payload, members, expected) in [
        // Won and lost: of the chance alone, whatever other numbers there are.
        (
            DEAL,
            r#""status": "won", "probability": 50, "estimated_value": 5, "currency": "USD""#,
            &["probability/won-below-certain /probability"][..],
        ),
        (
            DEAL,
            r#""status": "lost", "probability": 50, "estimated_value": 5, "currency": "USD""#,
            &["probability/lost-above-zero /probability"],
        ),
        (
            DEAL,
            r#""status": "active", "probability": 100, "estimated_value": 5, "currency": "USD""#,
            &["probability/decided-while-open /probability"],
        ),
        // A close date and a follow-up of each form, before, on and after the same day.
        (
            ACME,
            r#""rumour": {"finale": "2026-05-01", "nudge": "2026-05-01"}"#,
            &[],
        ),
        (
            ACME,
            r#""rumour": {"finale": "2026-05-02", "nudge": "2026-05-01"}"#,
            &[],
        ),
        (
            ACME,
            r#""rumour": {"finale": "2026-05-01", "nudge": "2026-05-02"}"#,
            &["date/close-before-follow-up /rumour/nudge"],
        ),
        (
            ACME,
            r#""rumour": {"finale": "2026-05-01T10:00:00", "nudge": "2026-05-01T10:00:01"}"#,
            &[
                "date/missing-zone /rumour/finale",
                "date/missing-zone /rumour/nudge",
                "date/close-before-follow-up /rumour/nudge",
            ],
        ),
        (
            ACME,
            r#""rumour": {"finale": "2026-05-01T10:00:00", "nudge": "2026-05-01T10:00:00"}"#,
            &[
                "date/missing-zone /rumour/finale",
                "date/missing-zone /rumour/nudge",
            ],
        ),
        (
            ACME,
            r#""rumour": {"finale": "2026-05-01T10:00:01", "nudge": "2026-05-01T10:00:00"}"#,
            &[
                "date/missing-zone /rumour/finale",
                "date/missing-zone /rumour/nudge",
            ],
        ),
        (
            ACME,
            r#""rumour": {"finale": "2026-05-01T10:00:00Z", "nudge": "2026-05-01T10:00:00Z"}"#,
            &[],
        ),
        (
            ACME,
            r#""rumour": {"finale": "2026-05-01T10:00:00Z", "nudge": "2026-05-01T10:00:01Z"}"#,
            &["date/close-before-follow-up /rumour/nudge"],
        ),
        // A day ends twelve hours after UTC, and begins fourteen hours before it.
        (
            ACME,
            r#""rumour": {"finale": "2026-05-01", "nudge": "2026-05-02T12:00:00Z"}"#,
            &[],
        ),
        (
            ACME,
            r#""rumour": {"finale": "2026-05-01", "nudge": "2026-05-02T12:00:01Z"}"#,
            &["date/close-before-follow-up /rumour/nudge"],
        ),
        (
            ACME,
            r#""rumour": {"finale": "2026-04-30T10:00:00Z", "nudge": "2026-05-01"}"#,
            &[],
        ),
        (
            ACME,
            r#""rumour": {"finale": "2026-04-30T09:59:59Z", "nudge": "2026-05-01"}"#,
            &["date/close-before-follow-up /rumour/nudge"],
        ),
        // Chances: one is certain, a hundred is percent, more is nothing.
        (ACME, r#""rumour": {"hunch": 1}"#, &[]),
        (
            ACME,
            r#""rumour": {"hunch": 1.01}"#,
            &["probability/percent-for-fraction /rumour/hunch"],
        ),
        (
            ACME,
            r#""rumour": {"hunch": 100}"#,
            &["probability/percent-for-fraction /rumour/hunch"],
        ),
        (
            ACME,
            r#""rumour": {"hunch": 100.1}"#,
            &["probability/out-of-range /rumour/hunch"],
        ),
        (
            ACME,
            r#""rumour": {"hunch": -0.1}"#,
            &["probability/out-of-range /rumour/hunch"],
        ),
        // Money in cents and its fractions.
        (
            ACME,
            r#""rumour": {"crumbs": 1250.5}"#,
            &["money/fraction-of-a-cent /rumour/crumbs"],
        ),
        (ACME, r#""rumour": {"crumbs": 1250.0}"#, &[]),
        (
            OPPORTUNITY,
            r#""value": 125000.5"#,
            &["money/fraction-of-a-cent /value"],
        ),
        (OPPORTUNITY, r#""value": true"#, &["schema/type /value"]),
        // Blank items: of tags, of IDs, refused by the contract, and not blank after all.
        (DEAL, r#""tags": ["a", " "]"#, &["tags/blank /tags/1"]),
        (DEAL, r#""tags": ["a", "\u0042"]"#, &[]),
        (DEAL, r#""tags": ["a", "\n"]"#, &["tags/blank /tags/1"]),
        (
            DEAL,
            r#""team_member_ids": ["user-001", " "]"#,
            &["reference/blank /team_member_ids/1"],
        ),
        (
            ACME,
            r#""stickers": ["a", ""]"#,
            &["schema/min-length /stickers/1"],
        ),
        (
            ACME,
            r#""stickers": ["a", " "]"#,
            &["tags/blank /stickers/1"],
        ),
        // Codes of another length.
        (DEAL, r#""currency": "EU""#, &["currency/unknown /currency"]),
        (DEAL, r#""currency": "eu""#, &["currency/unknown /currency"]),
        (DEAL, r#""currency": """#, &["currency/unknown /currency"]),
    ] {
        let text = around(payload, members);
        assert_eq!(said(payload, &text), expected, "{text}");
    }
}

#[test]
fn each_fault_stands_where_its_text_stands() {
    for (payload, members, rule, shown) in [
        (DEAL, r#""notes": "ab\u0007cd""#, "text/control", r"\u0007"),
        (DEAL, r#""notes": "é\u0007cd""#, "text/control", r"\u0007"),
        (DEAL, r#""notes": "é\u200bcd""#, "text/invisible", r"\u200b"),
        (
            DEAL,
            "\"notes\": \"é\u{200b}cd\"",
            "text/invisible",
            "\u{200b}",
        ),
        (
            DEAL,
            "\"notes\": \"é\u{202e}cd\"",
            "text/bidi-control",
            "\u{202e}",
        ),
        (DEAL, "\"notes\": \"ab MÃ¼ller\"", "text/mojibake", "Ã¼"),
        (
            DEAL,
            "\"notes\": \"ab M\u{fffd}ller\"",
            "text/mojibake",
            "\u{fffd}",
        ),
        (DEAL, r#""notes": " a""#, "text/padded", r#"" a""#),
        (
            DEAL,
            r#""tags": ["a", "b", "a"]"#,
            "tags/repeated",
            r#""a""#,
        ),
    ] {
        let text = around(payload, members);
        let report = check(contract(payload), text.as_bytes(), &options(NOW));
        let found = report.diagnostics().next().unwrap();
        assert_eq!(found.rule().name, rule, "{text}");
        assert_eq!(&text[found.span()], shown, "{text}");
    }
}

#[test]
fn characters_that_do_not_show_are_named() {
    for (odd, name) in [
        ("\\u0007", "U+0007"),
        ("\\u007f", "U+007F"),
        ("\u{80}", "U+0080"),
        ("\u{200b}", "U+200B"),
        ("\u{202e}", "U+202E"),
        ("\u{feff}", "U+FEFF"),
        ("\u{e0041}", "U+E0041"),
    ] {
        let text = around(DEAL, &format!("\"notes\": \"a{odd}b\""));
        let report = check(contract(DEAL), text.as_bytes(), &options(NOW));
        let found = report.diagnostics().next().unwrap();
        assert!(found.message().contains(name), "{}", found.message());
    }
}

#[test]
fn dates_are_past_once_they_are_over() {
    let past: &[&str] = &["date/past-follow-up /follow_up_date"];
    // It is noon on 15 January, by UTC.
    for (date, expected) in [
        ("2026-01-15T12:00:00Z", &[][..]),
        ("2026-01-15T12:00:00.000000001Z", &[]),
        ("2026-01-15T11:59:59Z", past),
        ("2026-01-15T13:59:59+02:00", past),
        ("2026-01-15T14:00:00+02:00", &[]),
        // The last of all zones is twelve hours after UTC.
        ("2026-01-15", &[]),
        ("2026-01-14", past),
    ] {
        let text = around(DEAL, &format!("\"follow_up_date\": \"{date}\""));
        assert_eq!(said(DEAL, &text), expected, "{date}");
    }
}

#[test]
fn lists_are_mended_up_to_a_length() {
    for (count, is_mended) in [(256, true), (257, false), (258, false)] {
        let tags: Vec<String> = (1..count).map(|tag| format!("\"tag-{tag}\"")).collect();
        let tags = format!("\"tags\": [{}, \"tag-1\"]", tags.join(", "));
        let text = around(DEAL, &tags);
        assert_eq!(
            said(DEAL, &text),
            [format!("tags/repeated /tags/{}", count - 1)]
        );
        assert_eq!(fixed(DEAL, &text).is_some(), is_mended, "{count}");
    }
}

#[test]
fn slips_of_the_hand_are_mended_where_that_is_certain() {
    use Applicability::{Safe, Unsafe};
    for (text, offer) in [
        (
            "{\"name\": \"A\" # so\n}",
            Some((Unsafe, "{\"name\": \"A\" \n}")),
        ),
        (
            "{\"name\": \"A\" // so\n}",
            Some((Safe, "{\"name\": \"A\" \n}")),
        ),
        (
            "{\"name\": \"A\" /* so */}",
            Some((Safe, "{\"name\": \"A\" }")),
        ),
        ("{\"name\": \"A\" /* so }", None),
        ("{name: \"A\"}", Some((Safe, "{\"name\": \"A\"}"))),
        ("{name \"A\"}", None),
        ("{\"name\": \"A\",}", Some((Safe, "{\"name\": \"A\"}"))),
        ("{\"name\": 'A'}", Some((Safe, "{\"name\": \"A\"}"))),
        ("{\"name\": 'A\"'}", None),
        (
            "{\"name\": \"A\rB\"}",
            Some((Safe, "{\"name\": \"A\\rB\"}")),
        ),
        (
            "{\"name\": \"A\nB\"}",
            Some((Safe, "{\"name\": \"A\\nB\"}")),
        ),
        (
            "{\"name\": \"A\tB\"}",
            Some((Safe, "{\"name\": \"A\\tB\"}")),
        ),
        ("{\"name\": \"A\u{1}B\"}", None),
        (
            "{\"probability\": +5}",
            Some((Safe, "{\"probability\": 5}")),
        ),
        (
            "{\"probability\": None}",
            Some((Safe, "{\"probability\": null}")),
        ),
        (
            "{\"probability\": undefined}",
            Some((Unsafe, "{\"probability\": null}")),
        ),
    ] {
        let expected = offer.map(|(applicability, text)| (applicability, text.to_owned()));
        assert_eq!(fixed(DEAL, text), expected, "{text}");
    }
}

#[test]
fn numbers_in_quotes_are_mended_without_asking_unless_they_draw_another_rule() {
    use Applicability::{Safe, Unsafe};
    for (payload, members, applicability, mended) in [
        (DEAL, r#""probability": "75""#, Safe, r#""probability": 75"#),
        (
            DEAL,
            r#""probability": "75 %""#,
            Safe,
            r#""probability": 75"#,
        ),
        (
            DEAL,
            r#""estimated_value": "50000", "currency": "USD""#,
            Safe,
            r#""estimated_value": 50000, "currency": "USD""#,
        ),
        (
            DEAL,
            r#""estimated_value": "50000.25", "currency": "USD""#,
            Safe,
            r#""estimated_value": 50000.25, "currency": "USD""#,
        ),
        (
            DEAL,
            // No minus, most likely.
            r#""estimated_value": "-5", "currency": "USD""#,
            Unsafe,
            r#""estimated_value": -5, "currency": "USD""#,
        ),
        (
            STAGE,
            r#""probability": "0.5", "statusId": "open""#,
            Safe,
            r#""probability": 0.5, "statusId": "open""#,
        ),
        (
            ACME,
            r#""rumour": {"hunch": "0.5"}"#,
            Safe,
            r#""rumour": {"hunch": 0.5}"#,
        ),
        (
            ACME,
            // A percentage in quotes, most likely.
            r#""rumour": {"hunch": "50"}"#,
            Unsafe,
            r#""rumour": {"hunch": 0.5}"#,
        ),
        (
            ACME,
            r#""rumour": {"hunch": "50%"}"#,
            Safe,
            r#""rumour": {"hunch": 0.5}"#,
        ),
    ] {
        let expected = (applicability, around(payload, mended));
        assert_eq!(
            fixed(payload, &around(payload, members)),
            Some(expected),
            "{members}"
        );
    }
}

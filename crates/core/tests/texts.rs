//! What the rules about texts, IDs, tags and headers find, and what their fixes make of it.

#![allow(clippy::unwrap_used, reason = "a test")]

use pipelint::contract::Contract;
use pipelint::payloads::{
    leadlex::create_deal, ruddr::create_opportunity_stage, slant::create_opportunity,
};
use pipelint::{Applicability, Options, OwnedDiagnostic, Report, Severity, check, fix};
use proptest::prelude::*;

fn options() -> Options {
    Options::at("2026-01-15T12:00:00Z".parse::<pipelint::Instant>().unwrap())
}

/// The rules that report that text.
fn rules(contract: &'static Contract<'static>, text: &str) -> Vec<&'static str> {
    let options = options();
    let report = check(contract, text.as_bytes(), &options);
    report.diagnostics().map(|one| one.rule().name).collect()
}

/// The rules that report a deal with such notes.
fn noted(notes: &str) -> Vec<&'static str> {
    let notes = serde_json::to_string(notes).unwrap();
    let text = format!("{{\"name\": \"Acme\", \"notes\": {notes}}}");
    rules(&create_deal::REQUEST, &text)
}

/// The text as the safe fixes leave it.
fn mended(contract: &'static Contract<'static>, text: &str) -> String {
    mended_by(contract, text, Applicability::Safe)
}

fn mended_by(contract: &'static Contract<'static>, text: &str, least: Applicability) -> String {
    fix::apply_fixes(contract, text.as_bytes(), &options(), least)
        .map_or_else(|| text.to_owned(), |mended| mended.text)
}

#[test]
fn characters_that_show_nothing() {
    for odd in [
        "a\u{ad}b",
        "a\u{180e}b",
        "a\u{200b}b",
        "\u{200b}b",
        "a\u{2060}b",
        "a\u{2064}b",
        "a\u{206a}b",
        "a\u{206f}b",
        "a\u{3164}b",
        "a\u{feff}b",
        "a\u{ffa0}b",
        "a\u{200d}b",
        "a \u{200c}b",
        "\u{200d}b",
        "a\u{e0041}b",
        "a\u{e0000}b",
        "a\u{e007f}b",
        "🏴\u{e0067}\u{e007f}a\u{e0067}",
    ] {
        assert_eq!(noted(odd), ["text/invisible"], "{odd:?}");
    }
    for fine in [
        "ab",
        "a\u{ae}b",
        "a\u{200a}b",
        "a\u{200e}b",
        "é\u{200d}b",
        "👩\u{200d}💻",
        "❤\u{fe0f}\u{200d}🔥",
        "می\u{200c}خواهم",
        "ก\u{200b}ข",
        "ខ\u{200b}ខ",
        "က\u{200b}က",
        "🏴\u{e0067}\u{e0062}\u{e007f}",
        "한글",
        "a\u{2065}b",
    ] {
        assert_eq!(noted(fine), Vec::<&str>::new(), "{fine:?}");
    }
}

#[test]
fn characters_that_turn_the_direction() {
    for odd in ["\u{202a}a", "a\u{202e}", "\u{2066}a", "a\u{2069}a"] {
        assert_eq!(noted(odd), ["text/bidi-control"], "{odd:?}");
    }
    assert_eq!(noted("a\u{202f}a"), Vec::<&str>::new());
}

#[test]
fn characters_for_machines() {
    for odd in [
        "a\u{0}b",
        "a\u{8}b",
        "a\u{1f}b",
        "a\u{c}b",
        "a\u{7f}é",
        "a\u{80}b",
        "a\u{85}b",
        "a\u{9f}b",
    ] {
        assert_eq!(noted(odd), ["text/control"], "{odd:?}");
    }
    // JSON allows DEL, and the bytes before it are read many at a time.
    for length in 0..40 {
        let odd = format!("{}\u{7f} of the deal", "x".repeat(length));
        let found = noted(&odd);
        assert!(found.contains(&"text/control"), "{length}: {found:?}");
    }
    for fine in [
        "a\nb", "a\tb", "a\r\nb", "a b", "a\u{a0}b", "\\u0007", "\"a\"", "a\\/b",
    ] {
        assert_eq!(noted(fine), Vec::<&str>::new(), "{fine:?}");
    }
    let text = r#"{"name": "a\nb\u0007c\t"}"#;
    assert_eq!(
        rules(&create_deal::REQUEST, text),
        ["text/padded", "text/control"]
    );
    let mended = mended_by(&create_deal::REQUEST, text, Applicability::Unsafe);
    assert_eq!(mended, r#"{"name": "a bc"}"#);
}

#[test]
fn letters_read_in_the_wrong_encoding() {
    for (odd, meant) in [
        ("MÃ¼ller", "Müller"),
        ("MÃƒÂ¼ller", "Müller"),
        ("Ã‰cole", "École"),
        ("Ãcole Ã©", "Ãcole é"),
        ("5Â\u{a0}â‚¬", "5\u{a0}€"),
        ("itâ€™s", "it’s"),
        ("ðŸŽ‰!", "🎉!"),
        ("a â€“ b", "a – b"),
        ("voilÃ\u{a0}", "voilà"),
        ("ï¿½", "\u{fffd}"),
        ("Ã\u{ad}", "í"),
        ("â€œaâ€\u{9d}", "“a”"),
    ] {
        let notes = serde_json::to_string(odd).unwrap();
        let text = format!("{{\"name\": \"Acme\", \"notes\": {notes}}}");
        assert_eq!(
            rules(&create_deal::REQUEST, &text),
            ["text/mojibake"],
            "{odd:?}"
        );
        let mended = mended_by(&create_deal::REQUEST, &text, Applicability::Unsafe);
        assert_eq!(
            mended,
            format!("{{\"name\": \"Acme\", \"notes\": \"{meant}\"}}")
        );
        assert_eq!(mended_safely(&text), text);
    }
    // A lost letter is reported beside the ones that can be decoded.
    let text = r#"{"name": "M\ufffdller SÃ¶hne"}"#;
    assert_eq!(
        rules(&create_deal::REQUEST, text),
        ["text/mojibake", "text/mojibake"]
    );
    let mended = mended_by(&create_deal::REQUEST, text, Applicability::Unsafe);
    assert_eq!(mended, r#"{"name": "M\ufffdller Söhne"}"#);
    assert_eq!(rules(&create_deal::REQUEST, &mended), ["text/mojibake"]);
    for fine in [
        "Âge",
        "À",
        "NÃO",
        "AMANHÃ”",
        "AMANHÃ…",
        "IRMÃ’S",
        "MANHÃ\u{a0}E",
        "château",
        "naïve",
        "Ísland ð",
        "“Å“",
        "café…”",
        "Ã",
        "â€",
        "ðŸ",
        "Ã¯¼".get(..2).unwrap(),
    ] {
        assert_eq!(noted(fine), Vec::<&str>::new(), "{fine:?}");
    }
    assert_eq!(noted("a\u{fffd}b"), ["text/mojibake"]);
    let escaped = r#"{"name": "a\uFFFDb"}"#;
    assert_eq!(rules(&create_deal::REQUEST, escaped), ["text/mojibake"]);
    let half = r#"{"name": "a\ud800b"}"#;
    assert_eq!(rules(&create_deal::REQUEST, half), ["json/lone-surrogate"]);
}

fn mended_safely(text: &str) -> String {
    mended(&create_deal::REQUEST, text)
}

#[test]
fn words_that_stand_for_none() {
    let deal = |field: &str, value: &str| {
        let text = format!("{{\"name\": \"Acme\", \"{field}\": \"{value}\"}}");
        rules(&create_deal::REQUEST, &text)
    };
    for value in [
        "<name>",
        "{{ name }}",
        "${name}",
        "{name}",
        "[your name]",
        "TODO",
        "String",
        "NaN",
        "lorem ipsum",
    ] {
        for field in ["notes", "stage", "priority", "deal_type"] {
            assert_eq!(deal(field, value), ["text/placeholder"], "{field} {value}");
        }
    }
    for value in ["n/a", "TBD", "None", "xxx"] {
        assert_eq!(deal("stage", value), ["text/placeholder"], "{value}");
        assert_eq!(deal("notes", value), Vec::<&str>::new(), "{value}");
        assert_eq!(deal("priority", value), Vec::<&str>::new(), "{value}");
    }
    for value in [
        "<b>a</b>",
        "<3",
        "{}",
        "${1}",
        "[draft] a",
        "[draft]",
        "strings",
        "to do",
        "<a href=x>",
        "a <name>",
    ] {
        assert_eq!(deal("notes", value), Vec::<&str>::new(), "{value}");
    }
}

#[test]
fn ids_that_stand_for_none() {
    let deal = |value: &str| {
        let text = format!("{{\"name\": \"Acme\", \"contact_id\": \"{value}\"}}");
        rules(&create_deal::REQUEST, &text)
    };
    for value in [
        "string",
        "<id>",
        "{id}",
        ":id",
        ":contact_id",
        "contact_id",
        "contactId",
        "Contact-ID",
        "your-contact-id",
        "the contact",
        "my_contact_id",
        "contact",
        "contact-uuid",
        "0",
        "-1",
        "123",
        "ABC123",
        "test",
        "undefined",
        "null",
        "[object Object]",
    ] {
        assert_eq!(deal(value), ["reference/placeholder"], "{value}");
    }
    for value in [
        "contact-001",
        "7",
        "42",
        "1234567",
        "user",
        "abcdef",
        "contacts",
        "a contact id",
        "deal_01HY1",
    ] {
        assert_eq!(deal(value), Vec::<&str>::new(), "{value}");
    }
}

#[test]
fn long_lists_are_compared_as_short_ones_are() {
    for count in [2, 64, 65, 200] {
        let mut ids: Vec<String> = (0..count).map(|id| format!("\"user-{id}\"")).collect();
        let list = |ids: &[String]| {
            format!(
                "{{\"name\": \"a\", \"team_member_ids\": [{}]}}",
                ids.join(", ")
            )
        };
        let fine = list(&ids);
        assert_eq!(rules(&create_deal::REQUEST, &fine), Vec::<&str>::new());
        ids.push("\"user-\\u0030\"".to_owned());
        assert_eq!(
            rules(&create_deal::REQUEST, &list(&ids)),
            ["reference/repeated"]
        );
        assert_eq!(mended(&create_deal::REQUEST, &list(&ids)), fine);
    }
}

#[test]
fn lists_keep_their_form() {
    for (before, after) in [
        ("[ \"a\" , \"b\" , \"a\" ]", "[ \"a\" , \"b\" ]"),
        ("[\n  \"\",\n  \"a\"\n]", "[\n  \"a\"\n]"),
        ("[\"a\", \"\", \" \", \"a\", \"a\"]", "[\"a\"]"),
        ("[\"\"]", "[]"),
        ("[\"\", \"\"]", "[]"),
        (
            "[\"a\", \"b\", \"a\", \"b\", \"c\"]",
            "[\"a\", \"b\", \"c\"]",
        ),
        ("[\"\", \"a\", \"\", \" \" , \"b\"]", "[\"a\" , \"b\"]"),
        ("[\"a\", \"a\", {}]", "[\"a\", {}]"),
        ("[7, \"7\"]", "[\"7\"]"),
    ] {
        let deal = |tags: &str| format!("{{\"name\": \"a\", \"tags\": {tags}}}");
        assert_eq!(mended(&create_deal::REQUEST, &deal(before)), deal(after));
    }
    let tags = |tags: &str| {
        rules(
            &create_deal::REQUEST,
            &format!("{{\"name\": \"a\", \"tags\": {tags}}}"),
        )
    };
    assert_eq!(tags("[\"a\", \"A\", \"b\"]"), ["tags/differ-by-case"]);
    assert_eq!(
        tags("[\"a\", \"A\", \"A\"]"),
        ["tags/differ-by-case", "tags/repeated"]
    );
    assert_eq!(tags("[\"\", \"\"]"), ["tags/blank", "tags/blank"]);
}

#[test]
fn aliases() {
    let deal = |one: &str, other: &str| {
        let text =
            format!("{{\"contact_id\": {one}, \"name\": \"a\", \"main_contact_id\": {other}}}");
        (
            rules(&create_deal::REQUEST, &text),
            mended(&create_deal::REQUEST, &text),
        )
    };
    let kept = "{\"contact_id\": \"c-1\", \"name\": \"a\"}";
    assert_eq!(
        deal("\"c-1\"", "\"c-1\""),
        (vec!["reference/alias-repeated"], kept.to_owned())
    );
    assert_eq!(deal("\"c-1\"", "\"c\\u002d1\"").1, kept);
    assert_eq!(deal("\"c-1 \"", "\"c-1\"").1, kept);
    assert_eq!(
        deal("\"c-1\"", "\"c-2\"").0,
        ["reference/alias-contradicts"]
    );
    assert_eq!(deal("\"c-1\"", "null").0, ["schema/type"]);
}

#[test]
fn headers() {
    let sent = |value: &str| {
        let text =
            format!("{{\"authorization\": \"{value}\", \"Content-Type\": \"application/json\"}}");
        (
            rules(&create_deal::HEADERS, &text),
            mended(&create_deal::HEADERS, &text),
        )
    };
    let kept = "{\"authorization\": \"Bearer wbk_1\", \"Content-Type\": \"application/json\"}";
    for (value, rule) in [
        ("wbk_1", "header/scheme"),
        ("Bearer Bearer wbk_1", "header/scheme"),
        ("bearer BEARER Bearer wbk_1", "header/scheme"),
        ("Bearer:wbk_1", "header/scheme"),
        ("bearer wbk_1", "header/scheme-case"),
        (" Bearer wbk_1", "text/padded"),
        ("Bearer wbk_1\\r\\n", "header/line-break"),
    ] {
        assert_eq!(sent(value), (vec![rule], kept.to_owned()), "{value}");
    }
    for (value, rules) in [
        ("Bearer wbk_1", &[][..]),
        ("", &["header/blank"]),
        (" ", &["header/blank"]),
        ("Bearer", &["header/blank"]),
        ("Bearer ", &["header/blank"]),
        ("Bearer wbk_1\\nX: 1", &["header/line-break"]),
        ("Bearer wbk_1\\u0000X", &["header/line-break"]),
        ("Basic wbk_1", &["header/scheme"]),
        ("Bearerwbk_1", &["header/scheme"]),
        ("Bearer abc", &["header/prefix"]),
        ("Bearer ghp_1", &["header/foreign-key"]),
        ("{{auth}}", &["header/placeholder"]),
        ("Bearer {{key}}", &["header/placeholder"]),
        ("Bearer wbk_...", &["header/placeholder"]),
        ("Bearer XXXX", &["header/placeholder"]),
        ("Bearer KEY", &["header/placeholder"]),
        (
            "Bearer wbk_\\u0061\\u0061\\u0061\\u0061\\u0061\\u0061\\u0061\\u0061\\u0061\\u0061\\u0061",
            &[],
        ),
        (
            "Bearer \\u0061\\u0061\\u0061\\u0061\\u0061\\u0061\\u0061\\u0061\\u0061\\u0061\\u0061",
            &["header/prefix"],
        ),
    ] {
        assert_eq!(sent(value).0, rules, "{value}");
    }
    let typed = |value: &str| {
        let text =
            format!("{{\"Authorization\": \"Bearer wbk_1\", \"Content-Type\": \"{value}\"}}");
        rules(&create_deal::HEADERS, &text)
    };
    for fine in [
        "application/json",
        "APPLICATION/JSON",
        "application/json;charset=utf-8",
        "application/json ; a=b",
    ] {
        assert_eq!(typed(fine), Vec::<&str>::new(), "{fine}");
    }
    for odd in [
        "json",
        "text/json",
        "application/vnd.api+json",
        "application/json, text/plain",
        ";",
    ] {
        assert_eq!(typed(odd), ["header/content-type"], "{odd}");
    }
    assert_eq!(typed(" "), ["header/blank"]);
}

#[test]
fn a_required_id_must_not_be_blank() {
    let worst = |contract: &'static Contract<'static>, text: &str| {
        let options = options();
        check(contract, text.as_bytes(), &options).worst()
    };
    let path = "{\"household_id\": \" \"}";
    assert_eq!(
        worst(&create_opportunity::PATH, path),
        Some(Severity::Error)
    );
    let body = "{\"name\": \"a\", \"owner_id\": \"\"}";
    assert_eq!(
        worst(&create_opportunity::REQUEST, body),
        Some(Severity::Warning)
    );
}

#[test]
fn an_answer_has_no_errors_but_those_of_json() {
    let worst = |text: &str| {
        let options = options();
        let report = check(&create_deal::RESPONSE, text.as_bytes(), &options);
        let rules: Vec<_> = report.diagnostics().map(|one| one.rule().name).collect();
        (report.worst(), rules)
    };
    let warning = Some(Severity::Warning);
    assert_eq!(worst("{}"), (warning, vec!["schema/required"]));
    let blank = "{\"data\": {\"id\": \"1\", \"name\": \"\", \"tags\": [\" a\", \"\"]}}";
    assert_eq!(worst(blank), (warning, vec!["name/blank"]));
    let secret =
        "{\"data\": {\"id\": \"1\", \"name\": \"a\", \"notes\": \"wbk_0000aaaa1111bbbb\"}}";
    assert_eq!(worst(secret), (warning, vec!["text/credential"]));
    assert_eq!(worst("{").0, Some(Severity::Error));
    assert_eq!(
        worst("{\"data\": {\"id\": \"1\", \"id\": \"1\", \"name\": \"a\"}}").0,
        Some(Severity::Error)
    );
}

#[test]
fn secrets_are_known_by_their_place_and_by_their_form() {
    let secrets = |contract: &'static Contract<'static>, text: &str| -> Vec<String> {
        let options = options();
        let report = check(contract, text.as_bytes(), &options);
        report
            .secrets()
            .iter()
            .map(|secret| text.get(secret.clone()).unwrap().to_owned())
            .collect()
    };
    let text = "{\"Authorization\": \"Bearer abc\", \"X-Key\": \"AKIA0000AAAA1111BBBB\"}";
    assert_eq!(
        secrets(&create_deal::HEADERS, text),
        ["\"Bearer abc\"", "\"AKIA0000AAAA1111BBBB\""]
    );
    let text = "{\"authorization\": \"Bearer wbk_0000aaaa1111bbbb!\"}";
    assert_eq!(
        secrets(&create_deal::HEADERS, text),
        ["\"Bearer wbk_0000aaaa1111bbbb!\""]
    );
    let text = "{\"name\": \"a\", \"other\": [\"wbk_0000aaaa1111bbbb";
    assert_eq!(
        secrets(&create_deal::REQUEST, text),
        ["wbk_0000aaaa1111bbbb"]
    );
    assert_eq!(
        secrets(&create_deal::REQUEST, "{\"name\": \"a\"}"),
        Vec::<String>::new()
    );

    let text = "{\"name\": \"a\", \"priority\": \" wbk_0000aaaa1111bbbb\", \"tags\": [{\"name\": \"wbk_0000aaaa1111bbbb\"}], \"currency\": \"wbk_0000aaaa1111bbbb\"}";
    let options = options();
    let report = check(&create_deal::REQUEST, text.as_bytes(), &options);
    assert!(report.len() > 2);
    for diagnostic in report.diagnostics() {
        assert!(diagnostic.rule().name == "text/padded" || diagnostic.is_secret());
        assert!(!said(&diagnostic.explain()).contains("wbk_0000"));
    }
}

/// All that a diagnostic says.
fn said(explained: &OwnedDiagnostic) -> String {
    let OwnedDiagnostic {
        message,
        help,
        params,
        ..
    } = explained;
    format!("{message} {help:?} {params:?}")
}

/// Pieces that texts go wrong by.
const PIECES: [&str; 35] = [
    "a",
    "B",
    " ",
    "\u{a0}",
    "\u{200b}",
    "\u{200d}",
    "\u{200c}",
    "\u{feff}",
    "\n",
    "\t",
    "\u{7}",
    "Ã",
    "¼",
    "â",
    "€",
    "™",
    "Â",
    "\u{202e}",
    "🏴",
    "\u{e0067}",
    "\u{e007f}",
    "string",
    "<",
    ">",
    "\"",
    "\\",
    "\u{fffd}",
    "\u{ad}",
    "ð",
    "Ÿ",
    "\u{85}",
    " wbk_0000aaaa1111bbbb",
    "Bearer ",
    "1",
    "ก",
];

/// A JSON string, with or without escapes outside ASCII.
fn json(value: &str, escaped: bool) -> String {
    let plain = serde_json::to_string(value).unwrap();
    if !escaped {
        return plain;
    }
    let spelt = |one: char| {
        if one.is_ascii() {
            return one.to_string();
        }
        let mut units = [0; 2];
        let units = one.encode_utf16(&mut units).iter();
        let spelt: Vec<String> = units.map(|unit| format!("\\u{unit:04x}")).collect();
        spelt.concat()
    };
    plain.chars().map(spelt).collect()
}

fn of(report: &Report<'_>, severity: Severity) -> Vec<(&'static str, String)> {
    let found = report
        .diagnostics()
        .filter(|one| one.severity() == severity);
    found.map(|one| (one.rule().name, one.pointer())).collect()
}

proptest! {
    #[test]
    fn odd_texts_give_no_error_and_their_fixes_hold(
        pieces in proptest::collection::vec(proptest::sample::select(&PIECES[..]), 0..7),
        escaped: bool,
        place in 0..6,
    ) {
        let value = pieces.concat();
        let json = json(&value, escaped);
        let (contract, text) = match place {
            0 => (&create_deal::REQUEST, format!("{{\"name\": {json}}}")),
            1 => (&create_deal::REQUEST, format!("{{\"name\": \"a\", \"notes\": {json}}}")),
            2 => (&create_deal::REQUEST, format!("{{\"name\": \"a\", \"tags\": [{json}, \"a\", {json}]}}")),
            3 => (&create_deal::REQUEST, format!("{{\"name\": \"a\", \"contact_id\": {json}, \"main_contact_id\": {json}}}")),
            4 => (&create_deal::HEADERS, format!("{{\"Authorization\": {json}, \"Content-Type\": {json}}}")),
            _ => (&create_opportunity::HEADERS, format!("{{\"Authorization\": {json}, \"Idempotency-Key\": {json}}}")),
        };
        let options = options();
        let report = check(contract, text.as_bytes(), &options);
        let errors = of(&report, Severity::Error);
        if place == 0 && value.trim().is_empty() {
            prop_assert_eq!(&errors, &[("name/blank", "/name".to_owned())]);
        } else if place < 4 {
            prop_assert_eq!(&errors, &[]);
        }
        for diagnostic in report.diagnostics() {
            let explained = diagnostic.explain();
            prop_assert!(!said(&explained).contains("wbk_0000"));
            let Some(offer) = explained.fix else { continue };
            let mended = fix::apply(&text, offer.edits);
            prop_assert!(serde_json::from_str::<serde_json::Value>(&mended).is_ok(), "{} -> {}", text, mended);
            let after = check(contract, mended.as_bytes(), &options);
            let count = |report: &Report<'_>| {
                let rule = diagnostic.rule().name;
                report.diagnostics().filter(|one| one.rule().name == rule).count()
            };
            prop_assert!(count(&after) < count(&report), "{}: {} -> {}", diagnostic.rule().name, text, mended);
            if offer.applicability == Applicability::Safe {
                for error in of(&after, Severity::Error) {
                    prop_assert!(errors.contains(&error), "{:?}: {} -> {}", error, text, mended);
                }
            }
        }
        if let Some(mended) = fix::apply_fixes(contract, text.as_bytes(), &options, Applicability::Safe) {
            let again = fix::apply_fixes(contract, mended.text.as_bytes(), &options, Applicability::Safe);
            prop_assert!(again.is_none(), "{} -> {} -> {:?}", text, mended.text, again);
        }
    }
}

#[test]
fn a_currency_beside_an_amount_is_taken_off_safely_only_where_it_is_the_one_stated() {
    let deal = |amount: &str, currency: &str| {
        format!(
            "{{\"name\": \"Acme\", \"estimated_value\": \"{amount}\", \"currency\": \"{currency}\"}}"
        )
    };
    for (amount, currency, safe) in [
        ("500 EUR", "EUR", true),
        ("500 eur", "EUR", true),
        ("€500", "EUR", true),
        ("500 EUR", "USD", false),
        ("$500", "CAD", true),
        ("$500", "EUR", false),
        ("5k", "EUR", false),
    ] {
        let text = deal(amount, currency);
        let changed = mended(&create_deal::REQUEST, &text) != text;
        assert_eq!(changed, safe, "{amount} in {currency}");
    }
}

#[test]
fn hundreds_of_billions_are_cents_whatever_hundreds_they_are() {
    for (amount, found) in [
        ("1000000100", true),
        ("1234567800", true),
        ("1234567850", false),
        ("999999900", false),
    ] {
        let text =
            format!("{{\"name\": \"Acme\", \"estimated_value\": {amount}, \"currency\": \"EUR\"}}");
        let rules = rules(&create_deal::REQUEST, &text);
        assert_eq!(rules.contains(&"money/cents-for-dollars"), found, "{text}");
    }
}

#[test]
fn numbers_are_quoted_where_a_text_is_needed() {
    let adviser = |text: &str| {
        let options = options();
        let report = check(&create_deal::REQUEST, text.as_bytes(), &options);
        let said = report.diagnostics().next().unwrap().explain();
        said.adviser.map(|rule| rule.name)
    };
    let tagged = r#"{"name": "Acme", "tags": [2026]}"#;
    assert_eq!(adviser(tagged), Some("tags/not-text"));
    let typed = r#"{"name": "Acme", "deal_type": 2026}"#;
    assert_eq!(adviser(typed), Some("text/not-text"));
}

#[test]
fn white_space_at_the_end_is_no_control_character() {
    let named = |name: &str| {
        let name = serde_json::to_string(name).unwrap();
        rules(&create_deal::REQUEST, &format!("{{\"name\": {name}}}"))
    };
    assert_eq!(named("Acme\t"), ["text/padded"]);
    assert_eq!(named("\nAcme"), ["text/padded"]);
    assert_eq!(named("Ac\tme"), ["text/control"]);
}

#[test]
fn cents_and_literals_are_mended_as_they_were_meant() {
    let mend = |text: &str| mended_by(&create_deal::REQUEST, text, Applicability::Unsafe);
    assert_eq!(
        mend(r#"{"name": "A1", "estimated_value": 1234567800, "currency": "EUR"}"#),
        r#"{"name": "A1", "estimated_value": 12345678, "currency": "EUR"}"#
    );
    let won = |value| format!("{{\"name\": \"Acme\", \"won\": {value}}}");
    for (given, expected) in [
        ("False", "false"),
        ("FALSE", "false"),
        ("True", "true"),
        ("-", "-"),
        (".", "."),
        (".5", "0.5"),
    ] {
        assert_eq!(mend(&won(given)), won(expected));
    }
}

#[test]
fn of_tags_that_look_the_same_the_clean_one_stays() {
    for (given, expected) in [
        ("[\"a\u{200b}\", \"a\"]", "[\"a\"]"),
        ("[\"a\", \"a\u{200b}\"]", "[\"a\"]"),
        ("[\"a\u{200b}\", \"b\"]", "[\"a\", \"b\"]"),
    ] {
        let text = format!("{{\"name\": \"Acme\", \"tags\": {given}}}");
        let expected = format!("{{\"name\": \"Acme\", \"tags\": {expected}}}");
        assert_eq!(mended(&create_deal::REQUEST, &text), expected);
    }
    // The second has two faults: no fix of one of them is safe, since it takes the other away.
    let text = "{\"name\": \"Acme\", \"tags\": [\"a\u{200b}\", \"a\u{200b}\"]}";
    assert_eq!(mended(&create_deal::REQUEST, text), text);
    assert_eq!(
        mended_by(&create_deal::REQUEST, text, Applicability::Unsafe),
        "{\"name\": \"Acme\", \"tags\": [\"a\"]}"
    );
}

#[test]
fn a_percentage_in_a_text_becomes_the_fraction_that_it_is() {
    let stage = |probability: &str| {
        format!(
            "{{\"name\": \"Sent\", \"probability\": {probability}, \"statusId\": \"open\", \
             \"opportunityPipelineId\": \"b9c85ac3-1a1d-4f31-a0c5-6e7d3d8ee0b2\"}}"
        )
    };
    for (given, expected, least) in [
        ("\"45%\"", "0.45", Applicability::Safe),
        ("\"0.45\"", "0.45", Applicability::Safe),
        // Somebody has to look: 45 may have been a slip.
        ("\"45\"", "0.45", Applicability::Unsafe),
        ("\"45\"", "\"45\"", Applicability::Safe),
    ] {
        let mended = mended_by(&create_opportunity_stage::REQUEST, &stage(given), least);
        assert_eq!(mended, stage(expected));
    }
}

#[test]
fn tags_are_mended_in_lists_that_somebody_can_look_through() {
    let tagged = |tag: &str, others: usize| {
        let others = (0..others).fold(String::new(), |list, number| {
            list + &format!(", \"tag {number}\"")
        });
        format!("{{\"name\": \"Acme\", \"tags\": [\"{tag}\"{others}]}}")
    };
    for (others, can) in [(0, true), (255, true), (256, false)] {
        let text = tagged("a\u{200b}", others);
        let expected = if can {
            tagged("a", others)
        } else {
            text.clone()
        };
        assert_eq!(mended(&create_deal::REQUEST, &text), expected, "{others}");
    }
}

#[test]
fn dollars_become_cents_where_that_is_an_amount() {
    let text = |value| format!("{{\"name\": \"Acme\", \"value\": {value}}}");
    for (value, cents) in [("999", "99900"), ("10", "1000"), ("9", "9")] {
        let mended = mended_by(
            &create_opportunity::REQUEST,
            &text(value),
            Applicability::Unsafe,
        );
        assert_eq!(mended, text(cents));
    }
}

#[test]
fn a_name_that_is_too_long_can_be_padded_as_well() {
    let name = "n".repeat(256);
    let text = format!(
        "{{\"name\": \" {name}\", \"probability\": 0.5, \"statusId\": \"open\", \
         \"opportunityPipelineId\": \"b9c85ac3-1a1d-4f31-a0c5-6e7d3d8ee0b2\"}}"
    );
    let rules = rules(&create_opportunity_stage::REQUEST, &text);
    assert!(rules.contains(&"text/padded"), "{rules:?}");
    assert!(rules.contains(&"schema/max-length"), "{rules:?}");
}

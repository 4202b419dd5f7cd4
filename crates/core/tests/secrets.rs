//! No credential and no masked value leaves the library, whatever is asked for.

#![allow(clippy::unwrap_used, reason = "a test")]

use std::fmt::Write;

use pipelint::contract::{Contract, Meanings};
use pipelint::fix::apply_fixes;
use pipelint::{Applicability, Checker, Mask, Options, RenderedDiagnostic, check, payloads};

const DEAL: &Contract = &payloads::leadlex::create_deal::REQUEST;
const HEADERS: &Contract = &payloads::leadlex::create_deal::HEADERS;

fn options() -> Options {
    Options::at("2026-01-15T12:00:00Z".parse::<pipelint::Instant>().unwrap())
}

/// Everything that a report writes, in every form.
fn everything(contract: &'static Contract, payload: &str, options: &Options) -> String {
    let report = check(contract, payload.as_bytes(), options);
    let mut out = format!("{report}\n{report:?}\n{report:#?}\n");
    let mut rendered = RenderedDiagnostic::default();
    for diagnostic in report.diagnostics() {
        diagnostic.render_into(&mut rendered);
        let owned = diagnostic.explain();
        let _ = write!(out, "{diagnostic} {diagnostic:?} {rendered:?} {owned:?} ");
        let _ = write!(out, "{} {:?} ", diagnostic.pointer(), owned.help);
        let _ = write!(out, "{:?} {} ", owned.params, diagnostic.message());
        let _ = writeln!(out, "{}", serde_json::to_string(&diagnostic).unwrap());
    }
    let _ = writeln!(out, "{:?}", report.value());
    let mut checker = Checker::new();
    let _ = writeln!(
        out,
        "{:?}",
        checker.check(contract, payload.as_bytes(), options)
    );
    let _ = writeln!(out, "{checker:?} {options:?} {contract:?}");
    let fixed = apply_fixes(contract, payload.as_bytes(), options, Applicability::Unsafe);
    let _ = writeln!(out, "{fixed:?}");
    // What a renderer shows of the payload itself.
    let mut shown = payload.to_owned();
    for span in report.secrets().iter().rev() {
        shown.replace_range(span.clone(), "");
    }
    out + &shown
}

#[test]
fn no_form_of_a_report_holds_a_credential() {
    const KEY: &str = "wbk_live_4f9a8b7c6d5e4f3a2b1c";
    const TAIL: &str = "4f9a8b7c6d5e4f3a2b1c";
    for payload in [
        format!(r#"{{"name":"Acme","notes":"the key is {KEY}"}}"#),
        format!(r#"{{"name":"Acme","notes":"wbk\u005flive_{TAIL}"}}"#),
        format!(r#"{{"name":"Acme","notes":"Bearer {TAIL}\/x\u002B"}}"#),
        format!(r#"{{"name":"Acme","{KEY}":1}}"#),
        format!(r#"{{"name":"Acme","wbk\u005flive_{TAIL}":1}}"#),
        format!(r#"{{"name":"Acme","{KEY}":1,"{KEY}":2}}"#),
        format!(r#"{{"name":"Acme","x":{{"{KEY}":{{"a":1,"a":2}}}}}}"#),
        format!(r#"{{"name":"Acme","{KEY}":[{{"a":1,"a":2}}]}}"#),
        format!(r#"{{"name":"{KEY}","currency":"{KEY}","status":"{KEY}"}}"#),
        format!(r#"{{"name":"Acme","tags":["{KEY}","{KEY}",{{"name":"{KEY}"}}]}}"#),
        format!(r#"{{"name":"Acme","close_date":"{KEY}","probability":"{KEY}"}}"#),
        format!(r#"{{"name":"Acme","notes":'{KEY}'}}"#),
        format!(r#"{{"name":"Acme",{KEY}:1}}"#),
        format!(r#"{{"name":"Acme","notes":"{KEY}"#),
        format!(r#""{KEY}""#),
        format!(r#"["{KEY}"]"#),
    ] {
        let out = everything(DEAL, &payload, &options());
        assert!(!out.contains(TAIL), "{payload}\n{out}");
    }
}

#[test]
fn values_of_properties_named_after_credentials_are_hidden() {
    for name in [
        "password",
        "api_key",
        "token",
        "secret",
        "Authorization",
        "clientSecret",
    ] {
        for value in [
            "\"hunter2\"",
            "\"hun\\u0074er2\"",
            "{\"a\":\"hunter2\",\"a\":2}",
            "[\"hunter2\"]",
        ] {
            let payload = format!(r#"{{"name":"Acme","{name}":{value},"x":{{"{name}":{value}}}}}"#);
            let out = everything(DEAL, &payload, &options());
            assert!(
                !out.contains("unter2") && !out.contains("hun\\"),
                "{payload}\n{out}"
            );
        }
        // Text that is not JSON.
        for value in ["hunter2", "'hunter2'", "\"hunter2"] {
            let payload = format!(r#"{{"name":"Acme","{name}":{value}}}"#);
            let out = everything(DEAL, &payload, &options());
            assert!(!out.contains("hunter2"), "{payload}\n{out}");
        }
    }
}

#[test]
fn masked_values_are_hidden_in_every_form() {
    let options = options().with_mask(Mask::new(
        vec![
            "notes".to_owned(),
            "tags".to_owned(),
            "probability".to_owned(),
        ],
        Meanings::MONEY,
    ));
    for payload in [
        r#"{"name":"Acme","notes":4711}"#,
        r#"{"name":"Acme","probability":4711}"#,
        r#"{"name":"Acme","estimated_value":"4711 EUR"}"#,
        r#"{"name":"Acme","tags":["4711","4711",4711]}"#,
        r#"{"name":"Acme","tags":{"4711":["4711",{"a":4711,"a":1}]}}"#,
    ] {
        let out = everything(DEAL, payload, &options);
        // A key is not masked, because pointers name it.
        assert!(
            !out.replace("/4711", "").contains("4711"),
            "{payload}\n{out}"
        );
    }
}

#[test]
fn headers_are_hidden_in_every_form() {
    for payload in [
        r#"{"Authorization":"hunter2 hunter3","Content-Type":"application/json"}"#,
        r#"{"Authorization":"Bearer Bearer hunter2","X-Other":"hunter2"}"#,
        r#"{"authorization":"bearer:hunter2"}"#,
        r#"{"Authorization":hunter2}"#,
    ] {
        let out = everything(HEADERS, payload, &options());
        assert!(!out.contains("hunter2"), "{payload}\n{out}");
    }
}

#[test]
fn a_report_is_fit_for_a_snapshot() {
    let report = check(
        DEAL,
        br#"{ "probability": 120, "x
y": 1 }"#,
        &options(),
    );
    assert!(format!("{report:?}").starts_with("leadlex/create-deal/request: 1 error\n  1:"));
    let payload = "{ \"probability\": 120, \"x\\ny\": 1 }";
    let report = check(DEAL, payload.as_bytes(), &options());
    let text = format!("{report:?}");
    assert_eq!(text, report.to_string());
    assert_eq!(text.lines().count(), 1 + report.len(), "{text}");
    assert!(
        text.contains("\n  1:1 error schema/required /name: "),
        "{text}"
    );
    assert!(text.contains(" /x\\ny: "), "{text}");
    assert!(text.len() < 1000);
    let fine = check(DEAL, br#"{"name":"Acme"}"#, &options());
    assert_eq!(
        format!("{fine:?}"),
        "leadlex/create-deal/request: no diagnostics"
    );
}

#[cfg(feature = "typed")]
#[test]
fn typed_values_do_not_print_what_they_hold() {
    use pipelint::leadlex::CreateDeal;
    use pipelint::parse;

    let key = "wbk_live_4f9a8b7c6d5e4f3a2b1c";
    let payload = format!(r#"{{"name":"Acme","notes":"{key}"}}"#);
    let deal = parse::<CreateDeal>(payload.as_bytes(), &options()).unwrap();
    let out = format!("{deal:?} {deal:#?} {:?} {:#?}", *deal, *deal);
    assert!(!out.contains("4f9a8b"), "{out}");
    assert!(
        out.contains("text/credential") && out.contains("Acme"),
        "{out}"
    );
}

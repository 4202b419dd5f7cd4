//! Our reader against `serde_json` on what is JSON: by hand-written cases, over the corpus, and
//! over texts with bytes removed, put in and turned.
//!
//! Where they differ:
//! - a byte-order mark: the oracle refuses it, we name it and read on;
//! - depth: we stop at 128, the oracle's `IgnoredAny` never;
//! - duplicate keys and lone surrogates: both read on; we name them.

use pipelint::contract::Contract;
use pipelint::{Limits, check};
use pipelint_tests::corpus::cases;
use pipelint_tests::{contract, contracts, generate, options, sound};
use proptest::prelude::*;
use serde::de::IgnoredAny;

/// Whether we read the text to its end.
fn read(contract: &'static Contract<'static>, bytes: &[u8]) -> bool {
    let report = check(contract, bytes, &options(pipelint_tests::NOW));
    sound(&report);
    !report.diagnostics().any(|one| {
        let stops = [
            "json/syntax",
            "json/encoding",
            "json/too-deep",
            "json/too-large",
        ];
        stops.contains(&one.rule().name)
    })
}

/// Whether the oracle does.
fn json(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    std::str::from_utf8(bytes).is_ok_and(|text| serde_json::from_str::<IgnoredAny>(text).is_ok())
}

fn agree(contract: &'static Contract<'static>, bytes: &[u8]) {
    assert_eq!(
        read(contract, bytes),
        json(bytes),
        "{}: {:?}",
        contract.id,
        String::from_utf8_lossy(bytes)
    );
}

/// Texts that every reader must take.
const YES: &[&str] = &[
    "[[]   ]",
    "[\"\"]",
    "[]",
    "[\"a\"]",
    "[false]",
    "[null, 1, \"1\", {}]",
    "[null]",
    "[1\n]",
    " [1]",
    "[1,null,null,null,2]",
    "[2] ",
    "[123e65]",
    "[0e+1]",
    "[0e1]",
    "[ 4]",
    "[-0.000000000000000000001]",
    "[20e1]",
    "[-0]",
    "[-123]",
    "[-1]",
    "[1E22]",
    "[1E-2]",
    "[1E+2]",
    "[123e45]",
    "[123.456e78]",
    "[1e-2]",
    "[1e+2]",
    "[123]",
    "[123.456789]",
    "{\"asd\":\"sdf\", \"dfg\":\"fgh\"}",
    "{\"a\":\"b\",\"c\":\"b\"}",
    "{}",
    "{\"\":0}",
    "{\"foo\\u0000bar\": 42}",
    "{ \"min\": -1.0e+28, \"max\": 1.0e+28 }",
    "{\"x\":[{\"id\": \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"}], \"id\": \"x\"}",
    "{\"a\":[]}",
    "{\"title\":\"\\u041f\\u043e\\u043b\\u0442\\u043e\\u0440\\u0430\" }",
    "{\n\"a\": \"b\"\n}",
    "[\"\\u0060\\u012a\\u12AB\"]",
    "[\"\\uD801\\udc37\"]",
    "[\"\\ud83d\\ude39\\ud83d\\udc8d\"]",
    "[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"]",
    "[\"\\\\u0000\"]",
    "[\"\\\"\"]",
    "[\"a/*b*/c/*d//e\"]",
    "[\"\\\\a\"]",
    "[\"\\\\n\"]",
    "[\"\\u0012\"]",
    "[\"\\uFFFF\"]",
    "[\"asd\"]",
    "[ \"asd\"]",
    "[\"\\uDBFF\\uDFFF\"]",
    "[\"new\\u00A0line\"]",
    "[\"\u{10ffff}\"]",
    "[\"\u{ffff}\"]",
    "[\"\\u0000\"]",
    "[\"\\u002c\"]",
    "[\"\u{3c0}\"]",
    "[\"\u{1bfff}\"]",
    "[\"asd \"]",
    "\" \"",
    "[\"\\uD834\\uDd1e\"]",
    "[\"\\u0821\"]",
    "[\"\\u0123\"]",
    "[\"\u{2028}\"]",
    "[\"\u{2029}\"]",
    "[\"\\u0061\\u30af\\u30EA\\u30b9\"]",
    "[\"new\\u000Aline\"]",
    "[\"\u{7f}\"]",
    "[\"\\uA66D\"]",
    "[\"\\u005C\"]",
    "[\"⍂㈴⍂\"]",
    "[\"\\u0022\"]",
    "[\"\\uDBFF\\uDFFE\"]",
    "[\"\\u200B\"]",
    "[\"\\u2064\"]",
    "[\"\\uFDD0\"]",
    "[\"\\uFFFE\"]",
    "[\"€𝄞\"]",
    "[\"a\u{7f}a\"]",
    "false",
    "42",
    "-0.1",
    "null",
    "\"asd\"",
    "true",
    "\"\"",
    "[\"a\"]\n",
    "[true]",
    " [] ",
    "\t\r\n 1 \t\r\n",
    "{\"a\":1,\"a\":2}",
    "[0.4e00669999999999999999999999999999999999999999999999999999999999999999999999999969999999006]",
    "[-1e+9999]",
    "[1.5e+9999]",
    "[-123123e100000]",
    "[123e-10000000]",
    "[100000000000000000000]",
    "[\"\\uDADA\"]",
    "[\"\\uD888\\u1234\"]",
    "[\"\\uD800\\n\"]",
    "[\"\\uDd1ea\"]",
    "[\"\\uD800\\uD800\\n\"]",
    "[\"\\ud800abc\"]",
    "[\"\\uDd1e\\uD834\"]",
    "[\"\\uDFAA\"]",
    "\u{feff}{}",
];

/// Texts that every reader must refuse.
const NO: &[&[u8]] = &[
    b"[1 true]",
    b"[a\xe5]",
    b"[\"\": 1]",
    b"[\"\"],",
    b"[,1]",
    b"[1,,2]",
    b"[\"x\",,]",
    b"[\"x\"]]",
    b"[\"\",]",
    b"[\"x\"",
    b"[x",
    b"[3[4]]",
    b"[\xff]",
    b"[1:2]",
    b"[,]",
    b"[-]",
    b"[   , \"\"]",
    b"[\"a\",\n4\n,1,",
    b"[1,]",
    b"[1,,]",
    b"[\"\x0ba\"\\f]",
    b"[*]",
    b"[\"\"",
    b"[1,",
    b"[1,\n1\n,1",
    b"[{}",
    b"[fals]",
    b"[nul]",
    b"[tru]",
    b"123\0",
    b"[++1234]",
    b"[+1]",
    b"[+Inf]",
    b"[-01]",
    b"[-1.0.]",
    b"[-2.]",
    b"[-NaN]",
    b"[.-1]",
    b"[.2e-3]",
    b"[0.1.2]",
    b"[0.3e+]",
    b"[0.3e]",
    b"[0.e1]",
    b"[0E+]",
    b"[0E]",
    b"[0e+]",
    b"[0e]",
    b"[1.0e+]",
    b"[1.0e-]",
    b"[1.0e]",
    b"[1 000.0]",
    b"[1eE2]",
    b"[2.e+3]",
    b"[2.e-3]",
    b"[2.e3]",
    b"[9.e+]",
    b"[Inf]",
    b"[NaN]",
    b"[\xef\xbc\x91]",
    b"[1+2]",
    b"[0x1]",
    b"[0x42]",
    b"[Infinity]",
    b"[0e+-1]",
    b"[-123.123foo]",
    b"[123\xe5]",
    b"[1e1\xe5]",
    b"[0\xe5]",
    b"[-Infinity]",
    b"[-foo]",
    b"[- 1]",
    b"[-012]",
    b"[-.123]",
    b"[-1x]",
    b"[1ea]",
    b"[1e\xe5]",
    b"[1.]",
    b"[.123]",
    b"[1.2a-3]",
    b"[1.8011670033376514H-308]",
    b"[012]",
    b"[\"x\", truth]",
    b"{[: \"x\"}\n",
    b"{\"x\", null}",
    b"{\"x\"::\"b\"}",
    b"{\xf0\x9f\x87\xa8\xf0\x9f\x87\xad}",
    b"{\"a\":\"a\" 123}",
    b"{key: 'value'}",
    b"{\"\xb9\":\"0\",}",
    b"{\"a\" b}",
    b"{:\"b\"}",
    b"{\"a\" \"b\"}",
    b"{\"a\":",
    b"{\"a\"",
    b"{1:1}",
    b"{9999E9999:1}",
    b"{null:null,null:null}",
    b"{\"id\":0,,,,,}",
    b"{'a':0}",
    b"{\"id\":0,}",
    b"{\"a\":\"b\"}/**/",
    b"{\"a\":\"b\"}/**//",
    b"{\"a\":\"b\"}//",
    b"{\"a\":\"b\"}/",
    b"{\"a\":\"b\",,\"c\":\"d\"}",
    b"{a: \"b\"}",
    b"{\"a\":\"a",
    b"{ \"foo\" : \"bar\", \"a\" }",
    b"{\"a\":\"b\"}#",
    b" ",
    b"[\"\\uD800\\\"]",
    b"[\"\\uD800\\u\"]",
    b"[\"\\uD800\\u1\"]",
    b"[\"\\uD800\\u1x\"]",
    b"[\xc3\xa9]",
    b"[\"\\\0\"]",
    b"[\"\\x00\"]",
    b"[\"\\\\\\\"]",
    b"[\"\\\t\"]",
    b"[\"\\\xf0\x9f\x8c\x80\"]",
    b"[\"\\\"]",
    b"[\"\\u00A\"]",
    b"[\"\\uD834\\uDd\"]",
    b"[\"\\uD800\\uD800\\x\"]",
    b"[\"\\u\xe5\"]",
    b"[\"\\a\"]",
    b"[\"\\uqqqq\"]",
    b"[\"\\\xe5\"]",
    b"[\\u0020\"asd\"]",
    b"[\\n]",
    b"\"",
    b"['single quote']",
    b"abc",
    b"[\"\\",
    b"[\"a\0a\"]",
    b"[\"new\nline\"]",
    b"[\"\t\"]",
    b"\"\\UA66D\"",
    b"\"\"x",
    b"<.>",
    b"[<null>]",
    b"[1]x",
    b"[1]]",
    b"[\"asd]",
    b"a\xc3\xa5",
    b"[True]",
    b"1]",
    b"{\"x\": true,",
    b"[][]",
    b"]",
    b"\xef\xbb{}",
    b"\xe5",
    b"[",
    b"",
    b"2@",
    b"{}}",
    b"{\"\":",
    b"{\"a\":/*comment*/\"b\"}",
    b"{\"a\": true} \"x\"",
    b"['",
    b"[,",
    b"[{",
    b"[\"a",
    b"[\"a\"",
    b"{",
    b"{]",
    b"{,",
    b"{[",
    b"{\"a",
    b"{'a'",
    b"*",
    b"{\"a\":\"b\"}#{}",
    b"[\\u000A\"\"]",
    b"[1",
    b"[ false, nul",
    b"[ true, fals",
    b"[ false, tru",
    b"{\"asd\":\"asd\"",
    b"\xc3\xa5",
    b"[\xe2\x81\xa0]",
    b"\xef\xbb\xbf",
    b"[\x0c]",
    b"\x0c1",
    b"\xc2\xa01",
    b"nullx",
    b"truefalse",
    b"00",
    b"-",
    b"1e",
    b"+1",
    b"0x",
    b"\xef\xbb\xbf\xef\xbb\xbf{}",
];

#[test]
fn every_reader_agrees_on_the_classic_cases() {
    let any = contract("leadlex/create-deal");
    for text in YES {
        assert!(read(any, text.as_bytes()), "refused: {text}");
        agree(any, text.as_bytes());
    }
    for text in NO {
        assert!(
            !read(any, text),
            "taken: {:?}",
            String::from_utf8_lossy(text)
        );
        agree(any, text);
    }
}

#[test]
fn depth_ends_at_the_limit_and_not_before() {
    let any = contract("leadlex/create-deal");
    for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("{\"data\":[", "]}")] {
        let each = open.matches(['[', '{']).count();
        for depth in [1, 2, 63, 64, 65, 127, 128, 129, 130, 100_000] {
            let middle = if open.ends_with(':') { "0" } else { "" };
            let text = [&open.repeat(depth), middle, &close.repeat(depth)].concat();
            let report = check(any, text.as_bytes(), &options(pipelint_tests::NOW));
            let deep = report
                .diagnostics()
                .any(|one| one.rule().name == "json/too-deep");
            assert_eq!(deep, depth * each > 128, "{depth} of {open}");
            // The bare start of it must not overflow either.
            assert!(!read(any, open.repeat(depth).as_bytes()));
        }
    }
}

#[test]
fn limits_hold_exactly() {
    let any = contract("leadlex/create-deal");
    let text = r#"{ "name": "A", "tags": [[1], 2, 3] }"#;
    let with = |change: fn(&mut Limits)| {
        let mut options = options(pipelint_tests::NOW);
        change(&mut options.limits);
        let report = check(any, text.as_bytes(), &options);
        sound(&report);
        pipelint_tests::findings(&report)
            .into_iter()
            .map(|(rule, _)| rule)
            .collect::<Vec<_>>()
    };
    assert_eq!(with(|limits| limits.size = 36), ["schema/type"; 3]);
    assert_eq!(with(|limits| limits.size = 35), ["json/too-large"]);
    assert_eq!(with(|limits| limits.depth = 3), ["schema/type"; 3]);
    assert_eq!(with(|limits| limits.depth = 2), ["json/too-deep"]);
    assert_eq!(with(|limits| limits.diagnostics = 3), ["schema/type"; 3]);
    assert_eq!(
        with(|limits| limits.diagnostics = 2),
        ["schema/type", "schema/type", "json/too-many-diagnostics"]
    );
    assert_eq!(
        with(|limits| limits.diagnostics = 0),
        ["schema/type", "json/too-many-diagnostics"]
    );
}

#[test]
fn every_reader_agrees_on_the_corpus_and_on_its_beginnings() {
    for case in cases() {
        let name = case.name.rsplit('/').next().unwrap();
        if name == "deep" {
            continue;
        }
        agree(case.contract, &case.bytes);
        if name.starts_with("valid") && case.bytes.len() < 1500 {
            for end in 0..case.bytes.len() {
                agree(case.contract, &case.bytes[..end]);
            }
        }
    }
}

#[test]
fn every_reader_agrees_on_samples_with_one_byte_changed() {
    const BYTES: &[u8] = b"\"\\{}[]:,0-.eE+tn u/'#\n\x00\x1f\x7f\x80\xc3\xe2\xff";
    for case in cases() {
        let name = case.name.rsplit('/').next().unwrap();
        if !name.starts_with("valid-sample") {
            continue;
        }
        for at in 0..case.bytes.len() {
            let mut bytes = case.bytes.clone();
            bytes.remove(at);
            agree(case.contract, &bytes);
            let byte = BYTES[at % BYTES.len()];
            bytes.insert(at, byte);
            agree(case.contract, &bytes);
            bytes.insert(at, BYTES[(at * 7 + 3) % BYTES.len()]);
            agree(case.contract, &bytes);
        }
    }
}

fn changed() -> impl Strategy<Value = (&'static Contract<'static>, Vec<u8>)> {
    let all: Vec<_> = contracts().collect();
    let change = (any::<prop::sample::Index>(), 0..4u8, any::<u8>());
    prop::sample::select(all)
        .prop_flat_map(move |contract| {
            let payload = generate::payload(pipelint_tests::oracle::schema(contract));
            (
                Just(contract),
                payload,
                prop::collection::vec(change.clone(), 0..4),
            )
        })
        .prop_map(|(contract, text, changes)| {
            let mut bytes = text.into_bytes();
            for (at, what, byte) in changes {
                if bytes.is_empty() {
                    break;
                }
                let at = at.index(bytes.len());
                match what {
                    0 => drop(bytes.remove(at)),
                    1 => bytes.insert(at, byte),
                    2 => bytes[at] ^= 1 << (byte & 7),
                    _ => bytes.truncate(at),
                }
            }
            (contract, bytes)
        })
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: generate::cases() * 4,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn every_reader_agrees_on_changed_payloads((contract, bytes) in changed()) {
        agree(contract, &bytes);
    }

    #[test]
    fn no_bytes_make_a_reader_fail(bytes: Vec<u8>, text in "[\\[\\]{}\":,0-9eE.+\\-tfn\\\\u \\n]{0,40}") {
        let any = contract("ruddr/create-opportunity-stage");
        agree(any, &bytes);
        agree(any, text.as_bytes());
    }
}

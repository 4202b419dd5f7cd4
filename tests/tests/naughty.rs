//! Strings that break careless programs: none of them, as a name or a note, gives an error, and
//! none makes anything panic.

use pipelint::{Severity, check};
use pipelint_tests::{contract, options, sound};
use serde_json::json;

const STRINGS: &[&str] = &[
    "undefined",
    "NULL",
    "(null)",
    "nil",
    "NaN",
    "true",
    "hasOwnProperty",
    "constructor",
    "__proto__",
    "\\",
    "\\\\",
    "0",
    "1",
    "1.00",
    "$1.00",
    "1/2",
    "1E02",
    "-1",
    "--1",
    "0x0",
    "0xabad1dea",
    "123456789012345678901234567890",
    "+Infinity",
    "1,000,000",
    "1.000,00",
    "01000",
    "08",
    "2.2250738585072011e-308",
    ",./;'[]\\-=",
    "<>?:\"{}|_+",
    "!@#$%^&*()`~",
    "\u{1}\u{2}\u{7f}",
    "\u{80}\u{85}\u{9f}",
    "x\u{85}\u{2028}\u{2029}y",
    "\u{feff}x",
    "\u{fffe}x",
    "Ω≈ç√∫˜µ≤≥÷",
    "åß∂ƒ©˙∆˚¬…æ",
    "ЁЂЃЄЅІЇЈЉЊЋЌЍЎЏАБВГД",
    "٠١٢٣٤٥٦٧٨٩",
    "⁰⁴⁵",
    "'",
    "\"",
    "''",
    "'\"'",
    "<foo val=“bar” />",
    "田中さんにあげて下さい",
    "社會科學院語學研究所",
    "울란바토르",
    "𠜎𠜱𠝹𠱓",
    "Ⱥ",
    "ヽ༼ຈل͜ຈ༽ﾉ",
    "👩🏽‍💻",
    "👾 🙇 💁",
    "🇺🇸🇷🇺🇸",
    "１２３",
    "ثم نفس سقطت",
    "بِسْمِ اللَّهِ",
    "בְּרֵאשִׁית",
    "﷽",
    "T\u{336}h\u{337}e",
    "Z\u{35b}\u{350}a\u{30d}lgo",
    "˙ɐnbᴉlɐ ɐuƃɐɯ",
    "𝕋𝕙𝕖 𝕢𝕦𝕚𝕔𝕜",
    "<script>alert(0)</script>",
    "&lt;script&gt;",
    "'; DROP TABLE deals; --",
    "1' OR '1'='1",
    "$HOME",
    "`touch /tmp/x`",
    "$(ls)",
    "%s%s%s%n",
    "%d",
    "{0}",
    "{{7*7}}",
    "{field}",
    "../../../../etc/passwd",
    "() { 0; }; ls",
    "<<< %s(un='%s') = %u",
    "CON",
    "PRN",
    "AUX",
    "NUL",
    "C:\\Windows",
    "Scunthorpe Hospital",
    "If you're reading this, you've been in a coma",
    "Roses are \u{1b}[0;31mred\u{1b}[0m",
    "Dear,\r\nhello",
    "\u{202e}test\u{202c}",
    "\u{2066}test\u{2067}",
    "\u{200b}x\u{200b}",
    "a\u{301}\u{301}\u{301}",
    "\u{e0001}tag",
    "\u{10ffff}",
    "power لُلُصّبُلُلصّبُررً ॣ ॣh ॣ ॣ 冗",
    "జ్ఞ‌ా",
    "گچپژ",
    "Powerلُل",
    "😍",
    "Acme\u{0}Corp",
    "-",
    ".",
    "#",
    "[]",
    "{}",
    "null",
    "N/A",
];

#[test]
fn no_naughty_string_is_an_error_in_a_name_or_a_note() {
    let mut wrong = Vec::new();
    for string in STRINGS {
        for (payload, fields) in [
            ("leadlex/create-deal", ["name", "notes"]),
            ("slant/create-opportunity", ["name", "name"]),
            ("ruddr/create-opportunity-stage", ["name", "description"]),
        ] {
            for field in fields {
                let mut value = match payload {
                    "ruddr/create-opportunity-stage" => json!({
                        "name": "Sent", "probability": 0.5, "statusId": "open",
                        "opportunityPipelineId": "b9c85ac3-1a1d-4f31-a0c5-6e7d3d8ee0b2",
                    }),
                    _ => json!({ "name": "Acme" }),
                };
                value[field] = json!(string);
                let text = value.to_string();
                let report = check(
                    contract(payload),
                    text.as_bytes(),
                    &options(pipelint_tests::NOW),
                );
                sound(&report);
                for one in report.diagnostics() {
                    if one.severity() == Severity::Error {
                        wrong.push(format!("{payload} {field} {string:?}: {}", one.message()));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_naughty_string_breaks_any_field() {
    for contract in pipelint_tests::contracts() {
        let schema = pipelint_tests::oracle::schema(contract);
        for (field, _) in schema["properties"].as_object().unwrap() {
            for string in STRINGS {
                for text in [
                    json!({ field: string }).to_string(),
                    json!({ field: [string, string] }).to_string(),
                    json!({ *string: { field: string } }).to_string(),
                ] {
                    sound(&check(
                        contract,
                        text.as_bytes(),
                        &options(pipelint_tests::NOW),
                    ));
                }
            }
        }
    }
}

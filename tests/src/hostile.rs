//! Payloads that try to cost more time or memory than their size explains.
//!
//! Each shape is one way to make a checker search, compare, keep or repeat more than it should.
//! `tests/hostile.rs` runs them in the library; `cargo xtask hostile` counts the instructions and
//! the memory of the command line, in every output format.

use std::fmt::Write;

/// A payload of any size.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    /// What it does.
    pub name: &'static str,
    /// The payload that it is checked as.
    pub payload: &'static str,
    /// Makes one of about so many bytes.
    pub make: fn(usize) -> String,
}

const DEAL: &str = "leadlex/create-deal";

const fn shape(name: &'static str, make: fn(usize) -> String) -> Shape {
    Shape {
        name,
        payload: DEAL,
        make,
    }
}

/// A deal with one more property.
fn deal(property: &str, value: &str) -> String {
    format!("{{\"name\":\"Acme\",\"{property}\":{value}}}")
}

fn notes(text: &str, size: usize) -> String {
    deal("notes", &format!("\"{}\"", text.repeat(size / text.len())))
}

fn tags(item: &str, size: usize) -> String {
    let mut items = item.repeat(size / item.len());
    items.pop();
    deal("tags", &format!("[{items}]"))
}

/// A list of items that `write` makes from their numbers.
fn numbered(size: usize, write: fn(&mut String, usize)) -> String {
    let mut items = String::with_capacity(size + 32);
    let mut number = 0;
    while items.len() < size {
        write(&mut items, number);
        items.push(',');
        number += 1;
    }
    items.pop();
    items
}

/// Every shape.
pub static SHAPES: &[Shape] = &[
    shape("valid tags", |size| {
        deal(
            "tags",
            &format!(
                "[{}]",
                numbered(size, |out, number| {
                    let _ = write!(out, "\"customer {number}\"");
                })
            ),
        )
    }),
    shape("valid notes", |size| {
        notes("A sentence of plain prose. ", size)
    }),
    shape("prefixes of keys", |size| notes("wbk_", size)),
    shape("prefixes of keys with hyphens", |size| {
        notes("sk-ant-", size)
    }),
    shape("prefixes of web tokens", |size| notes("eyJ-", size)),
    shape("web tokens without claims", |size| notes("eyJx.", size)),
    shape("bearers without tokens", |size| {
        notes("Bearer Bearer-", size)
    }),
    shape("credentials", |size| {
        notes("wbk_4f9a8b7c6d5e4f3a2b1c ", size)
    }),
    shape("escaped credentials", |size| {
        notes("wbk\\u005f4f9a8b7c6d5e4f3a2b1c ", size)
    }),
    shape("lone surrogates", |size| notes("\\ud800", size)),
    shape("surrogate pairs", |size| notes("\\ud83d\\ude00", size)),
    shape("escapes", |size| notes("\\n\\t", size)),
    shape("backslashes", |size| notes("\\\\", size)),
    shape("control characters", |size| notes("\\u0001", size)),
    shape("invisible characters", |size| notes("\u{200b}", size)),
    shape("invisible characters between letters", |size| {
        notes("a\u{200b}", size)
    }),
    shape("control characters between letters", |size| {
        notes("a\\u0001", size)
    }),
    shape("direction marks", |size| notes("a\u{202e}", size)),
    shape("mojibake", |size| notes("Ã¼", size)),
    shape("long name", |size| {
        deal("x", "1").replace("Acme", &"Acme ".repeat(size / 5))
    }),
    shape("blank name", |size| {
        deal("x", "1").replace("Acme", &" ".repeat(size))
    }),
    shape("long currency", |size| {
        deal("currency", &format!("\"{}\"", "EUR ".repeat(size / 4)))
    }),
    shape("long date", |size| {
        deal(
            "follow_up_date",
            &format!("\"{}\"", "2026-".repeat(size / 5)),
        )
    }),
    shape("long number", |size| deal("probability", &"9".repeat(size))),
    shape("long fraction", |size| {
        deal("probability", &format!("0.{}", "3".repeat(size)))
    }),
    shape("long amount in text", |size| {
        deal(
            "estimated_value",
            &format!("\"{}\"", "1,000".repeat(size / 5)),
        )
    }),
    shape("long status", |size| {
        deal("status", &format!("\"{}\"", "won".repeat(size / 3)))
    }),
    shape("numbers for tags", |size| tags("1,", size)),
    shape("nulls for tags", |size| tags("null,", size)),
    shape("blank tags", |size| tags("\"\",", size)),
    shape("repeated tags", |size| tags("\"vip\",", size)),
    shape("tags that differ in case", |size| {
        tags("\"VIP\",\"vip\",", size)
    }),
    shape("repeated long tags", |size| {
        tags("\"a tag of many words, none of which is short\",", size)
    }),
    shape("distinct tags of one filter", |size| {
        deal(
            "tags",
            &format!(
                "[{}]",
                numbered(size, |out, number| {
                    let _ = write!(out, "\"{number:08}{:08}\"", 99_999_999 - number);
                })
            ),
        )
    }),
    shape("objects for tags", |size| tags("{\"name\":\"vip\"},", size)),
    shape("lists for tags", |size| tags("[],", size)),
    shape("padded tags", |size| tags("\" vip \",", size)),
    shape("credentials for tags", |size| {
        tags("\"wbk_4f9a8b7c6d5e4f3a2b1c\",", size)
    }),
    shape("unknown keys", |size| {
        format!(
            "{{\"name\":\"Acme\",{}}}",
            numbered(size, |out, number| {
                let _ = write!(out, "\"k{number}\":0");
            })
        )
    }),
    shape("near misses of keys", |size| {
        format!(
            "{{\"name\":\"Acme\",{}}}",
            numbered(size, |out, number| {
                let _ = write!(out, "\"probabilitv{number}\":0");
            })
        )
    }),
    shape("repeated unknown keys", |size| {
        format!(
            "{{\"name\":\"Acme\",{}}}",
            numbered(size, |out, _| out.push_str("\"k\":0"))
        )
    }),
    shape("repeated known keys", |size| {
        format!(
            "{{{}}}",
            numbered(size, |out, _| out.push_str("\"name\":\"A\""))
        )
    }),
    shape("repeated escaped keys", |size| {
        format!(
            "{{{}}}",
            numbered(size, |out, _| out.push_str("\"n\\u0061me\":\"A\""))
        )
    }),
    shape("long key", |size| deal(&"k".repeat(size), "1")),
    shape("credentials as keys", |size| {
        format!(
            "{{\"name\":\"Acme\",{}}}",
            numbered(size, |out, number| {
                let _ = write!(out, "\"wbk_4f9a8b7c6d5e{number:08}\":0");
            })
        )
    }),
    shape("passwords", |size| {
        format!(
            "{{\"name\":\"Acme\",{}}}",
            numbered(size, |out, number| {
                let _ = write!(out, "\"a{number}_password\":0");
            })
        )
    }),
    shape("keys that share a beginning", |size| {
        format!(
            "{{\"name\":\"Acme\",{}}}",
            numbered(size, |out, number| {
                let _ = write!(out, "\"{}{number}\":0", "x".repeat(200));
            })
        )
    }),
    shape("lines", |size| {
        deal("tags", &format!("[{}]", "\n".repeat(size)))
    }),
    shape("faults on many lines", |size| {
        tags("1,\n", size).replacen("\n}", "}", 1)
    }),
    shape("faults after a long line", |size| {
        let tags = format!("[\"{}\",{}1]", "é".repeat(size / 2), "1,".repeat(600));
        deal("tags", &tags)
    }),
    shape("faults after many values", |size| {
        let valid = numbered(size, |out, number| {
            let _ = write!(out, "\"tag {number}\"");
        });
        deal("tags", &format!("[{valid},{}1]", "1,".repeat(600)))
    }),
    shape("nesting", |size| deal("x", &"[".repeat(size))),
    shape("nesting and back", |size| {
        let one = format!("{}{}", "[".repeat(100), "]".repeat(100));
        let mut many = format!("{one},").repeat(size / 201);
        many.pop();
        deal("x", &format!("[{many}]"))
    }),
    shape("an open string", |size| {
        format!("{{\"name\":\"{}", "A".repeat(size))
    }),
    shape("open comments", |size| {
        format!("{{{}", "/*".repeat(size / 2))
    }),
    shape("quotes", |size| format!("{{{}", "'".repeat(size))),
    shape("a bare word", |size| {
        format!("{{\"name\":{}", "A".repeat(size))
    }),
    shape("names of credentials in text that is not JSON", |size| {
        format!("{{{}", "password:'".repeat(size / 10))
    }),
    shape("white space", |size| {
        format!("{}{{\"name\":\"Acme\"}}", " ".repeat(size))
    }),
    shape("trailing white space", |size| {
        format!("{{\"name\":\"Acme\"}}{}x", " ".repeat(size))
    }),
    shape("text that is not UTF-8 in the end", |size| {
        // Cut within a character by whoever writes it: here, a lone byte as an escape.
        deal("notes", &format!("\"{}\\x\"", "é".repeat(size / 2)))
    }),
    Shape {
        name: "unknown headers",
        payload: "leadlex/create-deal/headers",
        make: |size| {
            format!(
                "{{{}}}",
                numbered(size, |out, number| {
                    let _ = write!(out, "\"X-{number}\":\"a\"");
                })
            )
        },
    },
    Shape {
        name: "schemes",
        payload: "leadlex/create-deal/headers",
        make: |size| format!("{{\"Authorization\":\"{}\"}}", "Bearer ".repeat(size / 7)),
    },
    Shape {
        name: "a response of unknown values",
        payload: "leadlex/create-deal/response",
        make: |size| {
            format!(
                "{{{}}}",
                numbered(size, |out, number| {
                    let _ = write!(out, "\"k{number}\":[\"\",1]");
                })
            )
        },
    },
];

//! A parser of JSON that keeps the order of members, duplicate keys and the text of numbers.

use pipelint_contract::json_pointer::escape;

use crate::json::{Fault, Node};

/// Deeper files are refused, so that nothing that walks the tree can run out of stack.
const MAX_DEPTH: usize = 128;

/// Parses a text; duplicate keys are noted in `faults`. The error is the byte offset and what is
/// wrong there.
pub(crate) fn parse(text: &str, faults: &mut Vec<Fault>) -> Result<Node, (usize, String)> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut parser = Parser {
        text,
        bytes: text.as_bytes(),
        at: 0,
        pointer: String::new(),
        faults,
    };
    let node = parser.value(0)?;
    parser.space();
    if parser.at < parser.bytes.len() {
        return Err((
            parser.at,
            "the document ends here, but more text follows".to_owned(),
        ));
    }
    Ok(node)
}

struct Parser<'t, 'f> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    pointer: String,
    faults: &'f mut Vec<Fault>,
}

type Parsed<T> = Result<T, (usize, String)>;

impl Parser<'_, '_> {
    fn space(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.bytes.get(self.at) {
            self.at += 1;
        }
    }

    fn fail<T>(&self, what: &str) -> Parsed<T> {
        Err((self.at, what.to_owned()))
    }

    fn value(&mut self, depth: usize) -> Parsed<Node> {
        if depth > MAX_DEPTH {
            return Err((
                self.at,
                format!("nested deeper than {MAX_DEPTH} levels; use `$defs` and `$ref`"),
            ));
        }
        self.space();
        match self.bytes.get(self.at) {
            Some(b'{') => self.object(depth),
            Some(b'[') => self.array(depth),
            Some(b'"') => self.string().map(Node::String),
            Some(b't') => self.word("true", Node::Boolean(true)),
            Some(b'f') => self.word("false", Node::Boolean(false)),
            Some(b'n') => self.word("null", Node::Null),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(_) => self.fail("a JSON value is expected here"),
            None => self.fail("the text ends too early"),
        }
    }

    fn word(&mut self, word: &str, node: Node) -> Parsed<Node> {
        if self
            .text
            .get(self.at..)
            .is_some_and(|rest| rest.starts_with(word))
        {
            self.at += word.len();
            Ok(node)
        } else {
            self.fail("a JSON value is expected here")
        }
    }

    fn digits(&mut self) -> usize {
        let start = self.at;
        while let Some(b'0'..=b'9') = self.bytes.get(self.at) {
            self.at += 1;
        }
        self.at - start
    }

    fn number(&mut self) -> Parsed<Node> {
        let start = self.at;
        if self.bytes.get(self.at) == Some(&b'-') {
            self.at += 1;
        }
        let zero = self.bytes.get(self.at) == Some(&b'0');
        let whole = self.digits();
        if whole == 0 || zero && whole > 1 {
            return self.fail("this is not a JSON number");
        }
        if self.bytes.get(self.at) == Some(&b'.') {
            self.at += 1;
            if self.digits() == 0 {
                return self.fail("digits must follow the decimal point");
            }
        }
        if let Some(b'e' | b'E') = self.bytes.get(self.at) {
            self.at += 1;
            if let Some(b'+' | b'-') = self.bytes.get(self.at) {
                self.at += 1;
            }
            if self.digits() == 0 {
                return self.fail("digits must follow the exponent");
            }
        }
        let text = self.text.get(start..self.at).unwrap_or_default();
        Ok(Node::Number(text.to_owned()))
    }

    fn string(&mut self) -> Parsed<String> {
        let start = self.at + 1;
        let mut end = start;
        let mut escaped = false;
        loop {
            match self.bytes.get(end) {
                Some(b'"') => break,
                Some(b'\\') => {
                    escaped = true;
                    end += 2;
                }
                Some(0..=0x1f) => {
                    self.at = end;
                    return self.fail("a control character in a string must be escaped");
                }
                Some(_) => end += 1,
                None => return self.fail("this string is not closed"),
            }
        }
        let inner = self.text.get(start..end).unwrap_or_default();
        let value = if escaped {
            let whole = self.text.get(self.at..=end).unwrap_or_default();
            match serde_json::from_str(whole) {
                Ok(value) => value,
                Err(_) => return self.fail("this string has an invalid escape"),
            }
        } else {
            inner.to_owned()
        };
        self.at = end + 1;
        Ok(value)
    }

    fn array(&mut self, depth: usize) -> Parsed<Node> {
        self.at += 1;
        let mut items = Vec::new();
        self.space();
        if self.bytes.get(self.at) == Some(&b']') {
            self.at += 1;
            return Ok(Node::Array(items));
        }
        loop {
            let length = self.pointer.len();
            self.pointer.push('/');
            self.pointer.push_str(&items.len().to_string());
            items.push(self.value(depth + 1)?);
            self.pointer.truncate(length);
            self.space();
            match self.bytes.get(self.at) {
                Some(b',') => self.at += 1,
                Some(b']') => break,
                _ => return self.fail("`,` or `]` is expected here"),
            }
        }
        self.at += 1;
        Ok(Node::Array(items))
    }

    fn object(&mut self, depth: usize) -> Parsed<Node> {
        self.at += 1;
        let mut members: Vec<(String, Node)> = Vec::new();
        self.space();
        if self.bytes.get(self.at) == Some(&b'}') {
            self.at += 1;
            return Ok(Node::Object(members));
        }
        let mut seen = std::collections::HashSet::new();
        loop {
            self.space();
            if self.bytes.get(self.at) != Some(&b'"') {
                return self.fail("a key in double quotes is expected here");
            }
            let key = self.string()?;
            self.space();
            if self.bytes.get(self.at) != Some(&b':') {
                return self.fail("`:` is expected here");
            }
            self.at += 1;
            let length = self.pointer.len();
            self.pointer.push('/');
            self.pointer.push_str(&escape(&key));
            let value = self.value(depth + 1)?;
            self.pointer.truncate(length);
            if seen.insert(key.clone()) {
                members.push((key, value));
            } else {
                self.faults.push(Fault {
                    pointer: self.pointer.clone(),
                    what: format!("the key {key:?} is given twice; keep one of them"),
                    key,
                });
            }
            self.space();
            match self.bytes.get(self.at) {
                Some(b',') => self.at += 1,
                Some(b'}') => break,
                _ => return self.fail("`,` or `}` is expected here"),
            }
        }
        self.at += 1;
        Ok(Node::Object(members))
    }
}

//! Names: identifiers for the generated code, and the nearest known word to a wrong one.

/// Words that cannot name a module.
const RESERVED: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate",
    "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl",
    "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref",
    "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Whether a word is kebab-case: lower-case ASCII letters and digits, a letter first.
pub(crate) fn is_kebab(word: &str) -> bool {
    word.starts_with(|first: char| first.is_ascii_lowercase())
        && word.split('-').all(|piece| {
            !piece.is_empty()
                && piece
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        })
}

/// A kebab-case word as a module's name.
pub(crate) fn module(word: &str) -> String {
    let name = word.replace('-', "_");
    if RESERVED.contains(&name.as_str()) {
        name + "_"
    } else {
        name
    }
}

/// Any text as a piece of a static's name: `opportunityPipelineId` is `OPPORTUNITY_PIPELINE_ID`.
pub(crate) fn constant(text: &str) -> String {
    let mut name = String::with_capacity(text.len() + 4);
    let mut after_lower = false;
    for letter in text.chars() {
        if !letter.is_ascii_alphanumeric() {
            if !name.is_empty() && !name.ends_with('_') {
                name.push('_');
            }
            after_lower = false;
            continue;
        }
        if after_lower && letter.is_ascii_uppercase() {
            name.push('_');
        }
        after_lower = !letter.is_ascii_uppercase();
        name.push(letter.to_ascii_uppercase());
    }
    let name = name.trim_end_matches('_');
    if name.is_empty() {
        "FIELD".to_owned()
    } else {
        name.to_owned()
    }
}

/// The known word that the wrong one was probably meant to be.
pub(crate) fn nearest<'a>(
    wrong: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    const MOST: usize = 2;
    let lower = wrong.to_ascii_lowercase();
    let length = lower.chars().count();
    known
        .into_iter()
        // Each letter that one of them has more is a difference.
        .filter(|word| word.chars().count().abs_diff(length) <= MOST)
        .map(|word| (distance(&lower, &word.to_ascii_lowercase()), word))
        .filter(|(distance, word)| *distance <= MOST && *distance * 3 < word.len())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}

/// ` (did you mean "x"?)`, or nothing.
pub(crate) fn did_you_mean<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    nearest(wrong, known).map_or_else(String::new, |word| format!(" (did you mean {word:?}?)"))
}

/// Levenshtein's distance, one row at a time.
fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut first = 0;
    let mut row: Vec<usize> = (1..=to.len()).collect();
    for a in from.chars() {
        let mut corner = first;
        first += 1;
        let mut left = first;
        for (b, above) in to.iter().zip(&mut row) {
            left = (corner + usize::from(a != *b))
                .min(left + 1)
                .min(*above + 1);
            corner = std::mem::replace(above, left);
        }
    }
    row.last().copied().unwrap_or(first)
}

/// `a, b, c` in quotation marks.
pub(crate) fn quoted_list<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let words: Vec<String> = words.into_iter().map(|word| format!("{word:?}")).collect();
    words.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constants() {
        assert_eq!(constant("opportunityPipelineId"), "OPPORTUNITY_PIPELINE_ID");
        assert_eq!(constant("Idempotency-Key"), "IDEMPOTENCY_KEY");
        assert_eq!(constant("estimated_value"), "ESTIMATED_VALUE");
        assert_eq!(constant("URL"), "URL");
        assert_eq!(constant("$~"), "FIELD");
        assert_eq!(constant("naïve"), "NA_VE");
    }

    #[test]
    fn modules() {
        assert_eq!(module("create-deal"), "create_deal");
        assert_eq!(module("move"), "move_");
        assert!(is_kebab("create-deal-2"));
        for wrong in ["", "-a", "a-", "a--b", "Create", "2a", "a_b", "a/b"] {
            assert!(!is_kebab(wrong), "{wrong}");
        }
    }

    #[test]
    fn distances() {
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(
            nearest("maxlength", ["minLength", "maxLength"]),
            Some("maxLength")
        );
        assert_eq!(nearest("pattern", ["minLength", "maxLength"]), None);
    }
}

//! Splits names into words.

/// The lower-case words of a name: `winProbability`, `win_probability` and `Win-Probability` are
/// `win`, `probability`; `APIKey2` is `api`, `key2`.
pub(crate) fn words(name: &str) -> Vec<String> {
    let letters: Vec<char> = name.chars().collect();
    let mut words = vec![String::new()];
    for (index, letter) in letters.iter().enumerate() {
        if !letter.is_alphanumeric() {
            words.push(String::new());
            continue;
        }
        let before = index.checked_sub(1).and_then(|at| letters.get(at));
        let after = letters.get(index + 1);
        let starts = letter.is_uppercase()
            && (before.is_some_and(|one| !one.is_uppercase())
                || after.is_some_and(|one| one.is_lowercase()));
        if starts {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut() {
            word.extend(letter.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn names_of_every_case_style_are_cut_into_the_same_words() {
        for name in [
            "winProbability",
            "win_probability",
            "Win-Probability",
            "WIN PROBABILITY",
        ] {
            assert_eq!(words(name), ["win", "probability"], "{name}");
        }
        assert_eq!(words("APIKey2"), ["api", "key2"]);
        assert_eq!(words("ownerID"), ["owner", "id"]);
        assert!(words("__").is_empty());
    }
}

//! The nearest known word to a mistyped one.

/// Words longer than this get no suggestion: the distance is kept in the bits of one integer.
const LONGEST: usize = 64;

/// The bytes that count: letters in lower case, without the marks that only join words.
/// So `closeDate`, `close-date` and `Close Date` are all `close_date`.
fn folded(word: &str) -> impl Iterator<Item = u8> {
    word.bytes()
        .filter(|byte| !matches!(byte, b'_' | b'-' | b' '))
        .map(|byte| byte.to_ascii_lowercase())
}

/// How many bytes of a word count, and which they are: a bit for each letter, which others share.
fn measure(word: &str) -> (usize, u32) {
    folded(word).fold((0, 0), |(length, letters), byte| {
        (length + 1, letters | mark(byte))
    })
}

/// The bits of all bytes of a word, whether they count or not: what [`nearest_marked`] takes.
#[must_use]
#[allow(
    clippy::indexing_slicing,
    reason = "within the length; runs when tables are compiled"
)]
pub const fn marks(word: &str) -> u32 {
    let (bytes, mut marks, mut at) = (word.as_bytes(), 0, 0);
    while at < bytes.len() {
        marks |= mark(bytes[at]);
        at += 1;
    }
    marks
}

/// The bit of a byte: letters have the same in both cases.
const fn mark(byte: u8) -> u32 {
    1 << (byte & 31)
}

/// The bits of the marks that do not count.
const JOINING: u32 = mark(b'_') | mark(b'-') | mark(b' ');

/// How many slips a word of this length may hold and still be recognised.
const fn allowance(length: usize) -> usize {
    match length {
        0..=2 => 0,
        3..=5 => 1,
        6..=8 => 2,
        _ => 3,
    }
}

/// A word made ready to be compared with many others.
struct Pattern {
    /// The bytes that count, eight in a word.
    bytes: [u64; LONGEST / 8],
    length: usize,
}

impl Pattern {
    fn new(word: &str) -> Self {
        let mut pattern = Self {
            bytes: [0; LONGEST / 8],
            length: 0,
        };
        for byte in folded(word).take(LONGEST) {
            if let Some(bytes) = pattern.bytes.get_mut(pattern.length / 8) {
                *bytes |= u64::from(byte) << (8 * (pattern.length % 8));
            }
            pattern.length += 1;
        }
        pattern
    }

    /// A bit for each place in the word where that byte stands.
    fn places(&self, byte: u8) -> u64 {
        const ONES: u64 = u64::from_ne_bytes([1; 8]);
        /// Moves the lowest bits of eight bytes side by side, into the highest byte.
        const TOGETHER: u64 = 0x0102_0408_1020_4080;
        let wanted = ONES * u64::from(byte);
        let words = self.bytes.iter().take(self.length.div_ceil(8));
        let places = words.enumerate().fold(0, |places, (number, word)| {
            let other = word ^ wanted;
            // The high bit of each byte that is not zero.
            let differ = ((other & !(ONES << 7)) + !(ONES << 7)) | other;
            let here = (!differ >> 7 & ONES).wrapping_mul(TOGETHER) >> 56;
            places | here << (8 * number)
        });
        // Zeros follow the word.
        places & (u64::MAX >> (LONGEST - self.length.clamp(1, LONGEST)))
    }

    /// The optimal string alignment distance: one for each byte added, dropped or replaced and
    /// for each two neighbours that changed places. All rows of a column are worked on at once,
    /// as bits (Hyyrö's method), so a comparison takes one step for each byte of `other`.
    fn distance(&self, other: &str) -> usize {
        let Some(top) = self.length.checked_sub(1) else {
            return folded(other).count();
        };
        let (mut rises, mut falls) = (u64::MAX, 0);
        let (mut diagonal, mut before) = (0_u64, 0);
        let mut distance = self.length;
        for byte in folded(other) {
            let here = self.places(byte);
            let swapped = ((!diagonal & here) << 1) & before;
            diagonal = ((here & rises).wrapping_add(rises) ^ rises) | here | falls | swapped;
            let right = falls | !(diagonal | rises);
            let left = diagonal & rises;
            distance += usize::from(right >> top & 1 == 1);
            distance -= usize::from(left >> top & 1 == 1);
            let right = right << 1 | 1;
            rises = left << 1 | !(diagonal | right);
            falls = diagonal & right;
            before = here;
        }
        distance
    }
}

/// The known word nearest to `word`, if one is near enough to be worth suggesting; of equally
/// near ones the first.
///
/// Case and the marks `_`, `-` and space do not count. Words of up to two letters must agree
/// otherwise; up to five may hold one slip, up to eight two, longer ones three (the shorter of
/// the two words decides). A word or known word above 64 bytes is never near.
pub fn nearest<'w>(word: &str, known: impl Iterator<Item = &'w str>) -> Option<&'w str> {
    nearest_marked(word, known.map(|known| (known, marks(known))))
}

/// The same among words whose [`marks`] are known already.
pub fn nearest_marked<'w>(
    word: &str,
    known: impl Iterator<Item = (&'w str, u32)>,
) -> Option<&'w str> {
    if word.is_empty() || word.len() > LONGEST {
        return None;
    }
    let (own_length, own_letters) = measure(word);
    if own_length == 0 {
        return None;
    }
    // Few words have one that is near enough to be compared with.
    let mut pattern = None;
    let mut best = None;
    let mut limit = allowance(own_length);
    for (candidate, marks) in known {
        if candidate.len() > LONGEST {
            continue;
        }
        // A slip brings one letter that was not there, or takes one away, at most.
        let differ = |one: u32, other: u32| (one & !other).count_ones() as usize;
        if candidate.len() + limit < own_length
            || differ(own_letters, marks) > limit
            || differ(marks & !JOINING, own_letters) > limit
        {
            continue;
        }
        let (length, letters) = measure(candidate);
        let most = limit.min(allowance(length));
        if length.abs_diff(own_length) > most
            || differ(letters, own_letters) > most
            || differ(own_letters, letters) > most
        {
            continue;
        }
        let pattern = pattern.get_or_insert_with(|| Pattern::new(word));
        let distance = pattern.distance(candidate);
        if distance > most {
            continue;
        }
        best = Some(candidate);
        // Only a nearer one replaces it.
        match distance.checked_sub(1) {
            Some(less) => limit = less,
            None => break,
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::{Pattern, folded, nearest};
    use proptest::prelude::*;

    const KNOWN: [&str; 12] = [
        "name",
        "stage",
        "value",
        "currency",
        "probability",
        "contact_id",
        "main_contact_id",
        "owner_id",
        "expected_close_date",
        "tags",
        "id",
        "pipelineId",
    ];

    fn suggest(word: &str) -> Option<&'static str> {
        nearest(word, KNOWN.into_iter())
    }

    /// The textbook table, all of it.
    fn table(left: &str, right: &str) -> usize {
        let left: Vec<u8> = folded(left).collect();
        let right: Vec<u8> = folded(right).collect();
        let mut cells = vec![vec![0; right.len() + 1]; left.len() + 1];
        for i in 0..=left.len() {
            for j in 0..=right.len() {
                cells[i][j] = if i == 0 || j == 0 {
                    i + j
                } else {
                    let change = usize::from(left[i - 1] != right[j - 1]);
                    let mut least = (cells[i - 1][j] + 1)
                        .min(cells[i][j - 1] + 1)
                        .min(cells[i - 1][j - 1] + change);
                    if i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1]
                    {
                        least = least.min(cells[i - 2][j - 2] + 1);
                    }
                    least
                };
            }
        }
        cells[left.len()][right.len()]
    }

    #[test]
    fn slips_are_recognised() {
        assert_eq!(suggest("nmae"), Some("name"));
        assert_eq!(suggest("curency"), Some("currency"));
        assert_eq!(suggest("probablity"), Some("probability"));
        assert_eq!(
            suggest("expected_closing_date"),
            Some("expected_close_date")
        );
        assert_eq!(suggest("tag"), Some("tags"));
    }

    #[test]
    fn other_ways_to_join_words_are_the_same_word() {
        assert_eq!(suggest("contactId"), Some("contact_id"));
        assert_eq!(suggest("Main-Contact-ID"), Some("main_contact_id"));
        assert_eq!(suggest("expected close date"), Some("expected_close_date"));
        assert_eq!(suggest("pipeline_id"), Some("pipelineId"));
        assert_eq!(suggest("ID"), Some("id"));
    }

    #[test]
    fn strangers_get_no_suggestion() {
        for word in ["", "_", "x", "ix", "notes", "colour", "customer", "ids1"] {
            assert_eq!(suggest(word), None, "{word}");
        }
        assert_eq!(suggest(&"name".repeat(1_000_000)), None);
        assert_eq!(nearest("name", ["n".repeat(65).as_str()].into_iter()), None);
    }

    #[test]
    fn the_nearest_wins_and_then_the_first() {
        assert_eq!(
            nearest("stags", ["stage", "stags", "stag"].into_iter()),
            Some("stags")
        );
        assert_eq!(
            nearest("stagx", ["stage", "stags"].into_iter()),
            Some("stage")
        );
        assert_eq!(
            nearest("owner_idd", ["owner_ids_", "owner_id"].into_iter()),
            Some("owner_ids_")
        );
    }

    #[test]
    fn sixty_four_bytes_still_work() {
        let long = "abcdefgh".repeat(8);
        let other = format!("{}x", &long[..63]);
        assert_eq!(
            nearest(&long, [other.as_str()].into_iter()),
            Some(other.as_str())
        );
    }

    proptest! {
        #[test]
        fn distance_agrees_with_the_table(left in "[a-d_A]{1,64}", right in "[a-d-B]{0,64}") {
            prop_assert_eq!(Pattern::new(&left).distance(&right), table(&left, &right));
        }

        #[test]
        fn never_panics(left in any::<String>(), right in any::<String>()) {
            let _ = nearest(&left, [right.as_str()].into_iter());
        }
    }
}

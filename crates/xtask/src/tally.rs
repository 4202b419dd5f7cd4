//! Counting tests.

use std::fmt;

/// How many tests ran, over all programs.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Tests {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
    pub(crate) skipped: u64,
}

impl Tests {
    /// Adds up what a test program prints at its end: `test result: ok. 5 passed; 0 failed; …` of
    /// cargo's, `Tests  1 failed | 5 passed (6)` of vitest's, or `# pass 5` of
    /// Node's.
    pub(crate) fn count(&mut self, line: &str) {
        let line = line.trim_start();
        for (before, count) in [
            ("# pass ", &mut self.passed),
            ("# fail ", &mut self.failed),
            ("# skipped ", &mut self.skipped),
        ] {
            let number = line
                .strip_prefix(before)
                .and_then(|number| number.parse().ok());
            *count += number.unwrap_or(0);
        }
        let counts = line
            .strip_prefix("test result: ")
            .or_else(|| line.strip_prefix("Tests "));
        let Some(counts) = counts else {
            return;
        };
        for part in counts.split(['.', ';', '|']) {
            let mut words = part.split_whitespace();
            if let (Some(Ok(number)), Some(what)) =
                (words.next().map(str::parse::<u64>), words.next())
            {
                match what {
                    "passed" => self.passed += number,
                    "failed" => self.failed += number,
                    "ignored" | "skipped" | "todo" => self.skipped += number,
                    _ => {}
                }
            }
        }
    }
}

impl fmt::Display for Tests {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            passed,
            failed,
            skipped,
        } = self;
        write!(out, "{passed} passed, {failed} failed, {skipped} skipped")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(lines: &[&str]) -> String {
        let mut tests = Tests::default();
        for line in lines {
            tests.count(line);
        }
        tests.to_string()
    }

    #[test]
    fn results_add_up() {
        let lines = [
            "test result: ok. 5 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.1s",
            "running 3 tests",
            "test result: FAILED. 2 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out",
        ];
        assert_eq!(counted(&lines), "7 passed, 1 failed, 1 skipped");
    }

    #[test]
    fn results_of_node_count() {
        let lines = [
            "# tests 6",
            "# pass 4",
            "# fail 1",
            "# cancelled 0",
            "# skipped 1",
        ];
        assert_eq!(counted(&lines), "4 passed, 1 failed, 1 skipped");
    }

    #[test]
    fn results_of_vitest_count() {
        let lines = [
            " Test Files  1 failed | 4 passed (5)",
            "      Tests  1 failed | 173 passed | 2 skipped (176)",
            "   Start at  11:30:01",
        ];
        assert_eq!(counted(&lines), "173 passed, 1 failed, 2 skipped");
    }
}

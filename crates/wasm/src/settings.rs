//! Settings: the encoding in which JavaScript passes the keys of `pipelint.toml`.

use std::str::FromStr;
use std::sync::Arc;

use pipelint::contract::Meanings;
use pipelint::{Amount, Level, Mask, Options, Policy, Severity, SeverityOverrides, rules};

/// Reads settings into options: records that end with NUL, each a letter and its text.
///
/// | letter | text |
/// |---|---|
/// | `0`, `1`, `2`, `3` | a rule or a group with the level off, info, warning or error |
/// | `s`, `p`, `o`, `c` | one of the policy's stages, pipelines, owners, currencies |
/// | `k`, `w` | a property, and an allowed value of the last property |
/// | `<`, `>` | the smallest and the greatest value of a deal |
/// | `m`, `M` | a masked property, and a masked meaning |
///
/// # Errors
///
/// The number of the first invalid record, from 1. The options stay unchanged.
pub fn read(text: &str, options: &mut Options) -> Result<(), u32> {
    let mut parsed = Parsed::default();
    for (number, record) in (1u32..).zip(text.split_terminator('\0')) {
        parsed.add(record).ok_or(number)?;
    }
    options.levels = parsed.levels;
    options.policy = (!parsed.policy.is_empty()).then(|| Arc::new(parsed.policy));
    options.mask = Mask::new(parsed.properties, parsed.meanings);
    Ok(())
}

#[derive(Debug)]
struct Parsed {
    levels: SeverityOverrides,
    policy: Policy,
    properties: Vec<String>,
    meanings: Meanings,
}

impl Default for Parsed {
    fn default() -> Self {
        Self {
            levels: SeverityOverrides::default(),
            policy: Policy::EMPTY,
            properties: Vec::new(),
            meanings: Meanings::EMPTY,
        }
    }
}

impl Parsed {
    /// Adds a record, if it is valid.
    #[inline(never)]
    fn add(&mut self, record: &str) -> Option<()> {
        let letter = record.bytes().next()?;
        let word = record.get(1..)?;
        let list = match letter {
            b's' => &mut self.policy.stages,
            b'p' => &mut self.policy.pipelines,
            b'o' => &mut self.policy.owners,
            b'c' => &mut self.policy.currencies,
            b'w' => &mut self.policy.choices.last_mut()?.1,
            b'm' => &mut self.properties,
            b'k' => {
                self.policy.choices.push((word.to_owned(), Vec::new()));
                return Some(());
            }
            b'<' => {
                self.policy.least_value = Some(Amount::from_str(word).ok()?);
                return Some(());
            }
            b'>' => {
                self.policy.greatest_value = Some(Amount::from_str(word).ok()?);
                return Some(());
            }
            b'M' => {
                self.meanings = self.meanings.or(Meanings::by_name(word)?);
                return Some(());
            }
            _ => return set(&mut self.levels, word, level(letter)?),
        };
        list.push(word.to_owned());
        Some(())
    }
}

const fn level(digit: u8) -> Option<Level> {
    Some(match digit {
        b'0' => Level::Off,
        b'1' => Level::At(Severity::Info),
        b'2' => Level::At(Severity::Warning),
        b'3' => Level::At(Severity::Error),
        _ => return None,
    })
}

/// Sets the level of a rule, or of every rule of a group.
fn set(levels: &mut SeverityOverrides, name: &str, level: Level) -> Option<()> {
    let mut known = None;
    for rule in rules::all().filter(|rule| rule.name == name || rule.group() == name) {
        levels.set(rule, level);
        known = Some(());
    }
    known
}

#[cfg(test)]
mod tests {
    use super::*;
    use pipelint::{Instant, check, payloads};

    fn options() -> Options {
        Options::at(Instant {
            seconds: 1_768_478_400,
            nanos: 0,
        })
    }

    fn found(settings: &str, payload: &str) -> Vec<(&'static str, Severity, String)> {
        let mut options = options();
        read(settings, &mut options).unwrap();
        let request = &payloads::leadlex::create_deal::REQUEST;
        let report = check(request, payload.as_bytes(), &options);
        report
            .diagnostics()
            .map(|one| (one.rule().name, one.severity(), one.message()))
            .collect()
    }

    #[test]
    fn levels_are_set_for_groups_and_rules() {
        let payload = r#"{"name":"Acme","colour":"red","stage":" a"}"#;
        let names = |settings| -> Vec<_> {
            let found = found(settings, payload).into_iter();
            found.map(|(rule, severity, _)| (rule, severity)).collect()
        };
        let padded = ("text/padded", Severity::Warning);
        let unknown = "schema/unknown-property";
        assert_eq!(names(""), [(unknown, Severity::Warning), padded]);
        assert_eq!(names("0schema\0"), [padded]);
        assert_eq!(
            names("0schema\x003schema/unknown-property\0"),
            [(unknown, Severity::Error), padded]
        );
    }

    #[test]
    fn the_policy_and_the_mask_apply() {
        let payload =
            r#"{"name":"Acme","stage":"Prposal","priority":"urgent","estimated_value":99}"#;
        let settings = "sProposal\0kpriority\0wlow\0whigh\0<100\0mstage\0";
        let found = found(settings, payload);
        let rules: Vec<_> = found.iter().map(|(rule, ..)| *rule).collect();
        assert!(rules.contains(&"policy/unknown-stage"), "{rules:?}");
        assert!(rules.contains(&"policy/unknown-choice"), "{rules:?}");
        assert!(rules.contains(&"policy/value-out-of-range"), "{rules:?}");
        assert!(
            !found
                .iter()
                .any(|(.., message)| message.contains("Prposal"))
        );
    }

    #[test]
    fn an_invalid_record_is_named_and_changes_nothing() {
        let mut options = options();
        read("sLead\0mnotes\0", &mut options).unwrap();
        for (settings, record) in [
            ("3name\x003nobody\0", 2),
            ("wword\0", 1),
            ("<a lot\0", 1),
            ("sLead\0\0", 2),
            ("Mnonsense\0", 1),
            ("?\0", 1),
        ] {
            assert_eq!(read(settings, &mut options), Err(record), "{settings:?}");
        }
        assert_eq!(options.policy.unwrap().stages, ["Lead"]);
        assert!(!options.mask.is_empty());
    }
}

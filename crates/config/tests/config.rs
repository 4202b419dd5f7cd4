//! Configurations: what is read, what is refused and where, and what holds for a file.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]
#![allow(clippy::too_many_lines, reason = "long tables of cases")]

use std::fs;
use std::path::{Path, PathBuf};

use pipelint::payloads::{leadlex, slant};
use pipelint::{Instant, Level, Locale, Severity, check, rules};
use pipelint_config::{Config, ConfigError, Decimal, LevelName, Settings};

fn problems(text: &str) -> String {
    let file = Path::new("pipelint.toml");
    match Config::parse(text, Some(file)) {
        Ok(config) => format!("{config:#?}"),
        Err(problems) => problems.to_string(),
    }
}

fn settings(text: &str) -> Settings {
    let config = Config::parse(text, None).unwrap();
    Settings::of(&config, Path::new("/crm")).unwrap()
}

fn now() -> Instant {
    "2026-06-01T00:00:00Z".parse().unwrap()
}

fn level(settings: &Settings, file: &str, rule: &str) -> Option<Level> {
    let rule = rules::by_name(rule).unwrap();
    settings
        .for_file(&Path::new("/crm").join(file), now())
        .options
        .levels
        .of(rule)
}

#[test]
fn each_problem_has_its_place_its_key_and_the_nearest_word() {
    for (text, expected) in [
        ("rulse = {}", "1:1: unknown key `rulse`; did you mean `rules`?"),
        ("\n[policy]\n  stage = []", "3:3: unknown key `stage`; did you mean `stages`?"),
        ("zebra = 1", "1:1: unknown key `zebra`"),
        (
            "[rules]\n\"schema/maximun\" = \"off\"",
            "2:1: `rules.\"schema/maximun\"`: unknown rule or group `schema/maximun`; did you mean `schema/maximum`?",
        ),
        (
            "[rules]\ncurency = \"off\"",
            "2:1: `rules.curency`: unknown rule or group `curency`; did you mean `currency`?",
        ),
        (
            "[rules]\ncurrency = \"warn\"",
            "2:12: `rules.currency`: unknown level `warn`; expected one of off, info, warning, error",
        ),
        (
            "fail-on = \"off\"",
            "1:11: `fail-on`: unknown severity `off`; expected one of info, warning, error",
        ),
        (
            "[files]\n'*.json' = 'leadlex/create-dael'",
            "2:12: `files.\"*.json\"`: unknown payload `leadlex/create-dael`; did you mean `leadlex/create-deal`?",
        ),
        (
            "[[overrides]]\nfiles = ['a[']",
            "2:10: `overrides.0.files.0`: invalid glob `a[`: unclosed character class; missing ']'",
        ),
        (
            "[[overrides]]\nfiles = ['/tmp/*', '../x', ' ']",
            "2:10: `overrides.0.files.0`: invalid glob `/tmp/*`: it leads outside the configuration's folder
pipelint.toml:2:20: `overrides.0.files.1`: invalid glob `../x`: it leads outside the configuration's folder
pipelint.toml:2:28: `overrides.0.files.2`: invalid glob ` `: it is blank",
        ),
        (
            "[payloads.\"Acme/Deal\"]\nschema = 'a.json'",
            "1:11: `payloads.\"Acme/Deal\"`: write the name as `system/operation`, in lower-case letters, digits and hyphens",
        ),
        (
            "[payloads.\"slant/create-opportunity\"]\nschema = 'a.json'",
            "1:11: `payloads.\"slant/create-opportunity\"`: this is a built-in payload; choose another name",
        ),
        ("[payloads.\"a/b\"]", "1:1: `payloads.\"a/b\"`: missing key `schema`"),
        (
            "[files]\n'*.json' = 'acme/dael'\n[payloads.\"acme/deal\"]\nschema = 'a.json'",
            "2:12: `files.\"*.json\"`: unknown payload `acme/dael`; did you mean `acme/deal`?",
        ),
        ("[[overrides]]\nrules = {}", "1:1: `overrides.0`: missing key `files`"),
        ("[[overrides]]\nfiles = []", "2:9: `overrides.0.files`: expected at least one item"),
        ("rules = 1", "1:9: `rules`: expected a table"),
        ("policy.stages = 'Won'", "1:17: `policy.stages`: expected a list"),
        ("policy.stages = ['Won', 3]", "1:25: `policy.stages.1`: expected a string"),
        ("policy.stages = ['\u{e9}', '']", "1:23: `policy.stages.1`: expected a string that is not blank"),
        (
            "policy.currencies = ['EUR', 'usd']",
            "1:29: `policy.currencies.1`: unknown currency `usd`; did you mean `USD`?",
        ),
        (
            "policy.choices.priorty = []",
            "1:16: `policy.choices.priorty`: unknown property with choices `priorty`; did you mean `priority`?",
        ),
        (
            "mask.meanings = ['free_text']",
            "1:18: `mask.meanings.0`: unknown meaning `free_text`; did you mean `free-text`?",
        ),
        ("limits.depth = 0", "1:16: `limits.depth`: expected a whole number from 1 to 128"),
        ("limits.depth = 2.0", "1:16: `limits.depth`: expected a whole number from 1 to 128"),
        ("limits.size = 'big'", "1:15: `limits.size`: expected a whole number"),
        (
            "policy.least-value = 1e3",
            "1:22: `policy.least-value`: expected an amount in plain digits, with at most 15 before the decimal point and 4 after it",
        ),
        (
            "policy = { least-value = 5, greatest-value = 4.99 }",
            "1:26: `policy.least-value`: `least-value` is greater than `greatest-value`",
        ),
    ] {
        assert_eq!(problems(text), format!("pipelint.toml:{expected}"), "{text}");
    }
}

#[test]
fn what_is_no_toml_or_no_time_is_named_with_its_place() {
    for (text, start) in [
        ("a = ", "pipelint.toml:1:5: "),
        ("now = 1\nnow = 2", "pipelint.toml:2:1: "),
        ("\n now = 2026-06-01", "pipelint.toml:2:8: `now`: "),
        ("now = 'tomorrow'", "pipelint.toml:1:7: `now`: "),
    ] {
        let said = problems(text);
        assert!(said.starts_with(start), "{said}");
    }
    assert!(problems("now = 'x'").ends_with("such as 2026-06-01T00:00:00Z"));
}

#[test]
fn all_problems_are_told_at_once_in_the_order_of_the_text() {
    let said = problems("b = 1\n[rules]\nx = 'off'\n[policy]\nstages = [0]\n");
    let lines: Vec<&str> = said
        .lines()
        .filter_map(|line| line.split(':').nth(1))
        .collect();
    assert_eq!(lines, ["1", "3", "5"], "{said}");
}

#[test]
fn the_default_says_nothing_and_its_comments_are_valid_too() {
    let usual = Config::parse(Config::default_text(), None).unwrap();
    let same = Config {
        fail_on: usual.fail_on,
        ..Config::default()
    };
    assert_eq!(usual, same);
    // Every key that is commented out.
    let full: Vec<&str> = Config::default_text()
        .lines()
        .map(|line| line.strip_prefix("# ").unwrap_or(line))
        .filter(|line| {
            let key = line.split_once(" = ").map(|(key, _)| key);
            line.starts_with('[')
                || key.is_some_and(|key| !key.contains(' ') || key.starts_with('"'))
        })
        .collect();
    let full = full.join("\n");
    let full = Config::parse(&full, None).unwrap();
    assert_eq!(full.files.len(), 2);
    assert_eq!(full.rules.len(), 2);
    assert_eq!(full.overrides.len(), 1);
    assert_eq!(full.policy.choices.len(), 2);
    assert_eq!(full.policy.schemas.len(), 1);
    assert_eq!(full.limits.diagnostics, Some(500));
    assert!(full.now.is_some() && full.locale.is_some() && full.mask.meanings.len() == 2);
}

#[test]
fn a_configuration_is_data() {
    let config = Config {
        files: vec![
            ("z.json".to_owned(), "leadlex/create-deal".to_owned()),
            ("a.json".to_owned(), "slant/create-opportunity".to_owned()),
        ],
        rules: [("currency".to_owned(), LevelName::Off)].into(),
        policy: pipelint_config::PolicyLists {
            least_value: Some(Decimal("0.10".to_owned())),
            ..Default::default()
        },
        ..Config::default()
    };
    let json = serde_json::to_string(&config).unwrap();
    assert_eq!(
        json,
        r#"{"files":{"z.json":"leadlex/create-deal","a.json":"slant/create-opportunity"},"rules":{"currency":"off"},"policy":{"least-value":"0.10"}}"#
    );
    assert_eq!(serde_json::from_str::<Config>(&json).unwrap(), config);
    for (number, text) in [("7", "7"), ("-7", "-7"), ("0.5", "0.5"), ("\"1.0\"", "1.0")] {
        let json = format!(r#"{{ "policy": {{ "least-value": {number} }} }}"#);
        let config: Config = serde_json::from_str(&json).unwrap();
        assert_eq!(config.policy.least_value, Some(Decimal(text.to_owned())));
    }
    assert!(serde_json::from_str::<Config>(r#"{ "hose": {} }"#).is_err());
    assert!(serde_json::from_str::<Config>(r#"{ "policy": { "least-value": true } }"#).is_err());
}

#[test]
fn data_is_checked_like_text() {
    let config = Config {
        rules: [("curency".to_owned(), LevelName::Off)].into(),
        now: Some("now".to_owned()),
        ..Config::default()
    };
    let said = Settings::of(&config, Path::new(""))
        .unwrap_err()
        .to_string();
    assert!(
        said.contains("`rules.curency`: unknown rule or group `curency`; did you mean `currency`?"),
        "{said}"
    );
    assert!(said.starts_with("`now`: "), "{said}");
}

#[test]
fn amounts_keep_every_digit() {
    let settings = settings("policy = { least-value = 0.10, greatest-value = 999_999.9999 }");
    let policy = settings
        .for_file(Path::new("x"), now())
        .options
        .policy
        .unwrap();
    assert_eq!(policy.least_value.as_ref().unwrap().text(), "0.10");
    assert_eq!(
        policy.greatest_value.as_ref().unwrap().text(),
        "999999.9999"
    );
}

#[test]
fn files_are_payloads_by_the_last_glob_that_matches() {
    let settings = settings(
        "[files]
        '*.json' = 'leadlex/create-deal'
        'slant/**/*.json' = 'slant/create-opportunity/request'
        'slant/answers/' = 'slant/create-opportunity/response'
        './exact.txt' = 'leadlex/create-deal'",
    );
    let payload = |file: &str| {
        let file = settings.for_file(Path::new(file), now());
        file.payload.map(|payload| payload.id().to_owned())
    };
    for (file, id) in [
        ("/crm/a.json", Some("leadlex/create-deal/request")),
        ("/crm/deep/er/a.json", Some("leadlex/create-deal/request")),
        (
            "/crm/slant/a.json",
            Some("slant/create-opportunity/request"),
        ),
        (
            "/crm/slant/x/a.json",
            Some("slant/create-opportunity/request"),
        ),
        (
            "/crm/x/../slant/./a.json",
            Some("slant/create-opportunity/request"),
        ),
        (
            "/crm/slant/answers/x/a.json",
            Some("slant/create-opportunity/response"),
        ),
        ("/crm/exact.txt", Some("leadlex/create-deal/request")),
        ("/crm/a.txt", None),
    ] {
        assert_eq!(payload(file).as_deref(), id, "{file}");
    }
}

#[test]
fn a_rule_counts_more_than_its_group_and_later_overrides_more_than_earlier() {
    let settings = settings(
        "[rules]
        'schema/maximum' = 'info'
        schema = 'off'
        [[overrides]]
        files = ['old/**', '*.tmp']
        rules = { schema = 'warning', 'schema/minimum' = 'error' }
        [[overrides]]
        files = ['old/worse/']
        rules = { 'schema/maximum' = 'off' }",
    );
    let at = |severity| Some(Level::At(severity));
    for (file, maximum, minimum) in [
        ("a.json", at(Severity::Info), Some(Level::Off)),
        ("old/a.json", at(Severity::Warning), at(Severity::Error)),
        (
            "any/where/a.tmp",
            at(Severity::Warning),
            at(Severity::Error),
        ),
        ("old/worse/a.json", Some(Level::Off), at(Severity::Error)),
    ] {
        assert_eq!(level(&settings, file, "schema/maximum"), maximum, "{file}");
        assert_eq!(level(&settings, file, "schema/minimum"), minimum, "{file}");
        assert_eq!(level(&settings, file, "json/syntax"), None, "{file}");
    }
}

#[test]
fn policy_mask_limits_and_times_reach_the_check() {
    let settings = settings(
        "fail-on = 'warning'
        now = 2020-01-01 00:00:00Z
        locale = 'de'
        policy.stages = ['Lead']
        mask.properties = ['stage']
        limits = { depth = 3, size = 100, diagnostics = 1 }",
    );
    assert_eq!(settings.now(), "2020-01-01T00:00:00Z".parse().ok());
    assert_eq!(settings.fail_on(), Some(Severity::Warning));
    let file = settings.for_file(Path::new("/crm/a.json"), now());
    assert_eq!(file.fail_on, Some(Severity::Warning));
    assert_eq!(file.options.now, now());
    assert_eq!(file.options.locale, Locale::De);
    assert_eq!(file.options.limits.depth, 3);
    assert_eq!(file.options.limits.size, 100);
    assert_eq!(file.options.limits.diagnostics, 1);
    assert!(!settings.mask().is_empty());
    let deal = br#"{ "name": "A", "stage": "Leed" }"#;
    let report = check(&leadlex::create_deal::REQUEST, deal, &file.options);
    let said = report.diagnostics().next().unwrap().explain();
    assert!(!format!("{said:?}").contains("Leed"), "{said:?}");
    let silent = self::settings("[policy]").for_file(Path::new("x"), now());
    assert!(silent.options.policy.is_none());
    assert_eq!(silent.fail_on, None);
    assert_eq!(silent.options.locale, Locale::En);
    let report = check(
        &slant::create_opportunity::REQUEST,
        br#"{ "name": "A" }"#,
        &silent.options,
    );
    assert!(report.is_ok());
}

#[test]
fn schemas_of_the_policy_have_files_and_levels() {
    let settings = settings(
        "[policy.schemas]
        'leadlex/create-deal' = 'our/deal.json'
        'slant/create-opportunity/headers' = '/etc/headers.json'
        [rules]
        policy = 'warning'
        'policy/pattern' = 'info'
        [[overrides]]
        files = ['old/']
        rules = { 'policy/required' = 'off' }
        [[overrides]]
        files = ['old/worse/']
        rules = { policy = 'error' }",
    );
    let schemas: Vec<_> = settings
        .schemas()
        .map(|(contract, file)| (contract.id, file.to_str().unwrap()))
        .collect();
    assert_eq!(
        schemas,
        [
            ("leadlex/create-deal/request", "/crm/our/deal.json"),
            ("slant/create-opportunity/headers", "/etc/headers.json")
        ]
    );
    let at = |severity| Some(Level::At(severity));
    for (file, pattern, required) in [
        ("a.json", at(Severity::Info), at(Severity::Warning)),
        ("old/a.json", at(Severity::Info), Some(Level::Off)),
        ("old/worse/a.json", at(Severity::Error), at(Severity::Error)),
    ] {
        let levels = settings.for_file(&Path::new("/crm").join(file), now());
        assert_eq!(levels.schema_levels.of("policy/pattern"), pattern, "{file}");
        assert_eq!(
            levels.schema_levels.of("policy/required"),
            required,
            "{file}"
        );
        assert_eq!(
            level(&settings, "a.json", "policy/currency"),
            at(Severity::Warning)
        );
    }
}

/// A folder of its own for a test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

#[test]
fn the_file_is_found_upward() {
    let folder = folder("found-upward");
    let deep = folder.join("a/b/c");
    fs::create_dir_all(&deep).unwrap();
    fs::write(folder.join("pipelint.toml"), "fail-on = 'info'").unwrap();
    fs::write(
        folder.join("a/b/pipelint.toml"),
        "[files]\n'c/*' = 'leadlex/create-deal'",
    )
    .unwrap();
    assert_eq!(
        Config::find(&deal_in(&deep)),
        Some(folder.join("a/b/pipelint.toml"))
    );
    assert_eq!(
        Config::find(&folder.join("a")),
        Some(folder.join("pipelint.toml"))
    );
    let inner = Settings::read(&folder.join("a/b/pipelint.toml")).unwrap();
    assert!(inner.for_file(&deal_in(&deep), now()).payload.is_some());
    assert!(inner.for_file(&deal_in(&folder), now()).payload.is_none());
    assert_eq!(Config::find(Path::new("/")), None);
}

fn deal_in(folder: &Path) -> PathBuf {
    folder.join("deal.json")
}

#[test]
fn what_cannot_be_read_is_named() {
    let folder = folder("cannot-be-read");
    let missing = folder.join("pipelint.toml");
    let error = Settings::read(&missing).unwrap_err();
    assert!(matches!(error, ConfigError::Read { .. }));
    assert!(
        error
            .to_string()
            .starts_with(&format!("cannot read {}: ", missing.display()))
    );
    fs::write(&missing, "x = 1").unwrap();
    let error = Settings::read(&missing).unwrap_err();
    assert_eq!(
        error.to_string(),
        format!("{}:1:1: unknown key `x`", missing.display())
    );
}

#[test]
fn an_untrusted_configuration_is_bounded() {
    // Too large.
    let text = format!("# {}", "x".repeat(Config::MAX_SIZE));
    let error = Config::parse(&text, None).unwrap_err();
    assert!(error.to_string().contains("1 MiB"), "{error}");
    // Nested far deeper than any configuration.
    for (open, close) in [("[", "]"), ("{ a = ", "}")] {
        let text = format!("x = {}1{}", open.repeat(50_000), close.repeat(50_000));
        assert!(Config::parse(&text, None).is_err());
    }
    let text = format!("[{}a]", "a.".repeat(50_000));
    assert!(Config::parse(&text, None).is_err());
    // As many faults as fit: not all of them are listed.
    let keys: Vec<String> = (0..50_000)
        .map(|number| format!("k{number} = 1\n"))
        .collect();
    let error = Config::parse(&keys.concat(), None).unwrap_err();
    assert_eq!(error.problems.len(), 100);
}

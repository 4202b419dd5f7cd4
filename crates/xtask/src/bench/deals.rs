//! A file with one deal a line, to measure with. The same on every machine, and too large to keep.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

use crate::run::Outcome;

const COMPANIES: [&str; 6] = [
    "Acme", "Borealis", "Corvus", "Delphi", "Eastwind", "Foxglove",
];
const KINDS: [&str; 4] = [
    "Partnership",
    "Retainer",
    "Framework agreement",
    "Litigation",
];
const STAGES: [&str; 4] = ["Proposal", "Qualified", "Negotiation", "First meeting"];
const PRIORITIES: [&str; 4] = ["low", "medium", "high", "urgent"];
const FEES: [&str; 4] = ["hourly", "fixed", "contingency", "retainer"];
const CURRENCIES: [&str; 5] = ["EUR", "USD", "GBP", "CHF", "SEK"];
const NOTES: [&str; 4] = [
    "Met the general counsel in Berlin; wants a fixed fee for the first phase and hourly after that.",
    "Sent the engagement letter on Monday. They ask for two references from the same field of work.",
    "Board decides in the second week of the month, a call with the head of procurement comes before.",
    "Incumbent firm has raised its rates; they compare three offers, and price is not all that counts.",
];
const DESCRIPTIONS: [&str; 3] = [
    "Framework agreement covering employment and data protection advice for three subsidiaries of the group.",
    "Review of supply contracts ahead of the merger, with a report to the supervisory board at its end.",
    "Dispute over the delivery of machines, before the courts of two countries; settlement is still possible.",
];

/// Writes so many deals that nothing is to be said of.
pub(crate) fn deals(count: u32, file: &Path) -> Outcome {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut out = BufWriter::new(File::create(file)?);
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    for number in 0..count {
        writeln!(out, "{}", deal(number, &mut dice))?;
    }
    out.flush()?;
    Ok(())
}

fn deal(number: u32, dice: &mut Dice) -> String {
    let (user, lead, third, value) = (
        dice.below(300) + 100,
        dice.below(300) + 400,
        dice.below(300) + 700,
        dice.below(900_000),
    );
    format!(
        concat!(
            r#"{{"name":"{company} {kind} {number}","stage":"{stage}","status":"active","#,
            r#""pipeline":"Sales, nationwide","estimated_value":{value},"contact_id":"contact-{contact}","#,
            r#""owner_id":"user-{user}","priority":"{priority}","deal_type":"advisory","#,
            r#""notes":"{notes}","tags":["enterprise","referral","2026-q{quarter}"],"#,
            r#""description":"{description}","follow_up_date":"2030-{month:02}-{day:02}","#,
            r#""probability":{probability},"currency":"{currency}","#,
            r#""related_company_id":"company-{company_id}","relationship_partner_id":"user-{lead}","#,
            r#""matter_lead_id":"user-{user}","team_member_ids":["user-{user}","user-{third}","user-{lead}"],"#,
            r#""fee_model":"{fee}"}}"#,
        ),
        number = number,
        user = user,
        lead = lead,
        third = third,
        contact = dice.below(9_000_000) + 1_000_000,
        company = dice.of(&COMPANIES),
        kind = dice.of(&KINDS),
        stage = dice.of(&STAGES),
        value = value + 1000,
        priority = dice.of(&PRIORITIES),
        notes = dice.of(&NOTES),
        quarter = dice.below(4) + 1,
        description = dice.of(&DESCRIPTIONS),
        month = dice.below(12) + 1,
        day = dice.below(28) + 1,
        probability = dice.below(98) + 1,
        currency = dice.of(&CURRENCIES),
        company_id = dice.below(90_000) + 10_000,
        fee = dice.of(&FEES),
    )
}

/// Numbers without a pattern that a predictor of branches could learn (`SplitMix64`).
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % end
    }

    fn of(&mut self, words: &[&'static str]) -> &'static str {
        let at = self.below(words.len() as u64);
        usize::try_from(at)
            .ok()
            .and_then(|at| words.get(at))
            .copied()
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pipelint::{Options, check, payloads};

    #[test]
    fn nothing_is_to_be_said_of_the_deals() {
        let options = Options::at("2026-01-15T12:00:00Z".parse::<pipelint::Instant>().unwrap());
        let (mut dice, mut size) = (Dice(7), 0);
        for number in 0..2000 {
            let deal = deal(number, &mut dice);
            let report = check(
                &payloads::leadlex::create_deal::REQUEST,
                deal.as_bytes(),
                &options,
            );
            let said: Vec<_> = report.diagnostics().map(|found| found.message()).collect();
            assert!(said.is_empty(), "{said:?} in {deal}");
            size += deal.len();
        }
        // What the README and the figures speak of.
        assert!((720..760).contains(&(size / 2000)), "{}", size / 2000);
    }
}

//! Structs that serde fills, checked by hand, by garde or by validator: what the schemas ask, and
//! what can be asked beside it with little effort.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;

use super::Run;
use crate::System;

/// What the parts of this file have in common.
trait Checked:
    serde::de::DeserializeOwned + garde::Validate<Context = ()> + validator::Validate
{
    fn is_right(&self) -> bool;
}

#[derive(Deserialize, garde::Validate, validator::Validate)]
#[allow(dead_code, reason = "a service reads the other fields later")]
struct Deal {
    #[garde(custom(named_garde))]
    #[validate(custom(function = "named_validator"))]
    name: String,
    #[garde(skip)]
    stage: Option<String>,
    #[garde(skip)]
    status: Option<DealStatus>,
    #[garde(skip)]
    pipeline: Option<String>,
    #[garde(range(min = 0.0))]
    #[validate(range(min = 0.0))]
    estimated_value: Option<f64>,
    #[garde(skip)]
    contact_id: Option<String>,
    #[garde(skip)]
    owner_id: Option<String>,
    #[garde(skip)]
    priority: Option<String>,
    #[garde(skip)]
    deal_type: Option<String>,
    #[garde(skip)]
    notes: Option<String>,
    #[garde(skip)]
    tags: Option<Vec<String>>,
    #[garde(skip)]
    description: Option<String>,
    #[garde(inner(custom(date_garde)))]
    #[validate(custom(function = "date_validator"))]
    follow_up_date: Option<String>,
    #[garde(range(min = 0.0, max = 100.0))]
    #[validate(range(min = 0.0, max = 100.0))]
    probability: Option<f64>,
    #[garde(inner(custom(currency_garde)))]
    #[validate(custom(function = "currency_validator"))]
    currency: Option<String>,
    #[garde(skip)]
    related_company_id: Option<String>,
    #[garde(skip)]
    relationship_partner_id: Option<String>,
    #[garde(skip)]
    matter_lead_id: Option<String>,
    #[garde(skip)]
    team_member_ids: Option<Vec<String>>,
    #[garde(skip)]
    fee_model: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum DealStatus {
    Active,
    Won,
    Lost,
}

impl Checked for Deal {
    fn is_right(&self) -> bool {
        is_named(&self.name)
            && self.estimated_value.is_none_or(|value| value >= 0.0)
            && self.follow_up_date.as_deref().is_none_or(is_date)
            && self
                .probability
                .is_none_or(|chance| (0.0..=100.0).contains(&chance))
            && self.currency.as_deref().is_none_or(is_currency)
    }
}

#[derive(Deserialize, garde::Validate, validator::Validate)]
#[allow(dead_code, reason = "a service reads the other fields later")]
struct Opportunity {
    #[garde(custom(named_garde))]
    #[validate(custom(function = "named_validator"))]
    name: String,
    #[garde(range(min = 0))]
    #[validate(range(min = 0))]
    value: Option<i64>,
    #[garde(range(min = 0, max = 100))]
    #[validate(range(min = 0, max = 100))]
    probability: Option<i64>,
    #[garde(inner(custom(future_garde)))]
    #[validate(custom(function = "future_validator"))]
    target_close_date: Option<DateTime<chrono::FixedOffset>>,
    #[garde(skip)]
    pipeline_id: Option<String>,
    #[garde(skip)]
    pipeline_stage_id: Option<String>,
    #[garde(skip)]
    owner_id: Option<String>,
}

impl Checked for Opportunity {
    fn is_right(&self) -> bool {
        is_named(&self.name)
            && self.value.is_none_or(|value| value >= 0)
            && self
                .probability
                .is_none_or(|chance| (0..=100).contains(&chance))
            && self.target_close_date.as_ref().is_none_or(is_future)
    }
}

#[derive(Deserialize, garde::Validate, validator::Validate)]
#[allow(dead_code, reason = "a service reads the other fields later")]
#[serde(rename_all = "camelCase")]
struct Stage {
    #[garde(length(chars, max = 255), custom(named_garde))]
    #[validate(length(max = 255), custom(function = "named_validator"))]
    name: String,
    #[garde(range(min = 0.0, max = 1.0), custom(decimals_garde))]
    #[validate(range(min = 0.0, max = 1.0), custom(function = "decimals_validator"))]
    probability: f64,
    #[garde(skip)]
    status_id: StageStatus,
    #[garde(skip)]
    opportunity_pipeline_id: uuid::Uuid,
    #[garde(length(chars, max = 5000))]
    #[validate(length(max = 5000))]
    description: Option<String>,
    #[garde(skip)]
    is_active: Option<bool>,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum StageStatus {
    Open,
    Won,
    Lost,
}

impl Checked for Stage {
    fn is_right(&self) -> bool {
        is_named(&self.name)
            && self.name.chars().count() <= 255
            && (0.0..=1.0).contains(&self.probability)
            && has_few_decimals(self.probability)
            && self
                .description
                .as_deref()
                .is_none_or(|text| text.chars().count() <= 5000)
    }
}

pub(super) fn is_named(name: &str) -> bool {
    !name.trim().is_empty()
}

pub(super) fn is_date(text: &str) -> bool {
    text.parse::<NaiveDate>().is_ok() || DateTime::parse_from_rfc3339(text).is_ok()
}

/// Three capital letters; that there is such a currency takes a table.
pub(super) fn is_currency(code: &str) -> bool {
    code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase())
}

pub(super) fn is_future(at: &DateTime<chrono::FixedOffset>) -> bool {
    *at > NOW
}

/// The same instant as that of the other ways.
const NOW: DateTime<Utc> = DateTime::from_timestamp_secs(1_768_478_400).expect("an instant");

pub(super) fn has_few_decimals(number: f64) -> bool {
    ((number * 10_000.0).round() / 10_000.0 - number).abs() < f64::EPSILON
}

/// The same checks in the forms that garde and validator ask for.
macro_rules! forms {
    ($garde:ident, $validator:ident, $type:ty, $check:expr) => {
        fn $garde(value: &$type, _: &()) -> garde::Result {
            if $check(value) {
                Ok(())
            } else {
                Err(garde::Error::new("is wrong"))
            }
        }

        fn $validator(value: &$type) -> Result<(), validator::ValidationError> {
            if $check(value) {
                Ok(())
            } else {
                Err(validator::ValidationError::new("wrong"))
            }
        }
    };
}

forms!(named_garde, named_validator, String, |name: &String| {
    is_named(name)
});
forms!(date_garde, date_validator, String, |text: &String| is_date(
    text
));
forms!(
    currency_garde,
    currency_validator,
    String,
    |code: &String| is_currency(code)
);
forms!(
    future_garde,
    future_validator,
    DateTime<chrono::FixedOffset>,
    is_future
);

fn decimals_garde(value: &f64, _: &()) -> garde::Result {
    if has_few_decimals(*value) {
        Ok(())
    } else {
        Err(garde::Error::new("has too many decimals"))
    }
}

fn decimals_validator(value: f64) -> Result<(), validator::ValidationError> {
    if has_few_decimals(value) {
        Ok(())
    } else {
        Err(validator::ValidationError::new("decimals"))
    }
}

/// Calls a generic function with the struct of a system.
macro_rules! of {
    ($system:expr, $with:ident) => {
        match $system.name {
            "leadlex" => Box::new($with::<Deal>) as Run<bool>,
            "slant" => Box::new($with::<Opportunity>),
            _ => Box::new($with::<Stage>),
        }
    };
}

pub(super) fn by_hand(system: &'static System) -> Run<bool> {
    fn check<T: Checked>(text: &str) -> bool {
        serde_json::from_slice::<T>(text.as_bytes()).is_ok_and(|value| value.is_right())
    }
    of!(system, check)
}

pub(super) fn sonic_by_hand(system: &'static System) -> Run<bool> {
    fn check<T: Checked>(text: &str) -> bool {
        sonic_rs::from_slice::<T>(text.as_bytes()).is_ok_and(|value| value.is_right())
    }
    of!(system, check)
}

pub(super) fn garde(system: &'static System) -> Run<bool> {
    fn check<T: Checked>(text: &str) -> bool {
        serde_json::from_slice::<T>(text.as_bytes())
            .is_ok_and(|value| garde::Validate::validate(&value).is_ok())
    }
    of!(system, check)
}

pub(super) fn validator(system: &'static System) -> Run<bool> {
    fn check<T: Checked>(text: &str) -> bool {
        serde_json::from_slice::<T>(text.as_bytes())
            .is_ok_and(|value| validator::Validate::validate(&value).is_ok())
    }
    of!(system, check)
}

//! A serde visitor that checks what it is given and keeps nothing: the leanest that serde allows.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::Run;
use super::typed::{has_few_decimals, is_currency, is_date, is_future, is_named};
use crate::System;

/// What a value has to be.
#[derive(Clone, Copy)]
enum Kind {
    Text,
    Name,
    Short(usize),
    OneOf(&'static [&'static str]),
    Date,
    Future,
    Currency,
    Uuid,
    Number(f64, f64),
    Decimals,
    Integer(i64, i64),
    Flag,
    Texts,
}

type Fields = &'static [(&'static str, Kind)];

static DEAL: Fields = &[
    ("name", Kind::Name),
    ("stage", Kind::Text),
    ("status", Kind::OneOf(&["active", "won", "lost"])),
    ("pipeline", Kind::Text),
    ("estimated_value", Kind::Number(0.0, f64::MAX)),
    ("contact_id", Kind::Text),
    ("owner_id", Kind::Text),
    ("priority", Kind::Text),
    ("deal_type", Kind::Text),
    ("notes", Kind::Text),
    ("tags", Kind::Texts),
    ("description", Kind::Text),
    ("follow_up_date", Kind::Date),
    ("probability", Kind::Number(0.0, 100.0)),
    ("currency", Kind::Currency),
    ("related_company_id", Kind::Text),
    ("relationship_partner_id", Kind::Text),
    ("matter_lead_id", Kind::Text),
    ("team_member_ids", Kind::Texts),
    ("fee_model", Kind::Text),
];

static OPPORTUNITY: Fields = &[
    ("name", Kind::Name),
    ("value", Kind::Integer(0, i64::MAX)),
    ("probability", Kind::Integer(0, 100)),
    ("target_close_date", Kind::Future),
    ("pipeline_id", Kind::Text),
    ("pipeline_stage_id", Kind::Text),
    ("owner_id", Kind::Text),
];

static STAGE: Fields = &[
    ("name", Kind::Name),
    ("probability", Kind::Decimals),
    ("statusId", Kind::OneOf(&["open", "won", "lost"])),
    ("opportunityPipelineId", Kind::Uuid),
    ("description", Kind::Short(5000)),
    ("isActive", Kind::Flag),
];

pub(super) fn prepare(system: &'static System) -> Run<bool> {
    let (fields, required) = match system.name {
        "leadlex" => (DEAL, 0b1),
        "slant" => (OPPORTUNITY, 0b1),
        _ => (STAGE, 0b1111),
    };
    Box::new(move |text| {
        let mut reader = serde_json::Deserializer::from_slice(text.as_bytes());
        Record { fields, required }.deserialize(&mut reader).is_ok() && reader.end().is_ok()
    })
}

/// An object with such fields.
struct Record {
    fields: Fields,
    /// A bit for each field that must be there.
    required: u32,
}

impl<'de> DeserializeSeed<'de> for Record {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Record {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let (mut seen, mut next) = (0u32, 0);
        while let Some(key) = map.next_key::<Key<'de>>()? {
            // Most write the fields in the order in which they are documented.
            let found = match self.fields.get(next) {
                Some((name, _)) if *name == key.0 => Some(next),
                _ => self.fields.iter().position(|(name, _)| *name == key.0),
            };
            let Some(index) = found else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            if seen & 1 << index != 0 {
                return Err(A::Error::custom("duplicate key"));
            }
            seen |= 1 << index;
            next = index + 1;
            map.next_value_seed(self.fields[index].1)?;
        }
        if seen & self.required == self.required {
            Ok(())
        } else {
            Err(A::Error::custom("missing field"))
        }
    }
}

/// A key, borrowed where it has no escapes.
#[derive(serde::Deserialize)]
struct Key<'k>(#[serde(borrow)] Cow<'k, str>);

impl<'de> DeserializeSeed<'de> for Kind {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        match self {
            Self::Text
            | Self::Name
            | Self::Short(_)
            | Self::OneOf(_)
            | Self::Date
            | Self::Future
            | Self::Currency
            | Self::Uuid => from.deserialize_str(self),
            Self::Number(..) | Self::Decimals => from.deserialize_f64(self),
            Self::Integer(..) => from.deserialize_i64(self),
            Self::Flag => from.deserialize_bool(self),
            Self::Texts => from.deserialize_seq(self),
        }
    }
}

impl<'de> Visitor<'de> for Kind {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("another value")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        let right = match self {
            Self::Text => true,
            Self::Name => is_named(text),
            Self::Short(most) => text.chars().count() <= most,
            Self::OneOf(words) => words.contains(&text),
            Self::Date => is_date(text),
            Self::Future => {
                chrono::DateTime::parse_from_rfc3339(text).is_ok_and(|at| is_future(&at))
            }
            Self::Currency => is_currency(text),
            Self::Uuid => uuid::Uuid::try_parse(text).is_ok(),
            _ => false,
        };
        verdict(right)
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<(), E> {
        verdict(match self {
            Self::Number(least, most) => (least..=most).contains(&number),
            Self::Decimals => (0.0..=1.0).contains(&number) && has_few_decimals(number),
            _ => false,
        })
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<(), E> {
        match self {
            Self::Integer(least, most) => verdict((least..=most).contains(&number)),
            _ => self.visit_f64(number as f64),
        }
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<(), E> {
        match i64::try_from(number) {
            Ok(number) => self.visit_i64(number),
            Err(_) => self.visit_f64(number as f64),
        }
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<(), E> {
        verdict(matches!(self, Self::Flag))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while seq.next_element_seed(Self::Text)?.is_some() {}
        Ok(())
    }
}

fn verdict<E: Error>(right: bool) -> Result<(), E> {
    if right {
        Ok(())
    } else {
        Err(E::custom("wrong"))
    }
}

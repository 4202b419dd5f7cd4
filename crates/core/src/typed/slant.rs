//! Slant.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

use crate::contract::Contract;
use crate::payloads::slant::create_opportunity;

use super::record::record;
use super::{Cents, Dollars, Field, Payload};

record! {
    /// What makes an opportunity: the body of `POST /v1/households/{household_id}/opportunities`.
    pub struct CreateOpportunity {
        required {
            /// The name of the opportunity.
            "name" name: String,
        }
        optional {
            /// The money that the opportunity is worth, in cents by the page of this call.
            "value" value: Option<Cents>,
            /// The chance of closing, in percent.
            "probability" probability: Option<u8>,
            /// The expected close, after now.
            "target_close_date" target_close_date: Option<DateTime<Utc>>,
            /// The pipeline; the one for the household's type if left out.
            "pipeline_id" pipeline_id: Option<String>,
            /// The stage; the first of the pipeline if left out.
            "pipeline_stage_id" pipeline_stage_id: Option<String>,
            /// The user who owns the opportunity; the caller if left out.
            "owner_id" owner_id: Option<String>,
        }
    }
}

impl Payload for CreateOpportunity {
    const CONTRACT: &'static Contract<'static> = &create_opportunity::REQUEST;
    const HEADERS: Option<&'static Contract<'static>> = Some(&create_opportunity::HEADERS);
    const PATH: Option<&'static Contract<'static>> = Some(&create_opportunity::PATH);
}

record! {
    /// An opportunity as Slant returns it: the answer to [`CreateOpportunity`].
    pub struct Opportunity {
        required {
            /// The opportunity's identifier.
            "id" id: String,
            /// The name of the opportunity.
            "name" name: String,
            /// The book that the opportunity is in.
            "book_id" book_id: String,
            /// The pipeline that the opportunity is in.
            "pipeline" pipeline: Pipeline,
            /// The stage that the opportunity is in.
            "pipeline_stage" pipeline_stage: Stage,
            /// The user who works on the opportunity.
            "assigned_to" assigned_to: User,
        }
        optional {
            /// The money that the opportunity is worth, in dollars by the page of this call.
            "value" value: Field<Dollars>,
            /// The chance of closing, in percent.
            "probability" probability: Field<u8>,
            /// The expected close.
            "target_close_date" target_close_date: Field<DateTime<Utc>>,
            /// When the stage was last changed.
            "stage_updated_at" stage_updated_at: Field<DateTime<Utc>>,
            /// The household; null for an opportunity without one.
            "household_id" household_id: Field<String>,
            /// When the opportunity was made.
            "created_at" created_at: Option<DateTime<Utc>>,
            /// When the opportunity was last changed.
            "updated_at" updated_at: Option<DateTime<Utc>>,
            /// The company's own fields, by key.
            "custom_fields" custom_fields: Field<Map<String, Value>>,
        }
    }
}

impl Payload for Opportunity {
    const CONTRACT: &'static Contract<'static> = &create_opportunity::RESPONSE;
}

record! {
    /// A pipeline.
    pub struct Pipeline {
        required {}
        optional {
            /// The pipeline's identifier.
            "id" id: Option<String>,
            /// The name of the pipeline.
            "name" name: Option<String>,
            /// For whom the pipeline is.
            "pipeline_type" pipeline_type: Option<String>,
            /// The book of the pipeline; null for one of the whole company.
            "book_id" book_id: Field<String>,
            /// The stages of the pipeline, in order.
            "pipeline_stages" pipeline_stages: Field<Vec<Stage>>,
        }
    }
}

record! {
    /// A stage of a pipeline.
    pub struct Stage {
        required {}
        optional {
            /// The stage's identifier.
            "id" id: Option<String>,
            /// The name of the stage.
            "name" name: Option<String>,
            /// The place of the stage in its pipeline.
            "stage_order" stage_order: Field<i64>,
            /// Whether the stage is shown.
            "visible" visible: Field<bool>,
            /// The chance of closing, in percent, that the stage gives.
            "default_probability" default_probability: Field<i64>,
        }
    }
}

record! {
    /// A user.
    pub struct User {
        required {}
        optional {
            /// The user's identifier.
            "id" id: Option<String>,
            /// The user's email address.
            "email" email: Field<String>,
            /// The user's first name.
            "first_name" first_name: Field<String>,
            /// The user's last name.
            "last_name" last_name: Field<String>,
            /// How the user reaches the API.
            "api_access" api_access: Field<ApiAccess>,
        }
    }
}

record! {
    /// How a user reaches the API.
    pub struct ApiAccess {
        required {}
        optional {
            /// The way of authentication.
            "auth_type" auth_type: Field<String>,
            /// What the access covers.
            "scope" scope: Field<String>,
        }
    }
}

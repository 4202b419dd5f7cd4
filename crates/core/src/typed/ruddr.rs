//! Ruddr.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::contract::Contract;
use crate::payloads::ruddr::create_opportunity_stage;

use super::record::{record, string_enum};
use super::{Decimal, Field, Payload};

string_enum! {
    /// What a stage says of the opportunities in it.
    pub enum Status {
        /// They are open.
        Open = "open",
        /// They are won.
        Won = "won",
        /// They are lost.
        Lost = "lost",
    }
}

record! {
    /// What makes a stage: the body of `POST /opportunity-stages`.
    pub struct CreateOpportunityStage {
        required {
            /// The name of the stage, of at most 255 characters.
            "name" name: String,
            /// The chance of winning at this stage, from 0 to 1, with at most four decimals.
            "probability" probability: Decimal,
            /// What the stage says of the opportunities in it.
            "statusId" status_id: Status,
            /// The pipeline that the stage belongs to.
            "opportunityPipelineId" opportunity_pipeline_id: Uuid,
        }
        optional {
            /// What the stage stands for, in at most 5000 characters, or null.
            "description" description: Field<String>,
            /// Whether the stage is in use; true if left out.
            "isActive" is_active: Option<bool>,
        }
    }
}

impl Payload for CreateOpportunityStage {
    const CONTRACT: &'static Contract<'static> = &create_opportunity_stage::REQUEST;
    const HEADERS: Option<&'static Contract<'static>> = Some(&create_opportunity_stage::HEADERS);
}

record! {
    /// A stage as Ruddr returns it: the answer to [`CreateOpportunityStage`].
    pub struct OpportunityStage {
        required {
            /// The stage's identifier.
            "id" id: String,
        }
        optional {
            /// The name of the stage.
            "name" name: Option<String>,
            /// What the stage stands for.
            "description" description: Field<String>,
            /// The chance of winning at this stage, from 0 to 1.
            "probability" probability: Option<Decimal>,
            /// What the stage says of the opportunities in it.
            "statusId" status_id: Option<Status>,
            /// Whether the stage is in use.
            "isActive" is_active: Option<bool>,
            /// The pipeline that the stage belongs to.
            "opportunityPipelineId" opportunity_pipeline_id: Option<Uuid>,
            /// When the stage was made.
            "createdAt" created_at: Option<DateTime<Utc>>,
        }
    }
}

impl Payload for OpportunityStage {
    const CONTRACT: &'static Contract<'static> = &create_opportunity_stage::RESPONSE;
}

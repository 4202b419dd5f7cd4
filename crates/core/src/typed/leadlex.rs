//! LeadLex.

use crate::contract::Contract;
use crate::payloads::leadlex::create_deal;

use super::record::{record, string_enum};
use super::{CurrencyCode, DateOrDateTime, Decimal, Field, Payload};

string_enum! {
    /// Where a deal is in its life, as requests say it.
    pub enum Status {
        /// Neither won nor lost yet.
        Active = "active",
        /// Won.
        Won = "won",
        /// Lost.
        Lost = "lost",
    }
}

string_enum! {
    /// Where a deal is in its life, as answers say it.
    pub enum DealStatus {
        /// Neither won nor lost yet.
        Active = "active",
        /// The same, in some answers.
        Open = "open",
        /// Won.
        Won = "won",
        /// Lost.
        Lost = "lost",
    }
}

record! {
    /// What makes a deal: the body of `POST /v1/deals`.
    pub struct CreateDeal {
        required {
            /// The title of the deal.
            "name" name: String,
        }
        optional {
            /// The stage, by its name.
            "stage" stage: Option<String>,
            /// Where the deal is in its life; active if left out.
            "status" status: Option<Status>,
            /// The pipeline, by its name.
            "pipeline" pipeline: Option<String>,
            /// The expected worth, in whole units of the currency.
            "estimated_value" estimated_value: Option<Decimal>,
            /// The main contact; another name for `main_contact_id`.
            "contact_id" contact_id: Option<String>,
            /// The user who owns the deal; another name for `owner_user_id`.
            "owner_id" owner_id: Option<String>,
            /// How urgent the deal is.
            "priority" priority: Option<String>,
            /// The type of deal or matter; another name for `matter_type`.
            "deal_type" deal_type: Option<String>,
            /// Notes on the deal.
            "notes" notes: Option<String>,
            /// Labels.
            "tags" tags: Option<Vec<String>>,
            /// A summary of the deal.
            "description" description: Option<String>,
            /// When to follow up next.
            "follow_up_date" follow_up_date: Option<DateOrDateTime>,
            /// The chance of winning, in percent.
            "probability" probability: Option<Decimal>,
            /// The currency of the estimated value.
            "currency" currency: Option<CurrencyCode>,
            /// The company that the deal is about.
            "related_company_id" related_company_id: Option<String>,
            /// The partner who keeps the relationship, a user.
            "relationship_partner_id" relationship_partner_id: Option<String>,
            /// The user who leads the matter.
            "matter_lead_id" matter_lead_id: Option<String>,
            /// The users who work on the deal.
            "team_member_ids" team_member_ids: Option<Vec<String>>,
            /// How the work is charged.
            "fee_model" fee_model: Option<String>,
            /// The main contact.
            "main_contact_id" main_contact_id: Option<String>,
            /// The user who owns the deal.
            "owner_user_id" owner_user_id: Option<String>,
            /// The type of deal or matter.
            "matter_type" matter_type: Option<String>,
        }
    }
}

impl Payload for CreateDeal {
    const CONTRACT: &'static Contract<'static> = &create_deal::REQUEST;
    const HEADERS: Option<&'static Contract<'static>> = Some(&create_deal::HEADERS);
}

record! {
    /// The answer to [`CreateDeal`].
    pub struct CreateDealResponse {
        required {
            /// The deal that was made.
            "data" data: Deal,
        }
        optional {}
    }
}

impl Payload for CreateDealResponse {
    const CONTRACT: &'static Contract<'static> = &create_deal::RESPONSE;
}

record! {
    /// A deal as LeadLex returns it.
    pub struct Deal {
        required {
            /// The deal's identifier.
            "id" id: String,
            /// The title of the deal.
            "name" name: String,
        }
        optional {
            /// The stage, by its name.
            "stage" stage: Field<String>,
            /// Where the deal is in its life.
            "status" status: Option<DealStatus>,
            /// The pipeline, by its name.
            "pipeline" pipeline: Field<String>,
            /// The expected worth, in whole units of the currency.
            "estimated_value" estimated_value: Field<Decimal>,
            /// The main contact.
            "main_contact_id" main_contact_id: Field<String>,
            /// The user who owns the deal.
            "owner_user_id" owner_user_id: Field<String>,
            /// How urgent the deal is.
            "priority" priority: Field<String>,
            /// Labels.
            "tags" tags: Option<Vec<String>>,
            /// When the deal was made.
            "created_date" created_date: Option<DateOrDateTime>,
            /// When the deal was last changed.
            "updated_date" updated_date: Field<DateOrDateTime>,
            /// The currency of the estimated value.
            "currency" currency: Field<CurrencyCode>,
            /// The type of deal or matter.
            "matter_type" matter_type: Field<String>,
            /// The company that the deal is about.
            "related_company_id" related_company_id: Field<String>,
            /// A summary of the deal.
            "high_level_description" high_level_description: Field<String>,
            /// When to follow up next.
            "next_follow_up_date" next_follow_up_date: Field<DateOrDateTime>,
            /// How the work is charged.
            "fee_model" fee_model: Field<String>,
            /// The chance of winning, in percent.
            "probability" probability: Field<Decimal>,
            /// When the deal was closed.
            "closed_date" closed_date: Field<DateOrDateTime>,
            /// Notes on the deal.
            "notes" notes: Field<String>,
            /// The partner who keeps the relationship, a user.
            "relationship_partner_id" relationship_partner_id: Field<String>,
            /// The user who leads the matter.
            "matter_lead_id" matter_lead_id: Field<String>,
            /// The users who work on the deal.
            "team_member_ids" team_member_ids: Field<Vec<String>>,
        }
    }
}

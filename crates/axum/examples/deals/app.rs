//! The service: one handler an operation. The tests run it, too.

use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use pipelint::{Options, Payload, leadlex, ruddr, slant};
use pipelint_axum::{CheckedJson, Settings};

/// The service, with requests checked by those settings.
pub(crate) fn app(settings: Settings) -> Router {
    Router::new()
        .route("/v1/deals", post(create_deal))
        .route(
            "/v1/households/{household_id}/opportunities",
            post(create_opportunity),
        )
        .route("/opportunity-stages", post(create_stage))
        .layer(settings)
}

async fn create_deal(deal: CheckedJson<leadlex::CreateDeal>) -> Response {
    let deal = deal.into_inner();
    let made = leadlex::Deal::builder("deal-001", deal.name)
        .stage(deal.stage)
        .pipeline(deal.pipeline)
        .estimated_value(deal.estimated_value)
        .probability(deal.probability)
        .tags(deal.tags.unwrap_or_default())
        .status(match deal.status {
            None | Some(leadlex::Status::Active) => leadlex::DealStatus::Active,
            Some(leadlex::Status::Won) => leadlex::DealStatus::Won,
            Some(leadlex::Status::Lost) => leadlex::DealStatus::Lost,
        });
    created(leadlex::CreateDealResponse::builder(made.finish()))
}

async fn create_opportunity(
    Path(household): Path<String>,
    opportunity: CheckedJson<slant::CreateOpportunity>,
) -> Response {
    let opportunity = opportunity.into_inner();
    let made = slant::Opportunity::builder(
        "opportunity-001",
        opportunity.name,
        "book-001",
        slant::Pipeline::builder().name("Sales").finish(),
        slant::Stage::builder().name("Qualified").finish(),
        slant::User::builder().email("user@example.com").finish(),
    );
    created(
        made.household_id(household)
            .probability(opportunity.probability)
            .target_close_date(opportunity.target_close_date),
    )
}

async fn create_stage(stage: CheckedJson<ruddr::CreateOpportunityStage>) -> Response {
    let stage = stage.into_inner();
    let made = ruddr::OpportunityStage::builder("d4a8c1e7-5f32-4b69-80d3-a9e2f6c01b85")
        .name(stage.name)
        .description(stage.description.into_value())
        .probability(stage.probability)
        .status_id(stage.status_id)
        .is_active(stage.is_active.unwrap_or(true))
        .opportunity_pipeline_id(stage.opportunity_pipeline_id);
    created(made)
}

/// The answer, which is checked like what it answers.
fn created<T: Payload>(made: pipelint::typed::Builder<T>) -> Response {
    let now = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap_or_default();
    let options = Options::at(pipelint::Instant {
        seconds: now.as_secs().cast_signed(),
        nanos: 0,
    });
    match made.build(&options) {
        Ok(made) => (
            StatusCode::CREATED,
            [(CONTENT_TYPE, "application/json")],
            made.to_json(),
        )
            .into_response(),
        Err(refused) => (StatusCode::INTERNAL_SERVER_ERROR, refused.to_string()).into_response(),
    }
}

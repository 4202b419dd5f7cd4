//! The response to a refused request.

use axum::response::{IntoResponse, Response};

use crate::rejection::{Rejection, Reply};
use crate::{problem, vendor};

impl IntoResponse for Rejection {
    fn into_response(self) -> Response {
        match self.reply() {
            Reply::Problem => problem::reply(&self),
            Reply::Vendor => vendor::reply(&self),
            Reply::Own(reply) => reply(&self),
        }
    }
}

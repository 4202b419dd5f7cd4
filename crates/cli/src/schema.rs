//! `pipelint schema`.

use std::io::Write;

use pipelint::payloads;

use crate::CLEAN;
use crate::trouble::Trouble;

/// The name under which the configuration's schema is printed.
const CONFIG: &str = "config";

/// Prints the JSON Schema of the payload of that name, or of the configuration.
pub(crate) fn schema(name: &str, out: &mut dyn Write) -> Result<u8, Trouble> {
    if name == CONFIG {
        let schema = pipelint_config::json_schema();
        writeln!(out, "{schema:#}").map_err(Trouble::Write)?;
        return Ok(CLEAN);
    }
    let id = payloads::by_id(name).map_or(name, |payload| payload.id);
    let schema = pipelint_schemas::schema(id).ok_or_else(|| Trouble::no_such_payload(name))?;
    out.write_all(schema.as_bytes()).map_err(Trouble::Write)?;
    Ok(CLEAN)
}

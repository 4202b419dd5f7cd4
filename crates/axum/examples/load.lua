-- A deal with most of its fields.
wrk.method = "POST"
wrk.headers["content-type"] = "application/json"
wrk.body = [[
{
  "name": "Acme Corp Partnership",
  "stage": "Proposal",
  "status": "active",
  "pipeline": "Sales",
  "estimated_value": 50000.5,
  "contact_id": "contact-001",
  "owner_id": "user-001",
  "priority": "high",
  "deal_type": "employment",
  "notes": "Met at the spring conference. They want an offer for the northern region by summer.",
  "tags": ["partner", "spring"],
  "description": "A joint offer for the northern region.",
  "follow_up_date": "2030-03-15",
  "probability": 75,
  "currency": "EUR",
  "related_company_id": "company-001",
  "team_member_ids": ["user-002", "user-003"],
  "fee_model": "hourly"
}]]

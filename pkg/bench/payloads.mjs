// One good and one bad payload a system, as JSON text.

const text = (value) => JSON.stringify(value);
const deal = {
  name: 'Acme Corp Partnership', stage: 'Proposal', status: 'active', pipeline: 'Sales', estimated_value: 50000,
  contact_id: 'contact-001', owner_id: 'user-001', priority: 'high', deal_type: 'employment',
  notes: 'Met at the spring conference.', tags: ['partner', 'spring'], description: 'A joint offer for the northern region.',
  follow_up_date: '2030-03-15', probability: 60, currency: 'USD', related_company_id: 'company-001',
  relationship_partner_id: 'user-002', matter_lead_id: 'user-003', team_member_ids: ['user-002', 'user-003'], fee_model: 'hourly',
};
const opportunity = {
  name: 'New Investment Opportunity', value: 500000, probability: 75, target_close_date: '2030-06-28T17:00:00Z',
  pipeline_id: 'pipeline123xyz', pipeline_stage_id: 'stage123xyz', owner_id: 'user123xyz',
};
const stage = {
  name: 'Proposal Sent', probability: 0.45, statusId: 'open',
  opportunityPipelineId: 'b9c85ac3-1a1d-4f31-a0c5-6e7d3d8ee0b2', description: 'The buyer has our written offer and reviews it.', isActive: true,
};

export const PAYLOADS = {
  LeadLex: {
    id: 'leadlex/create-deal/request',
    valid: text(deal),
    invalid: text({ ...deal, status: 'open', probability: 160, estimated_value: '50000' }),
  },
  Slant: {
    id: 'slant/create-opportunity/request',
    valid: text(opportunity),
    invalid: text({ ...opportunity, probability: 175, value: 10.5, owner_id: 7 }),
  },
  Ruddr: {
    id: 'ruddr/create-opportunity-stage/request',
    valid: text(stage),
    invalid: text({ ...stage, probability: 45, statusId: 'opened', opportunityPipelineId: 'b9c85ac3' }),
  },
};

/** Many payloads like a good one, with other names, notes, IDs and amounts. */
export function others(valid) {
  const firms = ['North', 'Harbour', 'Acme', 'Contoso', 'Fabrikam', 'Meridian', 'Quarry', 'Umbra'];
  return Array.from({ length: 64 }, (_, number) => {
    const changed = Object.entries(JSON.parse(valid)).map(([name, value]) => {
      if (name === 'name') return [name, `${firms[number % 8]} Partnership ${number}`];
      if (/^(notes|description)$/.test(name)) return [name, `${firms[(number * 3) % 8]}: ${value}`];
      if (/_ids?$/.test(name)) return [name, JSON.parse(JSON.stringify(value).replace(/\d{3}/g, (digits) => String(+digits + number).padStart(3, '0')))];
      return [name, /value/.test(name) ? value + number : value];
    });
    // As if each had come by itself.
    return JSON.parse(JSON.stringify(Object.fromEntries(changed)));
  });
}

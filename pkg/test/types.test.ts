// What TypeScript infers; `npm run types` checks it.

import type { StandardJSONSchemaV1, StandardSchemaV1 } from '@standard-schema/spec';
import { describe, expectTypeOf, it } from 'vitest';
import { check, leadlex, ruddr, slant, type LeadlexCreateDealRequest, type PayloadTypes, type Report, type RuleName } from '../src/index.js';

describe('types', () => {
  it('come from the schemas', () => {
    expectTypeOf<LeadlexCreateDealRequest['name']>().toEqualTypeOf<string>();
    expectTypeOf<LeadlexCreateDealRequest['status']>().toEqualTypeOf<'active' | 'won' | 'lost' | undefined>();
    expectTypeOf<LeadlexCreateDealRequest['tags']>().toEqualTypeOf<string[] | undefined>();
    expectTypeOf<PayloadTypes['leadlex/create-deal']>().toEqualTypeOf<LeadlexCreateDealRequest>();
    expectTypeOf(ruddr.createOpportunityStage.parse).returns.toHaveProperty('statusId').toEqualTypeOf<'open' | 'won' | 'lost'>();
  });

  it('name the rules', () => {
    expectTypeOf<'schema/required'>().toExtend<RuleName>();
    expectTypeOf<'schema/nonsense'>().not.toExtend<RuleName>();
  });

  it('fit the standards', () => {
    expectTypeOf(slant.createOpportunity).toExtend<StandardSchemaV1>();
    expectTypeOf(slant.createOpportunity).toExtend<StandardJSONSchemaV1>();
    type Deal = StandardSchemaV1.InferOutput<typeof leadlex.createDeal>;
    expectTypeOf<Deal>().toEqualTypeOf<LeadlexCreateDealRequest>();
  });

  it('keep the kind of input', () => {
    expectTypeOf(check<string>).returns.toEqualTypeOf<Report<string>>();
    expectTypeOf<ReturnType<Report<string>['fixed']>>().toEqualTypeOf<string>();
  });
});

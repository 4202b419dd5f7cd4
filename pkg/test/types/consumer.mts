// A consumer without the DOM and without Node's types; `ssr.test.tsx` compiles it.

import { check, leadlex, type LeadlexCreateDealRequest, type Report, type StandardSchemaV1 } from 'pipelint';
import { leadlex as lazy } from 'pipelint/lazy';
import module from 'pipelint/pipelint.wasm';
import { ready } from 'pipelint/slim';

export const loaded: Promise<void> = ready(module);

type Equal<One, Other> = (<T>() => T extends One ? 1 : 2) extends <T>() => T extends Other ? 1 : 2 ? true : false;
const is = <_ extends true>(): void => undefined;

// Literals are widened, and parsed values can be changed.
const report = check('leadlex/create-deal', '{}');
is<Equal<typeof report, Report<string>>>();
const deal = leadlex.createDeal.parse('{}');
deal.name = 'Acme';
deal.tags?.push('a1');
const fixed = leadlex.createDeal.check({ name: 'Acme', status: 'Won' }).fixed();
fixed.status = 'won';

is<Equal<StandardSchemaV1.InferOutput<typeof leadlex.createDeal>, LeadlexCreateDealRequest>>();
is<Equal<StandardSchemaV1.InferInput<typeof lazy.createDeal>, LeadlexCreateDealRequest>>();

// Anything may be checked; what options do not have is refused.
leadlex.createDeal.check(undefined);
// @ts-expect-error: no such severity
leadlex.createDeal.with({ failOn: 'warn' });
// @ts-expect-error: no such option
leadlex.createDeal.with({ rulez: {} });
// @ts-expect-error: no such key of a policy
leadlex.createDeal.with({ policy: { schemas: [] } });
// @ts-expect-error: no such rule
leadlex.createDeal.with({ rules: { moneyy: 'off' } });
// @ts-expect-error: `coerce` needs a payload object
check('leadlex/create-deal', {}, { coerce: true });

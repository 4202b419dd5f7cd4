// The payload of all examples.

import { leadlex } from 'pipelint';

export * from './fields.js';

/** `coerce` takes what inputs give; `labels` makes messages say "Win probability". */
export const deal = leadlex.createDeal.with({ coerce: true, labels: 'title' });

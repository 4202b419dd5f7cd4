// The fields of the form, and what to show beside a field.

import type { Diagnostic, Report } from 'pipelint';

export const FIELDS = [
  { name: 'name', label: 'Deal name', hint: '' },
  { name: 'stage', label: 'Stage', hint: '' },
  { name: 'status', label: 'Status', hint: 'active, won or lost' },
  { name: 'estimated_value', label: 'Estimated value', hint: 'in whole units' },
  { name: 'currency', label: 'Currency', hint: 'for example USD' },
  { name: 'probability', label: 'Win probability (%)', hint: 'from 0 to 100' },
  { name: 'follow_up_date', label: 'Next follow-up', hint: 'for example 2030-03-15' },
] as const;

export type FieldName = (typeof FIELDS)[number]['name'];
export type Values = Record<FieldName, unknown>;

/** The values of an untouched form. */
export const EMPTY = Object.fromEntries(FIELDS.map(({ name }) => [name, ''])) as Values;

type Diagnosed = Pick<Report, 'diagnostics'>;

/** The error and the warnings of one field. */
export function about({ diagnostics }: Diagnosed, name: string): { error: Diagnostic | undefined; warnings: Diagnostic[] } {
  const own = diagnostics.filter(({ path }) => path[0] === name);
  return { error: own.find(({ severity }) => severity === 'error'), warnings: own.filter(({ severity }) => severity === 'warning') };
}

/** What a person reads: what is wrong, and what to do. */
export const sentence = ({ message, help }: Pick<Diagnostic, 'message' | 'help'>): string => (help === null ? message : `${message}. ${help}`);

/** What the fix button does, or nothing if there is no safe fix. */
export function fixTitle({ diagnostics }: Diagnosed): string {
  const titles = diagnostics.flatMap(({ fix }) => (fix?.applicability === 'safe' ? [fix.title] : []));
  return titles.length === 0 ? '' : `Fix: ${titles.join(', ')}`;
}

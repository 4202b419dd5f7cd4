// What both forms show: a labelled field with its error and its warnings beside it, and a button
// that applies the safe fixes.

import type { Diagnostic, LeadlexCreateDealRequest, Report } from 'pipelint';
import type { InputHTMLAttributes, SelectHTMLAttributes } from 'react';

export interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly options?: readonly string[];
  readonly hint?: string;
  readonly error?: string | undefined;
  /** What is to be said of the field; whether its error shows already is for the form to say. */
  readonly diagnostics: readonly Diagnostic[];
  readonly input: InputHTMLAttributes<HTMLInputElement> & SelectHTMLAttributes<HTMLSelectElement>;
}

export const FIELDS = [
  { name: 'name', label: 'Deal name', numeric: false },
  { name: 'stage', label: 'Stage', numeric: false },
  { name: 'status', label: 'Status', numeric: false, hint: 'active, won or lost' },
  { name: 'estimated_value', label: 'Estimated value', numeric: true },
  { name: 'currency', label: 'Currency', numeric: false, hint: 'for example USD' },
  { name: 'probability', label: 'Win probability (%)', numeric: true },
  { name: 'follow_up_date', label: 'Next follow-up', numeric: false, hint: 'for example 2030-03-15' },
] as const;

export function Field({ name, label, hint, error, diagnostics, input }: FieldProps) {
  const warnings = diagnostics.filter(({ severity }) => severity === 'warning');
  const help = diagnostics.find(({ severity, message }) => severity === 'error' && message === error)?.help;
  const described = [hint && `${name}-hint`, error && `${name}-error`, warnings.length > 0 && `${name}-warnings`];
  return (
    <div className="field">
      <label htmlFor={name}>{label}</label>
      <input
        {...input}
        id={name}
        autoComplete="off"
        aria-invalid={error !== undefined}
        aria-describedby={described.filter(Boolean).join(' ') || undefined}
      />
      {hint && <small id={`${name}-hint`}>{hint}</small>}
      <div aria-live="polite">
        {error && (
          <p className="error" id={`${name}-error`}>
            {error}
            {help && `. ${help}`}
          </p>
        )}
        {warnings.length > 0 && (
          <ul className="warning" id={`${name}-warnings`}>
            {warnings.map((warning) => (
              <li key={warning.rule}>
                {warning.message}. {warning.help}
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}

/** What is to be said of one field. */
export const about = (report: Report, name: string) => report.diagnostics.filter(({ path }) => path[0] === name);

interface MendProps {
  readonly report: Report<LeadlexCreateDealRequest>;
  readonly onMend: (deal: LeadlexCreateDealRequest) => void;
}

export function Mend({ report, onMend }: MendProps) {
  const fixes = report.diagnostics.flatMap(({ fix }) => (fix?.applicability === 'safe' ? [fix] : []));
  if (fixes.length === 0) return null;
  return (
    <button type="button" onClick={() => onMend(report.fixed())}>
      Fix: {fixes.map((fix) => fix.title).join(', ')}
    </button>
  );
}

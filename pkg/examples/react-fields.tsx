// A labelled field of a React form, with its error and its warnings, and the fix button.

import type { Diagnostic } from 'pipelint';
import type { InputHTMLAttributes } from 'react';
import { sentence } from './fields.js';

export interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly error: string | undefined;
  readonly warnings: readonly Diagnostic[];
  readonly input: InputHTMLAttributes<HTMLInputElement>;
}

export function Field({ name, label, hint, error, warnings, input }: FieldProps) {
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
          </p>
        )}
        {warnings.length > 0 && (
          <ul className="warning" id={`${name}-warnings`}>
            {warnings.map((warning) => (
              <li key={warning.rule}>{sentence(warning)}</li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}

export function Buttons({ fix, onFix }: { readonly fix: string; readonly onFix: () => void }) {
  return (
    <div className="buttons">
      <button type="submit">Create deal</button>
      {fix && (
        <button type="button" onClick={onFix}>
          {fix}
        </button>
      )}
    </div>
  );
}

// A React hook for forms without a form library.

import type { Payload, Report } from 'pipelint';
import { type FormEvent, useMemo, useState } from 'react';

export interface PayloadForm<Values> {
  readonly values: Values;
  readonly report: Report<Values>;
  /** Whether a field's error is to be shown: once it was left, or after a try to submit. */
  isShown(name: string): boolean;
  set(name: keyof Values & string, value: unknown): void;
  leave(name: string): void;
  /** Applies the safe fixes; all other values stay the same. */
  fix(): void;
  submit(event: FormEvent<HTMLFormElement>): void;
}

/** The state of a form for a payload that is configured with `coerce`. */
export function usePayload<Type, Values extends object>(payload: Payload<Type>, initial: Values, onSave: (value: Type) => void): PayloadForm<Values> {
  const [values, setValues] = useState(initial);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [isSubmitted, setSubmitted] = useState(false);
  const report = useMemo(() => payload.check(values) as Report<Values>, [payload, values]);
  return {
    values,
    report,
    isShown: (name) => isSubmitted || left.has(name),
    set: (name, value) => setValues((before) => ({ ...before, [name]: value })),
    leave: (name) => setLeft((before) => new Set([...before, name])),
    fix: () => setValues(report.fixed()),
    submit(event) {
      event.preventDefault();
      setSubmitted(true);
      if (report.ok) return onSave(payload.parse(values));
      const form = event.currentTarget;
      requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
    },
  };
}

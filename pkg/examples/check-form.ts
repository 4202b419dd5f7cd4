// A Svelte action, which is a plain function on a <form>: it checks what the inputs hold.

import type { Payload, Report } from 'pipelint';

export interface CheckFormOptions<Type> {
  /** A payload that is configured with `coerce`. */
  readonly payload: Payload<Type>;
  readonly onReport: (report: Report) => void;
  readonly onSave: (value: Type) => void;
}

export function checkForm<Type>(form: HTMLFormElement, { payload, onReport, onSave }: CheckFormOptions<Type>) {
  const check = () => {
    const report = payload.check(new FormData(form)) as Report;
    onReport(report);
    return report;
  };
  const submit = (event: Event) => {
    event.preventDefault();
    if (check().ok) return onSave(payload.parse(new FormData(form)));
    requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  };
  form.addEventListener('input', check);
  form.addEventListener('submit', submit);
  check();
  return {
    destroy() {
      form.removeEventListener('input', check);
      form.removeEventListener('submit', submit);
    },
  };
}

/** Writes what the safe fixes change into the inputs; all other inputs keep what was typed. */
export function fixForm(form: HTMLFormElement, report: Report): void {
  const fixed = report.fixed() as Record<string, unknown>;
  const before = JSON.parse(report.text as string) as Record<string, unknown>;
  for (const [name, value] of Object.entries(fixed)) {
    const input = form.elements.namedItem(name);
    if (value !== before[name] && input instanceof HTMLInputElement) input.value = String(value);
  }
  form.dispatchEvent(new Event('input'));
}

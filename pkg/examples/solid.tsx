/** @jsxImportSource solid-js */
// The same form with SolidJS.

import type { LeadlexCreateDealRequest } from 'pipelint';
import { createMemo, createSignal, For, Show } from 'solid-js';
import { createStore, unwrap } from 'solid-js/store';
import { about, deal, EMPTY, FIELDS, fixTitle, sentence } from './deal.js';

export function DealForm(props: { onSave: (deal: LeadlexCreateDealRequest) => void }) {
  const [values, setValues] = createStore({ ...EMPTY });
  const [left, setLeft] = createStore<Record<string, boolean>>({});
  const [isSubmitted, setSubmitted] = createSignal(false);
  const report = createMemo(() => deal.check({ ...values }));

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setSubmitted(true);
    if (report().ok) return props.onSave(deal.parse(unwrap(values)));
    (event.currentTarget as HTMLFormElement).querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  };

  return (
    <form noValidate aria-label="New deal" onSubmit={submit}>
      <For each={FIELDS}>
        {({ name, label, hint }) => {
          const found = createMemo(() => about(report(), name));
          const error = () => (isSubmitted() || left[name] ? found().error : undefined);
          return (
            <div class="field">
              <label for={name}>{label}</label>
              <input
                id={name}
                name={name}
                autocomplete="off"
                value={String(values[name])}
                onInput={({ currentTarget }) => setValues(name, currentTarget.value)}
                onBlur={() => setLeft(name, true)}
                aria-invalid={error() !== undefined}
                aria-describedby={`${name}-hint ${name}-error ${name}-warnings`}
              />
              <small id={`${name}-hint`}>{hint}</small>
              <div aria-live="polite">
                <Show when={error()}>{(one) => <p class="error" id={`${name}-error`}>{sentence(one())}</p>}</Show>
                <Show when={found().warnings.length > 0}>
                  <ul class="warning" id={`${name}-warnings`}>
                    <For each={found().warnings}>{(warning) => <li>{sentence(warning)}</li>}</For>
                  </ul>
                </Show>
              </div>
            </div>
          );
        }}
      </For>
      <div class="buttons">
        <button type="submit">Create deal</button>
        <Show when={fixTitle(report())}>
          {(title) => (
            <button type="button" onClick={() => setValues(report().fixed())}>
              {title()}
            </button>
          )}
        </Show>
      </div>
    </form>
  );
}

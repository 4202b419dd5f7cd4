// The same form with React alone and the hook of `use-payload.ts`.

import type { LeadlexCreateDealRequest } from 'pipelint';
import { about, deal, EMPTY, FIELDS, fixTitle, sentence } from './deal.js';
import { Buttons, Field } from './react-fields.js';
import { usePayload } from './use-payload.js';

export function DealForm({ onSave }: { onSave: (deal: LeadlexCreateDealRequest) => void }) {
  const form = usePayload(deal, EMPTY, onSave);
  return (
    <form noValidate aria-label="New deal" onSubmit={form.submit}>
      {FIELDS.map((field) => {
        const { error, warnings } = about(form.report, field.name);
        return (
          <Field
            key={field.name}
            {...field}
            error={error && form.isShown(field.name) ? sentence(error) : undefined}
            warnings={warnings}
            input={{
              value: String(form.values[field.name]),
              onBlur: () => form.leave(field.name),
              onChange: ({ target }) => form.set(field.name, target.value),
            }}
          />
        );
      })}
      <Buttons fix={fixTitle(form.report)} onFix={form.fix} />
    </form>
  );
}

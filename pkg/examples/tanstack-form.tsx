// The same form with TanStack Form.

import { useForm } from '@tanstack/react-form';
import type { LeadlexCreateDealRequest } from 'pipelint';
import { about, deal, EMPTY, FIELDS, fixTitle, sentence } from './deal.js';
import { Buttons, Field } from './react-fields.js';

export function DealForm({ onSave }: { onSave: (deal: LeadlexCreateDealRequest) => void }) {
  const form = useForm({
    defaultValues: EMPTY as LeadlexCreateDealRequest,
    validators: { onChange: deal, onSubmit: deal },
    // The form's values are what inputs give; the payload is what the contract makes of them.
    onSubmit: ({ value }) => onSave(deal.parse(value)),
    // Once the errors are shown, the first one gets the focus.
    onSubmitInvalid: () => requestAnimationFrame(() => document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()),
  });

  return (
    <form
      noValidate
      aria-label="New deal"
      onSubmit={(event) => {
        event.preventDefault();
        void form.handleSubmit();
      }}
    >
      <form.Subscribe selector={(state) => state.values}>
        {(values) => {
          const report = deal.check(values);
          return (
            <>
              {FIELDS.map((field) => {
                const { error, warnings } = about(report, field.name);
                return (
                  <form.Field key={field.name} name={field.name}>
                    {({ state, handleBlur, handleChange }) => (
                      <Field
                        {...field}
                        error={state.meta.isTouched && error ? sentence(error) : undefined}
                        warnings={warnings}
                        input={{
                          value: state.value as string | number,
                          onBlur: handleBlur,
                          onChange: ({ target }) => handleChange(target.value as never),
                        }}
                      />
                    )}
                  </form.Field>
                );
              })}
              <Buttons
                fix={fixTitle(report)}
                onFix={() => {
                  const fixed = report.fixed();
                  for (const { name } of FIELDS) if (fixed[name] !== values[name]) form.setFieldValue(name, fixed[name] as never);
                }}
              />
            </>
          );
        }}
      </form.Subscribe>
    </form>
  );
}

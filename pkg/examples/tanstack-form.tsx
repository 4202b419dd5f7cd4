// The same form with TanStack Form.

import { useForm } from '@tanstack/react-form';
import { leadlex, type LeadlexCreateDealRequest } from 'pipelint';
import { about, Field, FIELDS, Mend } from './fields.js';

export function DealForm({ onSave }: { onSave: (deal: LeadlexCreateDealRequest) => void }) {
  const form = useForm({
    defaultValues: {} as LeadlexCreateDealRequest,
    validators: { onChange: leadlex.createDeal, onSubmit: leadlex.createDeal },
    onSubmit: ({ value }) => onSave(value),
    // Once the errors are shown, the first one has the focus.
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
          const report = leadlex.createDeal.check(values);
          return (
            <>
              {FIELDS.map(({ name, numeric, ...rest }) => (
                <form.Field key={name} name={name}>
                  {(field) => (
                    <Field
                      name={name}
                      {...rest}
                      error={field.state.meta.isTouched ? field.state.meta.errors[0]?.message : undefined}
                      diagnostics={about(report, name)}
                      input={{
                        value: (field.state.value as string | number | undefined) ?? '',
                        onBlur: field.handleBlur,
                        onChange: ({ target }) => {
                          const value = target.value === '' ? undefined : numeric ? Number(target.value) : target.value;
                          field.handleChange(value as never);
                        },
                      }}
                    />
                  )}
                </form.Field>
              ))}
              <Mend report={report} onMend={(deal) => form.reset(deal, { keepDefaultValues: true })} />
            </>
          );
        }}
      </form.Subscribe>
      <button type="submit">Create deal</button>
    </form>
  );
}

// A "create deal" form with react-hook-form. Errors block; warnings are shown and do not.

import { standardSchemaResolver } from '@hookform/resolvers/standard-schema';
import type { LeadlexCreateDealRequest } from 'pipelint';
import { useForm } from 'react-hook-form';
import { about, deal, EMPTY, FIELDS, fixTitle, sentence } from './deal.js';
import { Buttons, Field } from './react-fields.js';

export function DealForm({ onSave }: { onSave: (deal: LeadlexCreateDealRequest) => void }) {
  const form = useForm<LeadlexCreateDealRequest>({
    resolver: standardSchemaResolver(deal),
    defaultValues: EMPTY as never,
    mode: 'onChange',
  });
  const { errors } = form.formState;
  const values = form.watch();
  const report = deal.check(values);

  return (
    <form noValidate aria-label="New deal" onSubmit={form.handleSubmit(onSave)}>
      {FIELDS.map((field) => {
        const { error, warnings } = about(report, field.name);
        return (
          <Field
            key={field.name}
            {...field}
            error={errors[field.name] && error && sentence(error)}
            warnings={warnings}
            input={form.register(field.name)}
          />
        );
      })}
      <Buttons
        fix={fixTitle(report)}
        onFix={() => {
          // Only what a fix changes is another value: the other inputs keep what was typed.
          const fixed = report.fixed();
          for (const { name } of FIELDS) {
            if (fixed[name] !== values[name]) form.setValue(name, fixed[name], { shouldDirty: true, shouldValidate: true });
          }
        }}
      />
    </form>
  );
}

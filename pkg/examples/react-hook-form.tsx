// A "create deal" form with react-hook-form. Errors block; warnings are shown and do not.

import { standardSchemaResolver } from '@hookform/resolvers/standard-schema';
import { leadlex, type LeadlexCreateDealRequest } from 'pipelint';
import { useForm } from 'react-hook-form';
import { about, Field, FIELDS, Mend } from './fields.js';

export function DealForm({ onSave }: { onSave: (deal: LeadlexCreateDealRequest) => void }) {
  const form = useForm<LeadlexCreateDealRequest>({
    resolver: standardSchemaResolver(leadlex.createDeal),
    mode: 'onChange',
  });
  const { errors } = form.formState;
  const report = leadlex.createDeal.check(form.watch());

  return (
    <form noValidate aria-label="New deal" onSubmit={form.handleSubmit(onSave)}>
      {FIELDS.map(({ name, numeric, ...field }) => (
        <Field
          key={name}
          name={name}
          {...field}
          error={errors[name]?.message}
          diagnostics={about(report, name)}
          input={form.register(name, {
            // An empty field is a property that is not there.
            setValueAs: (text?: string) => (text === '' || text === undefined ? undefined : numeric ? Number(text) : text),
          })}
        />
      ))}
      <Mend report={report} onMend={(deal) => form.reset(deal, { keepDirty: true, keepTouched: true })} />
      <button type="submit">Create deal</button>
    </form>
  );
}

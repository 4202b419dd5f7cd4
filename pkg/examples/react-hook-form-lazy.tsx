// The same form with `pipelint/lazy`: the page loads a few kilobytes, the rest when it is idle.

import { standardSchemaResolver } from '@hookform/resolvers/standard-schema';
import { leadlex, type LazyReport, type LeadlexCreateDealRequest } from 'pipelint/lazy';
import { useEffect, useState } from 'react';
import { useForm } from 'react-hook-form';
import { Buttons, Field } from './react-fields.js';
import { about, EMPTY, FIELDS, fixTitle } from './fields.js';

const deal = leadlex.createDeal.with({ coerce: true, labels: 'title' });

/** The report on values that change: the last one while another is on its way. */
function useReport(values: LeadlexCreateDealRequest): LazyReport<LeadlexCreateDealRequest> | undefined {
  const [report, setReport] = useState<LazyReport<LeadlexCreateDealRequest>>();
  const key = JSON.stringify(values);
  useEffect(() => {
    let isCurrent = true;
    void Promise.resolve(deal.check(values))
      .then((next) => isCurrent && setReport(next))
      // Without the rest of the package there is nothing to show; a submit tries again.
      .catch(() => undefined);
    return () => {
      isCurrent = false;
    };
  }, [key]);
  return report;
}

export function DealForm({ onSave }: { onSave: (deal: LeadlexCreateDealRequest) => void }) {
  const form = useForm<LeadlexCreateDealRequest>({ resolver: standardSchemaResolver(deal), defaultValues: EMPTY as never, mode: 'onChange' });
  const { errors } = form.formState;
  const values = form.watch();
  const report = useReport(values);

  return (
    <form noValidate aria-label="New deal" onSubmit={form.handleSubmit(onSave)}>
      {FIELDS.map((field) => {
        const found = report && about(report, field.name);
        const help = found?.error?.help;
        const message = errors[field.name]?.message;
        return (
          <Field
            key={field.name}
            {...field}
            error={message && (help ? `${message}. ${help}` : message)}
            warnings={found?.warnings ?? []}
            input={form.register(field.name)}
          />
        );
      })}
      <Buttons
        fix={report ? fixTitle(report) : ''}
        onFix={() => {
          const fixed = report!.fixed();
          for (const { name } of FIELDS) {
            if (fixed[name] !== values[name]) form.setValue(name, fixed[name], { shouldDirty: true, shouldValidate: true });
          }
        }}
      />
    </form>
  );
}

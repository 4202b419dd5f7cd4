// A Vue composable for forms without a form library.

import type { Payload, Report } from 'pipelint';
import { computed, nextTick, reactive, ref } from 'vue';

/** The state of a form for a payload that is configured with `coerce`. */
export function usePayload<Type, Values extends object>(payload: Payload<Type>, initial: Values, onSave: (value: Type) => void) {
  const values = reactive({ ...initial }) as Values;
  const left = reactive(new Set<string>());
  const isSubmitted = ref(false);
  const report = computed(() => payload.check({ ...values }) as Report<Values>);
  return {
    values,
    report,
    isShown: (name: string) => isSubmitted.value || left.has(name),
    leave: (name: string) => left.add(name),
    /** Applies the safe fixes; all other values stay the same. */
    fix: () => Object.assign(values, report.value.fixed()),
    async submit(event: Event) {
      isSubmitted.value = true;
      if (report.value.ok) return onSave(payload.parse({ ...values }));
      await nextTick();
      (event.target as HTMLElement).querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
    },
  };
}

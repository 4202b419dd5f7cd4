// Fixes of objects: only what a fix changes is replaced, all else stays the same reference.

type Container = Record<string, unknown> | unknown[];

const isContainer = (value: unknown): value is Container => typeof value === 'object' && value !== null;

/** Whether two values that JSON.parse made are equal. */
function isEqual(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (!isContainer(one) || !isContainer(other) || Array.isArray(one) !== Array.isArray(other)) return false;
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => Object.hasOwn(other, name) && isEqual((one as never)[name], (other as never)[name]))
  );
}

/**
 * `original` with the difference between its JSON before and after a fix. Containers on the way to
 * a change are copied, with their prototypes and all that JSON leaves out.
 */
export function graft(original: unknown, before: unknown, after: unknown): unknown {
  if (isEqual(before, after)) return original;
  const fits =
    isContainer(original) &&
    isContainer(before) &&
    isContainer(after) &&
    Array.isArray(original) === Array.isArray(before) &&
    Array.isArray(before) === Array.isArray(after) &&
    typeof (original as { toJSON?: unknown }).toJSON !== 'function';
  if (!fits) return after;
  return Array.isArray(original)
    ? graftItems(original, before as unknown[], after as unknown[])
    : graftProperties(original, before as Record<string, unknown>, after as Record<string, unknown>);
}

function graftItems(original: readonly unknown[], before: readonly unknown[], after: readonly unknown[]): unknown[] {
  const items: unknown[] = [];
  let surplus = before.length - after.length;
  let from = 0;
  for (const item of after) {
    // A fix that shortens an array removes items and keeps the order of the others.
    while (surplus > 0 && !isEqual(before[from], item)) {
      from++;
      surplus--;
    }
    items.push(from < before.length ? graft(original[from], before[from], item) : item);
    from++;
  }
  return items;
}

function graftProperties(original: object, before: Record<string, unknown>, after: Record<string, unknown>): object {
  const copy = Object.create(Object.getPrototypeOf(original) as object | null) as object;
  const set = (name: string, value: unknown) =>
    Object.defineProperty(copy, name, { value, configurable: true, enumerable: true, writable: true });
  for (const name of Reflect.ownKeys(original)) {
    const descriptor = Object.getOwnPropertyDescriptor(original, name)!;
    const isKnown = typeof name === 'string' && Object.hasOwn(before, name);
    if (!isKnown || (Object.hasOwn(after, name) && isEqual(before[name], after[name]))) Object.defineProperty(copy, name, descriptor);
    else if (Object.hasOwn(after, name)) set(name, graft((original as Record<string, unknown>)[name], before[name], after[name]));
  }
  for (const name of Object.keys(after)) if (!Object.hasOwn(before, name)) set(name, after[name]);
  return copy;
}

// The corpus that every surface runs, with expected diagnostics in JavaScript's offsets.

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Diagnostic } from '../src/index.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '../../tests/corpus');

export interface Case {
  readonly name: string;
  readonly payload: string;
  readonly bytes: Uint8Array;
  /** The expected diagnostics as text, with UTF-16 offsets. */
  readonly expected: string;
}

export const now = readFileSync(join(root, 'now'), 'utf8').trim();

/** The fields that the corpus keeps of a diagnostic and of its fix, in its order. */
export const FIELDS = [
  'rule', 'severity', 'message', 'pointer', 'line', 'column', 'offset', 'length', 'help', 'source', 'fix',
  'title', 'applicability', 'edits', 'text', 'adviser',
];

/** A diagnostic as the corpus records it: the JSON output, and the adviser. */
export const recorded = (diagnostic: Diagnostic) => ({
  ...diagnostic.toJSON(),
  ...(diagnostic.adviser && { adviser: diagnostic.adviser }),
});

interface Span {
  offset: number;
  length: number;
}

/** Every case of the systems that the package knows. */
export function cases(): Case[] {
  const found: Case[] = [];
  for (const file of readdirSync(root, { recursive: true, encoding: 'utf8' }).sort()) {
    const [system, operation, part, name] = file.split(sep);
    const match = /^(.*?)(?<!\.expected)\.(json|bin)$/.exec(name ?? '');
    // A made-up system shows that schemas are enough; the package does not carry it.
    if (match === null || system === 'acme') continue;
    const bytes = new Uint8Array(readFileSync(join(root, file)));
    const expectation = readFileSync(join(root, system!, operation!, part!, `${match[1]}.expected.json`), 'utf8');
    found.push({
      name: file,
      payload: `${system}/${operation}/${part}`,
      bytes,
      expected: converted(expectation, bytes),
    });
  }
  return found;
}

/** Every case that is JSON, as a value. */
export function* parsedCases(): Generator<Case & { readonly value: unknown }> {
  for (const one of cases()) {
    let value: unknown;
    try {
      value = JSON.parse(new TextDecoder().decode(one.bytes));
    } catch {
      continue;
    }
    yield { ...one, value };
  }
}

/** The one documented difference: byte offsets become UTF-16 offsets. */
function converted(expectation: string, bytes: Uint8Array): string {
  const units = (offset: number) => Buffer.from(bytes.subarray(0, offset)).toString('utf8').length;
  const diagnostics = JSON.parse(expectation) as (Span & { fix: { edits: Span[] } | null })[];
  for (const span of diagnostics.flatMap((diagnostic) => [diagnostic, ...(diagnostic.fix?.edits ?? [])])) {
    const end = units(span.offset + span.length);
    span.offset = units(span.offset);
    span.length = end - span.offset;
  }
  return JSON.stringify(diagnostics, null, 2);
}

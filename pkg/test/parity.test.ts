// The corpus gives the same diagnostics as in the native library, byte for byte after the conversion
// of offsets. `pages.test.ts` tests the same in Chromium.

import { describe, expect, it } from 'vitest';
import { check, type PayloadName } from '../src/index.js';
import { cases, FIELDS, now, recorded } from './corpus.js';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

describe('the corpus', () => {
  it('is there', () => expect(cases().length).toBeGreaterThan(50));

  it.each(cases())('$name', ({ payload, bytes, expected }) => {
    const report = check(payload as PayloadName, bytes, { now });
    expect(JSON.stringify(report.diagnostics.map(recorded), FIELDS, 2)).toBe(expected);

    let text;
    try {
      text = decoder.decode(bytes);
    } catch {
      return;
    }
    const again = check(payload as PayloadName, text, { now });
    expect(again.toJSON()).toEqual(report.toJSON());
    for (const diagnostic of again.diagnostics) {
      expect(diagnostic.offset + diagnostic.length).toBeLessThanOrEqual(text.length);
    }
  });
});

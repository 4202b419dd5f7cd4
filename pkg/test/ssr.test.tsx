import { createRequire } from 'node:module';
import { build } from 'esbuild';
import { renderToString } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { DealForm as HookForm } from '../examples/react-hook-form.js';
import { DealForm as TanStackForm } from '../examples/tanstack-form.js';

describe('a form rendered on the server', () => {
  it.each([HookForm, TanStackForm])('has its fields', (Form) => {
    const html = renderToString(<Form onSave={() => undefined} />);
    expect(html).toContain('Win probability');
    expect(html).toContain('aria-label="New deal"');
  });
});

describe('the built package in Node', () => {
  it('is there as CommonJS', () => {
    const { leadlex } = createRequire(import.meta.url)('pipelint') as typeof import('../src/index.js');
    expect(leadlex.createDeal.check('{"name":"Acme"}').ok).toBe(true);
  });

  it('is there with a module of its own', async () => {
    const slim = await import('pipelint/slim');
    expect(() => slim.check('leadlex/create-deal', '{}')).toThrow(/ready/);
    await slim.ready();
    expect(slim.check('leadlex/create-deal', '{}').ok).toBe(false);
  });

  it('is bundled for a page with nothing configured', async () => {
    for (const name of ['pipelint', 'pipelint/slim']) {
      const stdin = { contents: `export { check } from '${name}'`, resolveDir: import.meta.dirname };
      const { warnings } = await build({ stdin, bundle: true, platform: 'browser', format: 'esm', write: false, logLevel: 'silent' });
      expect(warnings).toEqual([]);
    }
  });

  it('carries the schemas', async () => {
    const schema = await import('pipelint/schemas/leadlex/create-deal/request.json', { with: { type: 'json' } });
    expect(schema.default).toHaveProperty('required', ['name']);
  });
});

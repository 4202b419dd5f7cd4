import { spawnSync } from 'node:child_process';
import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { renderToString } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { DealForm as ReactForm } from '../examples/react.js';
import { DealForm as HookForm } from '../examples/react-hook-form.js';
import { DealForm as LazyForm } from '../examples/react-hook-form-lazy.js';
import { DealForm as TanStackForm } from '../examples/tanstack-form.js';

describe('a form rendered on the server', () => {
  it.each([ReactForm, HookForm, LazyForm, TanStackForm])('has its fields', (Form) => {
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

  it('is there lazily, as an ES module and as CommonJS', async () => {
    for (const lazy of [await import('pipelint/lazy'), createRequire(import.meta.url)('pipelint/lazy') as typeof import('../src/lazy.js')]) {
      expect(lazy.leadlex.createDeal.parse({ name: 'Acme' })).toEqual({ name: 'Acme' });
      // On a server nothing is loaded before it is needed.
      expect(lazy.isReady()).toBe(false);
      expect((await lazy.leadlex.createDeal.check({})).ok).toBe(false);
      expect(lazy.isReady()).toBe(true);
    }
  });

  it('is there with a module of its own', async () => {
    const slim = await import('pipelint/slim');
    expect(() => slim.check('leadlex/create-deal', '{}')).toThrow(/ready/);
    await slim.ready();
    expect(slim.check('leadlex/create-deal', '{}').ok).toBe(false);
  });

  it('says what to do where a bundler has not copied the module', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pipelint-'));
    try {
      const stdin = { contents: "export * from 'pipelint/slim'", resolveDir: import.meta.dirname };
      await build({ stdin, bundle: true, format: 'esm', platform: 'neutral', outfile: join(folder, 'bundle.mjs'), logLevel: 'silent' });
      const slim = (await import(pathToFileURL(join(folder, 'bundle.mjs')).href)) as typeof import('../src/slim.js');
      await expect(slim.ready()).rejects.toThrow(/pipelint\.wasm: .*pass its URL to `ready\(url\)`/);
      await expect(slim.ready(new Response('<html>', { headers: { 'content-type': 'text/html' } }))).rejects.toThrow(/not a WebAssembly module/);
      await slim.ready(readFileSync(new URL('../dist/pipelint.wasm', import.meta.url)));
      expect(slim.check('leadlex/create-deal', '{}').ok).toBe(false);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('is bundled for a page with nothing configured', async () => {
    for (const name of ['pipelint', 'pipelint/slim', 'pipelint/lazy']) {
      const stdin = { contents: `export { leadlex } from '${name}'`, resolveDir: import.meta.dirname };
      const { warnings } = await build({ stdin, bundle: true, platform: 'browser', format: 'esm', write: false, logLevel: 'silent' });
      expect(warnings).toEqual([]);
    }
  });

  it('carries the schemas, as written and with standard keywords only', async () => {
    const schema = await import('pipelint/schemas/leadlex/create-deal/request.json', { with: { type: 'json' } });
    expect(schema.default).toHaveProperty('required', ['name']);
    expect(schema.default).toHaveProperty('meaning');
    const { leadlex } = await import('pipelint');
    expect(leadlex.createDeal.schema).not.toHaveProperty('meaning');
  });
});

describe('services', () => {
  const good = JSON.stringify({ name: 'Acme' });

  it('with Express answer 422 to a request without a content type', async () => {
    const { app } = (await import(new URL('../examples/express.mjs', import.meta.url).href)) as { app: { listen(port: number, host: string): Server } };
    const server = app.listen(0, '127.0.0.1');
    await new Promise((listening) => server.once('listening', listening));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/deals`;
    const send = async (headers: Record<string, string>, body: string) => fetch(url, { method: 'POST', headers, body: new TextEncoder().encode(body) });
    const missing = await send({}, good);
    expect(missing.status).toBe(422);
    expect(JSON.stringify(await missing.json())).toContain('undefined');
    expect((await send({ 'content-type': 'application/json' }, good)).status).toBe(201);
    expect((await send({ 'content-type': 'application/json' }, '{"name":"Acme","probability":120}')).status).toBe(422);
    server.close();
  });

  it('with Hono check the bytes of a body', async () => {
    const { app } = (await import(new URL('../examples/hono.mjs', import.meta.url).href)) as { app: { request(path: string, init: RequestInit): Promise<Response> } };
    const send = (body: string) => app.request('/deals', { method: 'POST', body: new TextEncoder().encode(body) });
    expect((await send(good)).status).toBe(201);
    expect((await send('')).status).toBe(422);
    expect(await (await send('{"name":"Acme",}')).json()).toMatchObject({ errors: [{ rule: 'json/syntax' }] });
  });
});

describe('under Jest with jsdom', () => {
  it('checks, although there is no TextEncoder', () => {
    const { status, stderr } = spawnSync(process.execPath, [fileURLToPath(new URL('../node_modules/jest/bin/jest.js', import.meta.url)), '--config', fileURLToPath(new URL('jest/jest.config.json', import.meta.url))], { encoding: 'utf8' });
    expect(stderr).toContain('2 passed');
    expect(status).toBe(0);
  });
});

describe('types', () => {
  it('need neither the DOM nor Node, and refuse what options do not have', () => {
    const project = fileURLToPath(new URL('types/tsconfig.json', import.meta.url));
    const { status, stdout } = spawnSync(process.execPath, [fileURLToPath(new URL('../node_modules/typescript/bin/tsc', import.meta.url)), '--project', project], { encoding: 'utf8' });
    expect(stdout).toBe('');
    expect(status).toBe(0);
  });
});

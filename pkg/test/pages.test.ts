// Real pages in Chromium, under a content security policy as strict as modules allow.

import { mkdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type * as Pipelint from '../src/index.js';
import { cases, FIELDS, now } from './corpus.js';

declare const window: Window & { pipelint: typeof Pipelint; slim: () => Promise<typeof import('../src/slim.js')> };

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const SHOTS = at('../node_modules/.shots');
const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.wasm': 'application/wasm' };

let server: Server;
let browser: Browser;
let origin: string;
const complaints: string[] = [];

beforeAll(async () => {
  await build({ configFile: at('pages/vite.config.ts') });
  server = createServer((request, response) => {
    const path = new URL(request.url!, 'http://localhost').pathname;
    const folders = path.startsWith('/dist/') ? [at('..')] : [at('../node_modules/.pages'), at('pages')];
    for (const folder of folders) {
      try {
        const body = readFileSync(join(folder, path));
        response.writeHead(200, {
          'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
          'content-security-policy': "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'",
        });
        response.end(body);
        return;
      } catch {
        // The next folder may have it.
      }
    }
    response.writeHead(path === '/favicon.ico' ? 204 : 404).end();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  mkdirSync(SHOTS, { recursive: true });
  browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    // Nothing of the browser's own goes out to the network.
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}, 240_000);

afterAll(async () => {
  await browser?.close();
  server?.close();
});

async function open(path: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 640, height: 900 } });
  complaints.length = 0;
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(origin + path);
  return page;
}

describe('a page without a bundler', () => {
  it('checks', async () => {
    const page = await open('/plain.html');
    await page.waitForSelector('#out:not(:empty)');
    expect(await page.textContent('#out')).toContain('at most 100');
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('gives the diagnostics of the corpus, byte for byte', async () => {
    const page = await open('/plain.html');
    await page.waitForFunction(() => window.pipelint);
    const all = cases();
    const found = await page.evaluate(
      ([inputs, time]) =>
        inputs.map(({ payload, bytes }) => {
          const report = window.pipelint.check(payload as Pipelint.PayloadName, new Uint8Array(bytes), { now: time });
          return report.diagnostics.map((one) => ({ ...one.toJSON(), ...(one.adviser && { adviser: one.adviser }) }));
        }),
      [all.map(({ payload, bytes }) => ({ payload, bytes: [...bytes] })), now] as const,
    );
    for (const [index, { name, expected }] of all.entries()) {
      expect(JSON.stringify(found[index], FIELDS, 2), name).toBe(expected);
    }
    await page.close();
  });

  it('loads the module from its own file', async () => {
    const page = await open('/plain.html');
    await page.waitForFunction(() => window.slim);
    const rules = await page.evaluate(async () => {
      const slim = await window.slim();
      await slim.ready();
      return slim.check('leadlex/create-deal', '{}').errors.map((error) => error.rule);
    });
    expect(rules).toEqual(['schema/required']);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('checks in a worker', async () => {
    const page = await open('/plain.html');
    const found = await page.evaluate(
      () =>
        new Promise((answer) => {
          const worker = new Worker('/worker.js', { type: 'module' });
          worker.onmessage = ({ data }) => answer(data);
          worker.postMessage('{"name":"Acme","probability":-1}');
        }),
    );
    expect(found).toMatchObject([{ rule: 'schema/minimum', pointer: '/probability' }]);
    await page.close();
  });
});

describe.each(['react-hook-form', 'tanstack-form'])('a form with %s', (library) => {
  it('blocks on errors, shows warnings, and offers fixes', async () => {
    const page = await open(`/${library}.html`);
    const field = (label: string) => page.getByLabel(label);
    await field('Deal name').waitFor();

    // By keyboard alone.
    await field('Deal name').focus();
    await page.keyboard.type('Acme');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Proposal');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Won');
    await field('Win probability (%)').fill('120');
    await field('Estimated value').fill('50000');
    await field('Currency').fill('HRK');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#probability-error');

    const probability = field('Win probability (%)');
    expect(await probability.getAttribute('aria-invalid')).toBe('true');
    expect(await page.textContent('#probability-error')).toContain('at most 100');
    expect(await probability.getAttribute('aria-describedby')).toContain('probability-error');
    expect(await page.textContent('#status-error')).toContain('Won');
    expect(await page.textContent('#currency-warnings')).toContain('HRK');
    expect(await page.textContent('#saved')).toBe('');
    // The first field with an error has the focus, and a screen reader hears what to do about it.
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('status');
    expect(await page.textContent('#status-error')).toContain('Write `"won"`.');
    await page.screenshot({ path: join(SHOTS, `${library}-errors.png`) });

    await page.getByRole('button', { name: /Write/ }).click();
    await expect.poll(() => field('Status').inputValue()).toBe('won');
    await probability.fill('100');
    await page.getByRole('button', { name: 'Create deal' }).click();
    // The warning about the currency does not block.
    await expect.poll(() => page.textContent('#saved')).toContain('"currency":"HRK"');
    expect(JSON.parse((await page.textContent('#saved'))!)).toMatchObject({ name: 'Acme', status: 'won', probability: 100 });
    await page.screenshot({ path: join(SHOTS, `${library}-saved.png`) });
    expect(complaints).toEqual([]);
    await page.close();
  });
});

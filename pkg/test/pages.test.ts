// Real pages in Chromium, under a content security policy as strict as modules allow.

import { createHash } from 'node:crypto';
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
import { PAGES } from './pages/vite.config.js';

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
    const folders = /^\/(dist|examples)\//.test(path) ? [at('..')] : [at('../node_modules/.pages'), at('pages')];
    for (const folder of folders) {
      try {
        const body = readFileSync(join(folder, path));
        // An import map is an inline script, which a policy has to name.
        const map = /<script type="importmap">([^]*?)<\/script>/.exec(extname(path) === '.html' ? body.toString() : '');
        const hash = map === null ? '' : ` 'sha256-${createHash('sha256').update(map[1]!).digest('base64')}'`;
        response.writeHead(200, {
          'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
          'content-security-policy': `default-src 'self'; script-src 'self' 'wasm-unsafe-eval'${hash}`,
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
  await page.goto(path.startsWith('about:') ? path : origin + path);
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

const FORMS = [...PAGES, 'plain'].map((name) => [name, name === 'plain' ? '/examples/plain.html' : `/${name}.html`] as const);

describe.each(FORMS)('a form with %s', (library, path) => {
  const field = (page: Page, label: string) => page.getByLabel(label);
  const saved = (page: Page) => page.textContent('#saved');

  it('blocks on errors, shows warnings, and offers fixes', async () => {
    const page = await open(path);
    await field(page, 'Deal name').waitFor();
    await page.screenshot({ path: join(SHOTS, `${library}-empty.png`) });

    // By keyboard alone.
    await field(page, 'Deal name').focus();
    await page.keyboard.type('Acme');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Proposal');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Won');
    await field(page, 'Win probability (%)').fill('120');
    await field(page, 'Estimated value').fill('50000');
    await field(page, 'Currency').fill('HRK');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#probability-error');

    const probability = field(page, 'Win probability (%)');
    expect(await probability.getAttribute('aria-invalid')).toBe('true');
    // Messages call fields as people do.
    expect(await page.textContent('#probability-error')).toContain('Win probability must be at most 100, not 120');
    expect(await page.textContent('#status-error')).toContain('Won');
    expect(await page.textContent('#currency-warnings')).toContain('HRK');
    expect(await page.textContent('form')).not.toMatch(/`(status|probability|currency)`/);
    expect(await saved(page)).toBe('');
    // The first field with an error gets the focus, and a screen reader reads what to do about it.
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('status');
    expect(await page.textContent('#status-error')).toContain('Write "won".');
    await page.screenshot({ path: join(SHOTS, `${library}-errors.png`) });

    await page.getByRole('button', { name: /Write/ }).click();
    await expect.poll(() => field(page, 'Status').inputValue()).toBe('won');
    await probability.fill('100');
    await page.getByRole('button', { name: 'Create deal' }).click();
    // The warning about the currency does not block; the payload has numbers.
    await expect.poll(() => saved(page)).toContain('"currency":"HRK"');
    expect(JSON.parse((await saved(page))!)).toEqual({ name: 'Acme', stage: 'Proposal', status: 'won', estimated_value: 50000, currency: 'HRK', probability: 100 });
    await page.screenshot({ path: join(SHOTS, `${library}-saved.png`) });
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('accepts a deal of which only the name is filled in', async () => {
    const page = await open(path);
    await field(page, 'Deal name').fill('Acme');
    await page.getByRole('button', { name: 'Create deal' }).click();
    await expect.poll(() => saved(page)).toBe('{"name":"Acme"}');
    expect(await page.locator('.error, .warning').count()).toBe(0);
    await page.close();
  });

  it('fixes only what the button names', async () => {
    const page = await open(path);
    await field(page, 'Deal name').fill('Acme');
    await field(page, 'Estimated value').fill('abc');
    await field(page, 'Currency').fill('usd');
    await field(page, 'Win probability (%)').fill('12,5x');
    await page.getByRole('button', { name: 'Create deal' }).click();
    await page.waitForSelector('#estimated_value-error');
    await page.getByRole('button', { name: /USD/ }).click();
    await expect.poll(() => field(page, 'Currency').inputValue()).toBe('USD');
    expect(await field(page, 'Estimated value').inputValue()).toBe('abc');
    expect(await field(page, 'Win probability (%)').inputValue()).toBe('12,5x');
    await page.getByRole('button', { name: 'Create deal' }).click();
    expect(await page.textContent('#estimated_value-error')).toContain('Estimated value');
    expect(await saved(page)).toBe('');
    await field(page, 'Estimated value').fill('1200.50');
    await field(page, 'Win probability (%)').fill('');
    await page.getByRole('button', { name: 'Create deal' }).click();
    await expect.poll(() => saved(page)).toBe('{"name":"Acme","estimated_value":1200.5,"currency":"USD"}');
    await page.close();
  });
});

describe('a form with pipelint/lazy', () => {
  const isLater = (url: URL) => /\/dist-[^/]*\.js$/.test(url.pathname);

  it('works before the package has come, and explains once it has', async () => {
    const page = await open('about:blank');
    let requests = 0;
    await page.route(isLater, async (route) => {
      requests++;
      await new Promise((later) => setTimeout(later, 3000));
      await route.continue();
    });
    await page.goto(`${origin}/react-hook-form-lazy.html`);
    const start = Date.now();
    await page.getByLabel('Deal name').fill('Acme');
    await page.getByLabel('Win probability (%)').fill('50');
    await page.getByRole('button', { name: 'Create deal' }).click();
    await expect.poll(() => page.textContent('#saved'), { interval: 20 }).toBe('{"name":"Acme","probability":50}');
    expect(Date.now() - start).toBeLessThan(2500);

    await page.getByLabel('Win probability (%)').fill('120');
    await page.getByRole('button', { name: 'Create deal' }).click();
    expect(await page.locator('#probability-error').count()).toBe(0);
    await expect.poll(() => page.locator('#probability-error').count(), { timeout: 10_000 }).toBe(1);
    expect(await page.textContent('#probability-error')).toContain('at most 100');
    expect(requests).toBe(1);

    // After the first load nothing is fetched any more.
    await page.context().setOffline(true);
    await page.getByLabel('Status').fill('Won');
    await expect.poll(() => page.textContent('#status-error')).toContain('Won');
    await page.close();
  });

  it('loads the package when the page is idle', async () => {
    const page = await open('about:blank');
    const loaded = page.waitForRequest((request) => isLater(new URL(request.url())));
    await page.goto(`${origin}/react-hook-form-lazy.html`);
    await loaded;
    await page.close();
  });

  it('tries again after a failed load', async () => {
    const page = await open('about:blank');
    // Every load fails until somebody submits: the page may have asked once or twice by then.
    let isDown = true;
    let failures = 0;
    await page.route(isLater, (route) => {
      if (!isDown) return route.continue();
      failures++;
      return route.abort();
    });
    await page.goto(`${origin}/react-hook-form-lazy.html`);
    await expect.poll(() => failures).toBeGreaterThan(0);
    isDown = false;
    await page.getByLabel('Deal name').fill('Acme');
    await page.getByLabel('Win probability (%)').fill('120');
    await page.getByRole('button', { name: 'Create deal' }).click();
    await expect.poll(() => page.locator('#probability-error').count(), { timeout: 10_000 }).toBe(1);
    await page.close();
  });
});

describe('a classic script on a page without an encoding', () => {
  it('carries the module as ASCII', async () => {
    const bytes = readFileSync(at('../dist/index.js'));
    expect(bytes.every((byte) => byte < 128)).toBe(true);
    const { build: bundle } = await import('esbuild');
    const stdin = { contents: "import { check } from 'pipelint'; globalThis.rules = check('leadlex/create-deal', '{}').errors.map((one) => one.rule);", resolveDir: at('.') };
    const { outputFiles } = await bundle({ stdin, bundle: true, format: 'iife', minify: true, write: false, charset: 'utf8' });
    const page = await open('about:blank');
    await page.route('http://latin1.test/**', (route) =>
      route.request().url().endsWith('.js')
        ? route.fulfill({ body: Buffer.from(outputFiles[0]!.contents), headers: { 'content-type': 'text/javascript; charset=iso-8859-1' } })
        : route.fulfill({ body: '<!doctype html><script src="/a.js"></script>', headers: { 'content-type': 'text/html; charset=windows-1252' } }),
    );
    await page.goto('http://latin1.test/');
    expect(await page.evaluate(() => (globalThis as unknown as { rules: string[] }).rules)).toEqual(['schema/required']);
    await page.close();
  });
});

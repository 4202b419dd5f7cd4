// The built site in Chromium, under its own content security policy.

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const SITE = process.env.SITE ?? at('../../target/site');
const SHOTS = at('../node_modules/.shots');
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json', '.woff2': 'font/woff2' };

let server;
let browser;
let origin;

before(async () => {
  server = createServer((request, response) => {
    const path = new URL(request.url, 'http://localhost').pathname;
    const file = path.endsWith('/') ? `${path}index.html` : extname(path) === '' ? `${path}.html` : path;
    try {
      const body = readFileSync(join(SITE, file));
      response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' }).end(body);
    } catch {
      response.writeHead(path === '/favicon.ico' ? 204 : 404).end();
    }
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  origin = `http://127.0.0.1:${server.address().port}`;
  mkdirSync(SHOTS, { recursive: true });
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
});

after(async () => {
  await browser?.close();
  server?.close();
});

const VIEWS = [
  ['light', { colorScheme: 'light', viewport: { width: 1280, height: 900 } }],
  ['dark', { colorScheme: 'dark', viewport: { width: 1280, height: 900 } }],
  ['phone', { colorScheme: 'light', viewport: { width: 375, height: 812 } }],
];

/** Opens a page, and fails at the end of `use` if the page complained or asked another host. */
async function visit(path, options, use) {
  const context = await browser.newContext({ bypassCSP: false, reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  const complaints = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => /^https?:/.test(request.url()) && !request.url().startsWith(origin) && complaints.push(request.url()));
  try {
    await page.goto(origin + path);
    await page.waitForFunction(() => document.querySelector('#app')?.__vue_app__ !== undefined);
    await use(page);
    assert.deepEqual(complaints, []);
  } finally {
    await context.close();
  }
}

const findings = (page) => page.locator('.findings li');
const editor = (page) => page.getByRole('textbox', { name: 'Payload' });

for (const [name, options] of VIEWS) {
  for (const path of ['/', '/start', '/playground', '/rules/', '/rules/currency/wrong-case', '/payloads/leadlex/create-deal/request', '/configuration']) {
    it(`${path} is accessible and fits the width (${name})`, async () => {
      await visit(path, options, async (page) => {
        if (path === '/playground') await findings(page).first().waitFor();
        await page.screenshot({ path: join(SHOTS, `${name}${path.replaceAll('/', '-')}.png`) });
        // No part of the page is cut off at its right edge, unless it scrolls by itself.
        const width = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        const cut = await page.evaluate(() => [...document.querySelectorAll('.playground :is(select, button, textarea)')].filter((one) => one.getBoundingClientRect().right > one.closest('.playground').getBoundingClientRect().right + 1).length);
        assert.equal(cut, 0, 'a control is wider than its column');
        assert.ok(width <= 0, `the page is ${width} pixels too wide`);
        await page.evaluate(readFileSync(AXE, 'utf8'));
        const { violations } = await page.evaluate(() => axe.run());
        assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 200)).join(' | ')}`), []);
      });
    });
  }
}

describe('the playground', () => {
  it('marks the faults, and clears them as they are fixed', async () => {
    await visit('/playground', {}, async (page) => {
      await findings(page).first().waitFor();
      assert.ok((await page.locator('.cm-lintRange-error').count()) >= 3);
      const before = await findings(page).count();
      await page.getByRole('button', { name: 'Write "USD" (safe)' }).click();
      await page.waitForFunction((count) => document.querySelectorAll('.findings li').length === count, before - 1);
      assert.match(await editor(page).innerText(), /"currency": "USD"/);
      await page.getByRole('button', { name: 'Apply safe fixes' }).click();
      assert.match(await editor(page).innerText(), /"status": "won"/);
    });
  });

  it('shows help where the pointer hovers', async () => {
    await visit('/playground', {}, async (page) => {
      await page.locator('.cm-lintRange-error').filter({ hasText: '120' }).hover();
      await page.locator('.cm-tooltip-lint').waitFor();
      assert.match(await page.locator('.cm-tooltip-lint').innerText(), /at most 100, not 120[^]*from 0/);
    });
  });

  it('reports an unreadable severity and applies a readable one', async () => {
    await visit('/playground', {}, async (page) => {
      await findings(page).filter({ hasText: 'schema/unknown-property' }).waitFor();
      const rules = page.getByRole('textbox', { name: /Severities/ });
      await rules.fill('schema/unknown-propert = off');
      assert.match(await page.getByRole('alert').innerText(), /did you mean "schema\/unknown-property"/);
      await rules.fill('schema/unknown-property = off');
      await findings(page).filter({ hasText: 'schema/unknown-property' }).waitFor({ state: 'detached' });
      assert.equal(await page.getByRole('alert').count(), 0);
    });
  });

  it('carries its state in the address', async () => {
    let url;
    await visit('/playground', {}, async (page) => {
      await findings(page).first().waitFor();
      await editor(page).fill('{ "name": "A + é & 100%", "currency": "EUro" }');
      await findings(page).filter({ hasText: 'EUro' }).waitFor();
      await page.getByRole('button', { name: 'Copy link' }).click();
      url = page.url();
    });
    await visit(url.slice(origin.length), {}, async (page) => {
      await findings(page).filter({ hasText: 'EUro' }).waitFor();
      assert.equal((await editor(page).innerText()).trim(), '{ "name": "A + é & 100%", "currency": "EUro" }');
    });
  });

  it('opens the examples of a rule', async () => {
    await visit('/rules/currency/wrong-case', {}, async (page) => {
      await page.getByRole('link', { name: 'Open in the playground' }).first().click();
      await findings(page).filter({ hasText: 'currency/wrong-case' }).waitFor();
    });
  });

  it('lets the keyboard leave the editor with Tab', async () => {
    await visit('/playground', {}, async (page) => {
      await editor(page).focus();
      await page.keyboard.press('Tab');
      assert.equal(await page.evaluate(() => document.activeElement.closest('.cm-content')), null);
    });
  });
});

it('the search finds a rule by its name', async () => {
  await visit('/', {}, async (page) => {
    await page.getByRole('button', { name: /Search/ }).first().click();
    await page.getByRole('searchbox').fill('currency/wrong-case');
    await page.locator('.result', { hasText: 'currency/wrong-case' }).first().waitFor();
  });
});

it('the policy refuses other hosts', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${origin}/playground`);
  const outcome = await page.evaluate(() => fetch('https://example.com/').then(() => 'sent', () => 'refused'));
  const violation = await page.evaluate(
    () => new Promise((answer) => {
      addEventListener('securitypolicyviolation', (event) => answer(event.effectiveDirective), { once: true });
      fetch('https://example.com/').catch(() => {});
    }),
  );
  await context.close();
  assert.deepEqual([outcome, violation], ['refused', 'connect-src']);
});

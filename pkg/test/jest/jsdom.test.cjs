// Run by Jest with jsdom, which has no TextEncoder; `ssr.test.tsx` starts it.

/* global document, expect, File, FormData, test, TextEncoder */
const { leadlex } = require('pipelint');
const lazy = require('pipelint/lazy');

test('checks text beyond ASCII, forms and objects', () => {
  expect(typeof TextEncoder).toBe('undefined');
  const text = '{"name":"日本😀é\ud800","probability":120}';
  const [error] = leadlex.createDeal.check(text).errors.filter(({ pointer }) => pointer === '/probability');
  expect(text.slice(error.offset, error.offset + error.length)).toBe('120');
  expect(leadlex.createDeal.check('{"name":"日本😀é","status":"Won"}').fixed()).toBe('{"name":"日本😀é","status":"won"}');
  expect(leadlex.createDeal.check({ name: 'Früh', currency: 'usd' }).fixed()).toEqual({ name: 'Früh', currency: 'USD' });

  document.body.innerHTML = '<form><input name="name" value="Acme"><input name="probability" value="50"><input type="file" name="file"></form>';
  const form = new FormData(document.querySelector('form'));
  expect(leadlex.createDeal.fromForm(form)).toEqual({ name: 'Acme', probability: 50 });
});

test('checks lazily', async () => {
  expect(lazy.leadlex.createDeal.parse({ name: 'Acme' })).toEqual({ name: 'Acme' });
  expect((await lazy.leadlex.createDeal.check({ name: 'Acme', probability: 120 })).ok).toBe(false);
});

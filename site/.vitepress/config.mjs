import { defineConfig } from 'vitepress';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

/** The pages in a folder of `pages`, as entries of the sidebar. */
const entries = (folder) =>
  readdirSync(at(`../pages/${folder}`), { recursive: true })
    .filter((file) => file.endsWith('.md') && !file.endsWith('index.md'))
    .map((file) => file.replaceAll('\\', '/').slice(0, -3))
    .sort()
    .map((name) => ({ name, text: name, link: `/${folder}/${name}` }));

const rules = entries('rules');
const groups = [...new Set(rules.map(({ name }) => name.split('/')[0]))];

export default defineConfig({
  title: 'pipelint',
  description: 'Checks payloads for sales-pipeline APIs before they are sent',
  lang: 'en',
  srcDir: 'pages',
  outDir: '../target/site',
  base: process.env.SITE_BASE ?? '/',
  cleanUrls: false,
  // Nothing is loaded from, or sent to, another host.
  head: [['meta', { 'http-equiv': 'Content-Security-Policy', content: "default-src 'self'; connect-src 'self'; script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; object-src 'none'; base-uri 'self'; form-action 'none'" }]],
  // Both themes have a contrast of at least 4.5 to 1.
  markdown: { theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' } },
  themeConfig: {
    search: { provider: 'local' },
    outline: { level: [2, 3] },
    nav: [
      { text: 'Start', link: '/start' },
      { text: 'Playground', link: '/playground' },
      { text: 'Rules', link: '/rules/' },
      { text: 'Payloads', link: '/payloads/' },
    ],
    sidebar: [
      {
        text: 'Guides',
        items: [
          { text: 'Start in five minutes', link: '/start' },
          { text: 'Playground', link: '/playground' },
          { text: 'Forms', link: '/guides/forms' },
          { text: 'Backend with axum', link: '/guides/axum' },
          { text: 'HTTP service', link: '/guides/service' },
          { text: 'CI and pre-commit', link: '/guides/ci' },
          { text: 'Your own CRM', link: '/guides/own-crm' },
          { text: 'Editors and language models', link: '/guides/editors' },
          { text: 'Data and Python', link: '/guides/data' },
        ],
      },
      {
        text: 'Reference',
        items: [
          { text: 'Configuration', link: '/configuration' },
          { text: 'Meanings', link: '/meanings' },
          { text: 'Performance', link: '/performance' },
          { text: 'Architecture', link: '/architecture' },
          { text: 'Contributing', link: '/contributing' },
          { text: 'Changelog', link: '/changelog' },
        ],
      },
      { text: 'Payloads', link: '/payloads/', collapsed: true, items: entries('payloads') },
      {
        text: 'Rules',
        link: '/rules/',
        collapsed: true,
        items: groups.map((group) => ({
          text: group,
          // With a link, the entry is not a button around a button.
          link: `/rules/${group}/`,
          collapsed: true,
          items: rules.filter(({ name }) => name.startsWith(`${group}/`)).map(({ name, link }) => ({ text: name.slice(group.length + 1), link })),
        })),
      },
    ],
  },
});

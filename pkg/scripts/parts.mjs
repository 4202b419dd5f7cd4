// What each part of the module costs, compressed: the module's size less its size without the
// part, whose functions are replaced by traps or whose data by zeros. Run `npm run parts` after
// `cargo xtask wasm`; `-- --write` updates the table in bench/README.md.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const brotli = (bytes) =>
  brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 22 } }).length;

/** The module with the names of its functions, which wasm-bindgen removes. */
function named() {
  const folder = mkdtempSync(join(tmpdir(), 'pipelint-'));
  try {
    const from = join(root, '../target/web/wasm32-unknown-unknown/wasm/pipelint_wasm.wasm');
    const to = join(folder, 'named.wasm');
    const args = ['-Oz', '--converge', '--low-memory-unused', '-g', '--always-inline-max-function-size=0', '--one-caller-inline-max-function-size=0', '--skip-pass=local-cse', '--skip-pass=memory-packing', '--flatten', '--rereloop', '-Oz', '-Oz', '--reorder-locals', '--reorder-functions'];
    const features = ['bulk-memory', 'nontrapping-float-to-int', 'sign-ext', 'mutable-globals', 'multivalue'];
    const options = [...args, ...features.map((feature) => `--enable-${feature}`), from, '-o', to];
    const { status } = spawnSync('node', [join(root, 'node_modules/binaryen/bin/wasm-opt'), ...options], { stdio: 'inherit' });
    if (status !== 0) throw new Error('wasm-opt failed');
    return readFileSync(to);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A LEB128 number, and the offset after it. */
function number(bytes, at) {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++];
    value += (byte & 127) * 2 ** shift;
    if (byte < 128) return [value, at];
  }
}

function written(value) {
  const bytes = [];
  do bytes.push(value > 127 ? (value & 127) | 128 : value);
  while ((value = Math.floor(value / 128)) > 0);
  return bytes;
}

const [CUSTOM, IMPORT, CODE, DATA] = [0, 2, 10, 11];

/** The sections, the bodies of functions and their names. */
function read(bytes) {
  const sections = [];
  for (let at = 8; at < bytes.length; ) {
    const id = bytes[at];
    const [size, start] = number(bytes, at + 1);
    sections.push({ id, body: bytes.subarray(start, (at = start + size)) });
  }
  const body = (id) => sections.find((section) => section.id === id).body;
  const code = body(CODE);
  const bodies = [];
  let [count, at] = number(code, 0);
  while (count-- > 0) {
    const [size, start] = number(code, at);
    bodies.push(code.subarray(start, (at = start + size)));
  }
  const [imported] = number(body(IMPORT), 0);
  const names = [];
  for (const { id, body } of sections) {
    if (id !== CUSTOM || String.fromCharCode(...body.subarray(1, 5)) !== 'name') continue;
    for (let at = 5; at < body.length; ) {
      const kind = body[at];
      let [size, start] = number(body, at + 1);
      at = start + size;
      if (kind !== 1) continue;
      let count;
      [count, start] = number(body, start);
      while (count-- > 0) {
        let index, length;
        [index, start] = number(body, start);
        [length, start] = number(body, start);
        names[index - imported] = new TextDecoder().decode(body.subarray(start, (start += length)));
      }
    }
  }
  return { sections, bodies, names };
}

const CRATES = { pipelint: 'pipelint', pipelint_contract: 'pipelint_contract', pipelint_wasm: 'pipelint_wasm' };
const CRATE = new RegExp(`(?:^|[^0-9])(?:${Object.keys(CRATES).map((name) => `${name.length}(${name})`).join('|')})(.*)`);

/** The path of a mangled name from its crate on, as in `pipelint::rules::text`. */
function path(name) {
  const found = CRATE.exec(name ?? '');
  if (found === null) return undefined;
  const words = [found.slice(1, -1).find((crate) => crate !== undefined)];
  for (let rest = found.at(-1); words.length < 3; ) {
    const next = /^(\d+)(.*)/.exec(rest);
    if (next === null) break;
    words.push(next[2].slice(0, Number(next[1])));
    rest = next[2].slice(Number(next[1]));
  }
  return words.join('::');
}

const SURFACE = 'the interface to JavaScript';

/** The part of the module that a function belongs to. */
function part(name) {
  const at = path(name);
  if (at === undefined) return /^[a-z]+(_[a-z0-9]+)*_[0-9a-f]{16}$/.test(name) ? SURFACE : 'the standard library, and code that several functions share';
  const [crate, first, second] = at.split('::');
  if (crate === 'pipelint_wasm') return SURFACE;
  if (first === 'rules') return second === undefined || second === 'registry' ? 'rules: shared' : `rules: ${second}`;
  if (first === 'values') return `values: ${second}`;
  if (crate === 'pipelint_contract') return 'contract';
  const layers = { document: 'reading JSON', engine: 'engine', Checker: 'engine', checker: 'engine', facts: 'facts', lint: 'lint', validate: 'validate', report: 'report', messages: 'report', fix: 'fixes' };
  return layers[first] ?? 'other';
}

const { sections, bodies, names } = read(named());

function size({ without = new Set(), noData = false }) {
  const out = [0, 97, 115, 109, 1, 0, 0, 0];
  const put = (id, body) => {
    out.push(id, ...written(body.length));
    for (const byte of body) out.push(byte);
  };
  for (const { id, body } of sections) {
    if (id === CUSTOM) continue;
    if (id === DATA && noData) {
      put(id, body.map((byte, at) => (at < 16 ? byte : 0)));
    } else if (id === CODE) {
      const code = written(bodies.length);
      bodies.forEach((body, index) => {
        const kept = without.has(index) ? [0, 0, 11] : body;
        code.push(...written(kept.length));
        for (const byte of kept) code.push(byte);
      });
      put(id, code);
    } else {
      put(id, body);
    }
  }
  return brotli(new Uint8Array(out));
}

const parts = new Map();
bodies.forEach((_, index) => {
  const name = part(names[index]);
  if (!parts.has(name)) parts.set(name, new Set());
  parts.get(name).add(index);
});
const whole = size({});
const rows = [...parts].map(([name, without]) => [name, whole - size({ without }), [...without].reduce((sum, index) => sum + bodies[index].length, 0)]);
rows.push(['messages, names and tables (data)', whole - size({ noData: true }), sections.find(({ id }) => id === DATA).body.length]);
rows.sort(([, one], [, other]) => other - one);
const glue = brotli(readFileSync(join(root, 'dist/slim.js')));
const table = [
  '| part | compressed | raw |',
  '|---|--:|--:|',
  ...rows.filter(([, cost]) => cost > 100).map(([name, cost, raw]) => `| ${name} | ${cost} | ${raw} |`),
  `| the module, with what the parts share | ${brotli(readFileSync(join(root, 'dist/pipelint.wasm')))} | ${readFileSync(join(root, 'dist/pipelint.wasm')).length} |`,
  `| the JavaScript of \`pipelint\`, with all schemas | ${glue} | ${readFileSync(join(root, 'dist/slim.js')).length} |`,
  `| all in one file | ${brotli(readFileSync(join(root, 'dist/index.js')))} | ${readFileSync(join(root, 'dist/index.js')).length} |`,
].join('\n');
console.log(table);
if (process.argv.includes('--write')) {
  const readme = join(root, 'bench/README.md');
  const text = readFileSync(readme, 'utf8');
  writeFileSync(readme, text.replace(/(<!-- parts -->\n)[^]*?(<!-- end: parts -->)/, (_, start, end) => `${start}${table}\n${end}`));
}

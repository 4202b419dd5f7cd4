// The module as a page loads it, and back: its instructions lie apart from what they act on, by
// kind, since like stands beside like then, which compresses a tenth better. `scripts/pack.mjs`
// takes it apart.

/** The streams that the module is taken apart into, one behind the other. */
export const enum Stream {
  /** What stands before the functions. */
  Head,
  /** What stands behind them. */
  Tail,
  /** The types of each function's local variables. */
  Types,
  /** Instructions, with what of them is short, unless it is usual. */
  Instructions,
  /** Local variables, by how many others of the function were used since. */
  Locals,
  Offsets,
  Integers,
  /** Long integers and floating-point numbers. */
  Longs,
  Calls,
  Branches,
}

/** The module, taken apart, as a text of one character a byte. */
export interface Packed {
  readonly text: string;
  /** The bytes that other characters stand for than those of the same number, by the characters. */
  readonly moved: Readonly<Record<number, number>>;
  /** Where each stream starts, and the last one ends. */
  readonly starts: readonly number[];
  readonly functions: number;
  /** How many bytes the module has. */
  readonly size: number;
}

/** The bytes that a text stands for; see `scripts/pack.mjs`. */
function read(text: string, moved: Packed['moved']): Uint8Array {
  const table = new Uint8Array(512);
  const short = new Set<number>();
  for (let code = 1; code < 128; code++) {
    if (code !== 10 && code !== 13 && code !== 34 && code !== 92) short.add((table[code] = moved[code] ?? code));
  }
  for (let byte = 0, code = 160; byte < 256; byte++) if (!short.has(byte)) table[code++] = byte;
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = table[text.charCodeAt(at)]!;
  return bytes;
}

/** What stands in {@link Stream.Instructions} before an instruction that has something unusual. */
const UNUSUAL = 0xff;

/** What usually follows each instruction from 0 on, plus one: a block without a value, the first
 * global, an alignment. */
const usual = (): Uint8Array => {
  const follows = new Uint8Array(256);
  follows.fill(0x41, 2, 5);
  follows.fill(1, 0x23, 0x25);
  follows.set([...'33341122112233333412123'].map(Number), 0x28);
  follows.fill(1, 0x3f, 0x41);
  return follows;
};

/** Puts the module together. */
export function unpack({ text, moved, starts, functions, size }: Packed): Uint8Array<ArrayBuffer> {
  const bytes = read(text, moved);
  const at = [...starts];
  const out = new Uint8Array(size);
  let end = 0;
  /** Copies all of a stream. */
  const all = (stream: Stream): void => {
    const part = bytes.subarray(starts[stream], starts[stream + 1]);
    out.set(part, end);
    end += part.length;
  };
  /** Copies a number (LEB128); returns its first byte, which is all of a small one. */
  const number = (stream: Stream): number => {
    let from = at[stream]!;
    const first = bytes[from++]!;
    out[end++] = first;
    for (let byte = first; byte > 127; ) out[end++] = byte = bytes[from++]!;
    at[stream] = from;
    return first;
  };
  const next = (): number => bytes[at[Stream.Instructions]!++]!;
  const inOrder = Uint8Array.from({ length: 128 }, (_, local) => local);
  const locals = inOrder.slice();
  const usually = usual();
  all(Stream.Head);
  while (functions-- > 0) {
    // A function's length, in up to three bytes, is known behind it.
    const start = end;
    end += 3;
    for (let types = number(Stream.Types); types > 0; types--) {
      number(Stream.Types);
      number(Stream.Types);
    }
    locals.set(inOrder);
    for (let depth = 1; depth > 0; ) {
      let instruction = next();
      if (instruction === UNUSUAL) {
        out[end++] = instruction = next();
        number(Stream.Instructions);
      } else {
        out[end++] = instruction;
        // What calculates acts on what is there already.
        if (instruction > 0x44 && instruction < 0xfc) continue;
        const follows = usually[instruction]!;
        if (follows > 0) out[end++] = follows - 1;
      }
      if (instruction > 0x1f && instruction < 0x23) {
        let place = bytes[at[Stream.Locals]!++]!;
        const local = locals[place]!;
        for (; place > 0; place--) locals[place] = locals[place - 1]!;
        out[end++] = locals[0] = local;
      } else if (instruction > 0x27 && instruction < 0x3f) {
        number(Stream.Offsets);
      } else if (instruction === 0x41) {
        number(Stream.Integers);
      } else if (instruction === 0x42) {
        number(Stream.Longs);
      } else if (instruction === 0x44) {
        for (let count = 8; count > 0; count--) out[end++] = bytes[at[Stream.Longs]!++]!;
      } else if (instruction === 0x0b) {
        depth--;
      } else if (instruction > 0x01 && instruction < 0x05) {
        depth++;
      } else if (instruction === 0x10) {
        number(Stream.Calls);
      } else if (instruction === 0x11) {
        number(Stream.Instructions);
        number(Stream.Instructions);
      } else if (instruction === 0x0c || instruction === 0x0d) {
        number(Stream.Branches);
      } else if (instruction === 0x0e) {
        for (let labels = number(Stream.Branches); labels >= 0; labels--) number(Stream.Branches);
      } else if (instruction === 0xfc) {
        // What copies and fills memory names the memories.
        for (let more = number(Stream.Instructions); more < 12 && more > 9; more++) number(Stream.Instructions);
      }
    }
    let rest = end - start - 3;
    let from = start;
    for (; rest > 127; rest >>= 7) out[from++] = (rest & 127) | 128;
    out[from++] = rest;
    out.copyWithin(from, start + 3, end);
    end -= start + 3 - from;
  }
  all(Stream.Tail);
  return out;
}

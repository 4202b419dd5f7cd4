// The module as a page loads it, and back: its instructions lie apart from what they act on, by
// kind, since like stands beside like then, which compresses a tenth better. `scripts/pack.mjs`
// takes it apart.

/** The streams that the module is taken apart into, one behind the other. */
export const enum Stream {
  /** What stands before the functions. */
  Head,
  /** The types of each function's local variables. */
  Types,
  /** Instructions, with what of them is short. */
  Instructions,
  Locals,
  Offsets,
  Integers,
  /** Long integers and floating-point numbers. */
  Longs,
  Calls,
  Branches,
  /** What stands behind the functions. */
  Tail,
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
  const table: number[] = [];
  const short = new Set<number>();
  for (let code = 1; code < 128; code++) {
    if (code !== 10 && code !== 13 && code !== 34 && code !== 92) short.add((table[code] = moved[code] ?? code));
  }
  for (let byte = 0, code = 160; byte < 256; byte++) if (!short.has(byte)) table[code++] = byte;
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = table[text.charCodeAt(at)]!;
  return bytes;
}

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
  all(Stream.Head);
  while (functions-- > 0) {
    // A function's length, in up to three bytes, is known behind it.
    const start = end;
    end += 3;
    for (let types = number(Stream.Types); types > 0; types--) {
      number(Stream.Types);
      number(Stream.Types);
    }
    for (let depth = 1; depth > 0; ) {
      const instruction = bytes[at[Stream.Instructions]!++]!;
      out[end++] = instruction;
      // What calculates acts on what is there already.
      if (instruction > 0x44 && instruction < 0xfc) continue;
      if (instruction > 0x1f && instruction < 0x23) {
        number(Stream.Locals);
      } else if (instruction > 0x22 && instruction < 0x41) {
        number(Stream.Instructions);
        if (instruction > 0x27 && instruction < 0x3f) number(Stream.Offsets);
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
        number(Stream.Instructions);
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

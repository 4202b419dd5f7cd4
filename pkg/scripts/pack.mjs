// Takes the module apart for `src/unpack.ts`, which puts it together where it is needed.

/** As the enumeration of that name in `src/unpack.ts`. */
const [HEAD, TAIL, TYPES, INSTRUCTIONS, LOCALS, OFFSETS, INTEGERS, LONGS, CALLS, BRANCHES] = Array(10).keys();

/** As that constant there, and what usually follows an instruction. */
const UNUSUAL = 0xff;
const usual = { 2: 0x40, 3: 0x40, 4: 0x40, 0x23: 0, 0x24: 0, 0x3f: 0, 0x40: 0 };
[...'22230011001122222301012'].forEach((alignment, index) => (usual[0x28 + index] = Number(alignment)));

/** The section that holds the functions. */
const CODE = 10;

/** A module's bytes by kind, one stream behind the other; see `Stream` in `src/unpack.ts`. */
function streams(bytes) {
  let at = 8;
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  };
  let end;
  for (;;) {
    const id = bytes[at++];
    const size = number();
    end = at + size;
    if (id === CODE) break;
    at = end;
  }
  const functions = number();
  const parts = Array.from({ length: 10 }, () => []);
  const copyNumber = (part) => {
    const from = at;
    const value = number();
    for (const byte of bytes.subarray(from, at)) parts[part].push(byte);
    return value;
  };
  for (const byte of bytes.subarray(0, at)) parts[HEAD].push(byte);
  while (at < end) {
    const length = number();
    const behind = at + length;
    for (let types = copyNumber(TYPES); types > 0; types--) {
      copyNumber(TYPES);
      copyNumber(TYPES);
    }
    const locals = [...Array(128).keys()];
    while (at < behind) {
      const instruction = bytes[at++];
      if (instruction in usual) {
        if (bytes[at] === usual[instruction]) {
          parts[INSTRUCTIONS].push(instruction);
          at++;
        } else {
          parts[INSTRUCTIONS].push(UNUSUAL, instruction);
          copyNumber(INSTRUCTIONS);
        }
      } else {
        parts[INSTRUCTIONS].push(instruction);
      }
      if ([0x0c, 0x0d].includes(instruction)) copyNumber(BRANCHES);
      else if (instruction === 0x0e) for (let labels = copyNumber(BRANCHES); labels >= 0; labels--) copyNumber(BRANCHES);
      else if (instruction === 0x10) copyNumber(CALLS);
      else if (instruction === 0x11) for (let of = 0; of < 2; of++) copyNumber(INSTRUCTIONS);
      else if ([0x20, 0x21, 0x22].includes(instruction)) {
        const local = number();
        const place = locals.indexOf(local);
        if (place < 0) throw new Error('a function has more than 128 local variables');
        locals.unshift(...locals.splice(place, 1));
        parts[LOCALS].push(place);
      } else if (instruction === 0x41) copyNumber(INTEGERS);
      else if (instruction === 0x42) copyNumber(LONGS);
      else if (instruction === 0x44) for (let of = 0; of < 8; of++) parts[LONGS].push(bytes[at++]);
      else if (instruction === 0xfc) for (let more = copyNumber(INSTRUCTIONS); more < 12 && more > 9; more++) copyNumber(INSTRUCTIONS);
      else if (instruction > 0x27 && instruction < 0x3f) copyNumber(OFFSETS);
    }
  }
  for (const byte of bytes.subarray(end)) parts[TAIL].push(byte);
  return { functions, parts };
}

/**
 * The module as `Packed` in `src/unpack.ts` has it: taken apart, and as text, since a compressed
 * text is as small as compressed bytes, where base64 is a third bigger.
 *
 * A character stands for each byte. What UTF-8 writes in one byte goes to the commonest bytes, each
 * to itself where that can be; the others come behind in the order of their values.
 */
export function pack(bytes) {
  const { functions, parts } = streams(bytes);
  const all = parts.flat();
  const starts = [0];
  for (const part of parts) starts.push(starts.at(-1) + part.length);

  const counts = new Array(256).fill(0);
  for (const byte of all) counts[byte]++;
  const order = [...counts.keys()].sort((one, other) => counts[other] - counts[one]);
  const short = [...Array(128).keys()].filter((code) => ![0, 10, 13, 34, 92].includes(code));
  const common = order.slice(0, short.length);
  const spare = short.filter((code) => !common.includes(code));
  const codes = new Array(256);
  for (const byte of common) codes[byte] = short.includes(byte) ? byte : spare.shift();
  let next = 160;
  for (const byte of codes.keys()) codes[byte] ??= next++;
  const moved = Object.fromEntries(common.filter((byte) => codes[byte] !== byte).map((byte) => [codes[byte], byte]));
  return { text: all.map((byte) => String.fromCharCode(codes[byte])).join(''), moved, starts, functions, size: bytes.length };
}

// UTF-8: by the platform, or by hand where there is no `TextEncoder`, as under Jest with jsdom.

const encoder = /* @__PURE__ */ (() => (typeof TextEncoder === 'function' ? new TextEncoder() : undefined))();
const decoder = /* @__PURE__ */ (() => (typeof TextDecoder === 'function' ? new TextDecoder('utf-8', { ignoreBOM: true }) : undefined))();

/** Writes as much of a text as fits; the numbers are those of `TextEncoder.encodeInto`. */
export function encodeUtf8(text: string, into: Uint8Array): { read: number; written: number } {
  if (encoder !== undefined && into instanceof Uint8Array) return encoder.encodeInto(text, into);
  let read = 0;
  let written = 0;
  while (read < text.length) {
    let code = text.codePointAt(read)!;
    const units = code > 0xffff ? 2 : 1;
    if (code >= 0xd800 && code <= 0xdfff) code = 0xfffd;
    const size = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    if (written + size > into.length) break;
    if (size === 1) into[written] = code;
    else {
      for (let at = size - 1; at > 0; at--, code >>>= 6) into[written + at] = (code & 0x3f) | 0x80;
      into[written] = code | (0xf00 >> size) & 0xff;
    }
    written += size;
    read += units;
  }
  return { read, written };
}

/** A whole text as bytes. */
export function utf8(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 3);
  return bytes.slice(0, encodeUtf8(text, bytes).written);
}

/** Reads UTF-8 that may be malformed, which gives replacement characters. */
export function decodeUtf8(bytes: Uint8Array): string {
  if (decoder !== undefined) return decoder.decode(bytes);
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const first = bytes[at++]!;
    if (first < 0x80) {
      text += String.fromCharCode(first);
      continue;
    }
    const more = first >= 0xc2 && first < 0xe0 ? 1 : first >= 0xe0 && first < 0xf0 ? 2 : first >= 0xf0 && first < 0xf5 ? 3 : 0;
    let code = more === 0 ? 0xfffd : first & (0x3f >> more);
    for (let left = more; left > 0; left--) {
      const next = bytes[at] ?? 0;
      const isFirst = left === more;
      const low = isFirst && first === 0xe0 ? 0xa0 : isFirst && first === 0xf0 ? 0x90 : 0x80;
      const high = isFirst && first === 0xed ? 0x9f : isFirst && first === 0xf4 ? 0x8f : 0xbf;
      if (next < low || next > high) {
        code = 0xfffd;
        break;
      }
      code = (code << 6) | (next & 0x3f);
      at++;
    }
    text += String.fromCodePoint(code);
  }
  return text;
}

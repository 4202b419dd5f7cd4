// UTF-8: by the platform, or by older functions where there is no `TextEncoder`, as under Jest with jsdom.

const encoder = /* @__PURE__ */ (() => (typeof TextEncoder === 'function' ? new TextEncoder() : undefined))();
const decoder = /* @__PURE__ */ (() => (typeof TextDecoder === 'function' ? new TextDecoder('utf-8', { ignoreBOM: true }) : undefined))();

/** Writes as much of a text as fits; the numbers are those of `TextEncoder.encodeInto`. */
export function encodeUtf8(text: string, into: Uint8Array): { read: number; written: number } {
  if (encoder !== undefined) return encoder.encodeInto(text, into);
  const whole = utf8(text);
  if (whole.length > into.length) return { read: 0, written: 0 };
  into.set(whole);
  return { read: text.length, written: whole.length };
}

/** A text as bytes. */
export function utf8(text: string): Uint8Array {
  if (encoder !== undefined) return encoder.encode(text);
  const wellFormed = text.replace(/[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]/g, (pair) => (pair.length > 1 ? pair : '\ufffd'));
  const escaped = encodeURIComponent(wellFormed).match(/%..|[^]/g) ?? [];
  return Uint8Array.from(escaped, (one) => (one.length > 1 ? parseInt(one.slice(1), 16) : one.charCodeAt(0)));
}

/** The text of UTF-8 bytes, which are well-formed: they come from the module, or it has checked them. */
export function decodeUtf8(bytes: Uint8Array): string {
  if (decoder !== undefined) return decoder.decode(bytes);
  return decodeURIComponent(Array.from(bytes, (byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''));
}

/** Memory for longer texts is not kept (bytes). A page of 1,000 contacts needs half of this. */
const MOST_KEPT = 8 * 1024 * 1024

/** Maximum number of UTF-8 bytes for a UTF-16 unit. */
const MOST_PER_UNIT = 3

const encoder = new TextEncoder()
let kept = new Uint8Array()

/**
 * The UTF-8 bytes of a text. They are valid until the next call, which reuses the memory: allocating memory for each page
 * of contacts takes twice as long as encoding it. Lone surrogates become U+FFFD.
 */
export const utf8Of = (text: string): Uint8Array => {
  const size = text.length * MOST_PER_UNIT
  if (size > MOST_KEPT) return encoder.encode(text)
  if (kept.length < size) kept = new Uint8Array(size)
  return kept.subarray(0, encoder.encodeInto(text, kept).written)
}

/**
 * Columns for a SELECT, cast to the type that they must have, whatever type a damaged file gives them. Text is read
 * as bytes, because libsql aborts the process for a text that is not UTF-8.
 */
export const textColumns = (...names: readonly string[]): string =>
  names.map((name) => `CAST(${name} AS BLOB) AS ${name}`).join(', ')

export const integerColumns = (...names: readonly string[]): string =>
  names.map((name) => `CAST(${name} AS INTEGER) AS ${name}`).join(', ')

/** The bytes of a text column, null where it is NULL. Drivers differ in the kind of array that they return. */
export const bytesOf = (value: unknown): Buffer | null => {
  if (value instanceof ArrayBuffer) return Buffer.from(value)
  return value instanceof Uint8Array ? Buffer.from(value.buffer, value.byteOffset, value.byteLength) : null
}

/** The text of a column. Invalid UTF-8 becomes U+FFFD, so that the checksum fails. */
export const textOf = (value: unknown): string | null => bytesOf(value)?.toString() ?? null

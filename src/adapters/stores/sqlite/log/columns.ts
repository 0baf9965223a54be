/**
 * Columns for a SELECT, cast to the required type, because a damaged file may have another one. Text is read as bytes,
 * because libsql aborts the process for text that is not UTF-8.
 */
export const byteColumns = (...names: readonly string[]): string =>
  names.map((name) => `CAST(${name} AS BLOB) AS ${name}`).join(', ')

export const integerColumns = (...names: readonly string[]): string =>
  names.map((name) => `CAST(${name} AS INTEGER) AS ${name}`).join(', ')

/** The bytes of a column; null if it is NULL. Drivers return different kinds of arrays. */
export const bytesOf = (value: unknown): Buffer | null => {
  if (value instanceof ArrayBuffer) return Buffer.from(value)
  return value instanceof Uint8Array ? Buffer.from(value.buffer, value.byteOffset, value.byteLength) : null
}

/** The text of a column. Invalid UTF-8 becomes U+FFFD, so that the checksum fails. */
export const textOf = (value: unknown): string | null => bytesOf(value)?.toString() ?? null

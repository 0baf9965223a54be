/**
 * How columns are read: with the type that they must have, whatever a damaged file says that they have,
 * and text as bytes. libsql aborts the process when a text turns out not to be UTF-8.
 */
export const textColumns = (...names: readonly string[]): string =>
  names.map((name) => `CAST(${name} AS BLOB) AS ${name}`).join(', ')

export const integerColumns = (...names: readonly string[]): string =>
  names.map((name) => `CAST(${name} AS INTEGER) AS ${name}`).join(', ')

/** The bytes of a text column, null where it is NULL. Drivers differ in the kind of array that they give. */
export const bytesOf = (value: unknown): Buffer | null => {
  if (value instanceof ArrayBuffer) return Buffer.from(value)
  return value instanceof Uint8Array ? Buffer.from(value.buffer, value.byteOffset, value.byteLength) : null
}

/** The text of a column; what is not UTF-8 in it becomes U+FFFD, and so fails its checksum. */
export const textOf = (value: unknown): string | null => bytesOf(value)?.toString() ?? null

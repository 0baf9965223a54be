import { closeSync, openSync, readSync, statSync } from 'node:fs'

/** 'DCON', in the header of every store (sqlite.org: Database File Format, "Application ID"). */
export const APPLICATION_ID = 0x44434f4e

const ID_OFFSET = 68
/** Part of the schema on the first page of every store, and of hardly any other file. */
const WORD = 'payload_sum INTEGER'

/**
 * Whether a file was once a store of ours, even if it is now damaged: SQLite does not recognise a database whose first
 * bytes are damaged. Not for a file that this process has open as a database: closing it here would release its locks.
 */
export const hasStoreSignature = (file: string): boolean => {
  const page = Buffer.alloc(4096)
  try {
    // Opening a named pipe would wait for its other end.
    if (!statSync(file).isFile()) return false
    const descriptor = openSync(file, 'r')
    try {
      readSync(descriptor, page)
    } finally {
      closeSync(descriptor)
    }
  } catch {
    return false
  }
  return page.readUInt32BE(ID_OFFSET) === APPLICATION_ID || page.includes(WORD)
}

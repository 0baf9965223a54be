import { ftruncateSync, openSync, closeSync, readSync, statSync, writeSync } from 'node:fs'
import { ImportFailure } from '../../../../domain/failures.ts'
import { committedPages } from '../wal/committed-pages.ts'

const TRIES = 5
const CHUNK = 1 << 20

/** Where the header of a database says whether it has a WAL, and the value for none (Database File Format, 1.3). */
const JOURNAL_MODE_OFFSET = 18
const WITHOUT_WAL = Buffer.from([1, 1])

/**
 * Writes a database together with the content of its WAL, in the state of one moment, into an empty open file. The
 * files of the database are only read. Throws the file system's error, or `ImportFailure` `storage-unavailable` if
 * other processes keep writing.
 */
export const writeMerged = (file: string, copy: number): void => {
  for (let left = TRIES; left > 0; left--) {
    const before = momentOf(file)
    reading(file, (database) => reading(`${file}-wal`, (wal) => merge(database, wal, copy)))
    if (momentOf(file) === before) return
  }
  throw new ImportFailure('storage-unavailable')
}

const momentOf = (file: string): string =>
  ['', '-wal']
    .map((part) => statSync(file + part, { bigint: true, throwIfNoEntry: false }))
    .map((stat) => `${stat?.ino} ${stat?.size} ${stat?.mtimeNs}`)
    .join()

const reading = (path: string, work: (descriptor: number) => void): void => {
  const descriptor = openSync(path, 'r')
  try {
    work(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

const merge = (database: number, wal: number, copy: number): void => {
  ftruncateSync(copy, 0)
  for (let at = 0; ;) {
    const bytes = readAt(database, at, CHUNK)
    if (bytes.length === 0) break
    writeSync(copy, bytes, 0, bytes.length, at)
    at += bytes.length
  }
  const pages = committedPages((offset, length) => readAt(wal, offset, length))
  if (pages) {
    const { pageSize, count, offsets } = pages
    for (const [page, offset] of offsets)
      writeSync(copy, readAt(wal, offset, pageSize), 0, pageSize, (page - 1) * pageSize)
    ftruncateSync(copy, count * pageSize)
  }
  if (readAt(copy, JOURNAL_MODE_OFFSET, 2).equals(Buffer.from([2, 2])))
    writeSync(copy, WITHOUT_WAL, 0, 2, JOURNAL_MODE_OFFSET)
}

const readAt = (descriptor: number, offset: number, length: number): Buffer => {
  const bytes = Buffer.alloc(length)
  return bytes.subarray(0, readSync(descriptor, bytes, 0, length, offset))
}

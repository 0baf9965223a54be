import { type FailureCode, ImportFailure } from '../../../../domain/failures.ts'
import { SQLITE, SqliteError } from '../driver/driver.ts'

/** sqlite.org: Result and Error Codes. Any other code (I/O error, …) is `storage-unavailable`. */
const byResultCode: Readonly<Record<number, FailureCode>> = {
  // Our own statements are valid: they fail only if a table is not as we created it.
  [SQLITE.ERROR]: 'storage-damaged',
  // Another program holds the file locked for longer than we wait: a backup, for example.
  [SQLITE.BUSY]: 'storage-busy',
  [SQLITE.PROTOCOL]: 'storage-busy',
  [SQLITE.READONLY]: 'storage-read-only',
  [SQLITE.CORRUPT]: 'storage-damaged',
  [SQLITE.FULL]: 'storage-full',
  [SQLITE.NOTADB]: 'storage-foreign',
  // The file ends within a page.
  [SQLITE.IOERR | (2 << 8)]: 'storage-damaged',
  // The index of the WAL could not be created or extended.
  [SQLITE.IOERR | (18 << 8)]: 'storage-full',
  [SQLITE.IOERR | (19 << 8)]: 'storage-full',
  // A write failed for a reason other than a full disk: mostly a quota or a file size limit.
  [SQLITE.IOERR | (3 << 8)]: 'storage-full',
}

const bySystemCode: Readonly<Record<string, FailureCode>> = {
  ENOSPC: 'storage-full',
  EDQUOT: 'storage-full',
  EFBIG: 'storage-full',
  EROFS: 'storage-read-only',
  EBUSY: 'storage-busy',
}

const codeOf = (error: unknown): FailureCode | undefined => {
  if (error instanceof SqliteError) {
    return byResultCode[error.extendedCode] ?? byResultCode[error.resultCode] ?? 'storage-unavailable'
  }
  if (!(error instanceof Error && 'code' in error && typeof error.code === 'string')) return undefined
  return bySystemCode[error.code] ?? 'storage-unavailable'
}

/** Whether there is no space left. */
export const isFull = (error: unknown): boolean => codeOf(error) === 'storage-full'

/** Throws an error of SQLite or the file system as an `ImportFailure`, any other unchanged. */
const rethrow = (error: unknown): never => {
  const code = error instanceof ImportFailure ? undefined : codeOf(error)
  throw code === undefined ? error : new ImportFailure(code, {}, error)
}

/** Does the work and translates its errors into an `ImportFailure` `storage-…`. */
export const translated = <T>(work: () => T): T => {
  try {
    return work()
  } catch (error) {
    return rethrow(error)
  }
}

export const translatedLater = async <T>(work: () => Promise<T>): Promise<T> => work().catch(rethrow)

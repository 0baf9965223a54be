import { ImportFailure } from '../../../../domain/failures.ts'
import { createDriver, SQLITE, type SqliteDriver, SqliteError } from './driver.ts'

const resultCode = (error: unknown): number | undefined =>
  error instanceof Error && 'rawCode' in error && typeof error.rawCode === 'number'
    ? error.rawCode
    : undefined

/**
 * SQLite for runtimes without `node:sqlite`. Loaded on demand, because it is an optional dependency.
 *
 * Uses only reliable calls of libsql: parameters are passed as one array (a bare Buffer aborts the process), and rows
 * are read to the end (`get` leaves the statement and its read transaction open).
 *
 * Throws `ImportFailure` `storage-unsupported` if the package is not installed or does not run on this system.
 */
export const openLibsqlDriver = async (file: string): Promise<SqliteDriver> => {
  const { default: Database } = await loaded()
  const open = () => {
    try {
      return new Database(file)
    } catch (error) {
      throw new SqliteError(SQLITE.CANTOPEN, error)
    }
  }
  const database = open()
  return createDriver({
    exec: (sql) => database.exec(sql),
    prepare: (sql) => {
      const statement = database.prepare(sql)
      return {
        run: (parameters) => statement.run([...parameters]),
        all: (parameters) => statement.all([...parameters]),
      }
    },
    close: () => database.close(),
    resultCode,
  })
}

const loaded = async () => {
  try {
    return await import('libsql')
  } catch (error) {
    throw new ImportFailure('storage-unsupported', {}, error)
  }
}

/** Bytes for a column of text: `CAST(? AS TEXT)`. */
export type SqlValue = string | number | null | Uint8Array

export type SqlRow = Readonly<Record<string, unknown>>

/**
 * What the store needs of SQLite, the same for every driver. All calls are synchronous and throw
 * `SqliteError`. Rows come as a whole: a half-read statement would hold a read transaction open.
 */
export interface SqliteDriver {
  /** One or more statements without parameters. */
  exec(sql: string): void
  run(sql: string, parameters: readonly SqlValue[]): void
  all(sql: string, parameters?: readonly SqlValue[]): readonly SqlRow[]
  close(): void
}

/** SQLite's primary result codes, as far as they are told apart (sqlite.org: Result and Error Codes). */
export const SQLITE = {
  ERROR: 1,
  BUSY: 5,
  READONLY: 8,
  IOERR: 10,
  CORRUPT: 11,
  FULL: 13,
  CANTOPEN: 14,
  NOTADB: 26,
} as const

/** What SQLite, or a driver, throws. */
export class SqliteError extends Error {
  override readonly name = 'SqliteError'
  /** As a driver gives it, with the details of an extended code where it knows them. */
  readonly extendedCode: number
  /** The primary code in it. */
  readonly resultCode: number

  constructor(code: number, cause?: unknown) {
    super(`SQLite result code ${code}`, { cause })
    this.extendedCode = code
    this.resultCode = code & 0xff
  }
}

export interface Statement {
  run(parameters: readonly SqlValue[]): unknown
  all(parameters: readonly SqlValue[]): unknown
}

export interface Connection {
  exec(sql: string): unknown
  prepare(sql: string): Statement
  close(): unknown
  /** SQLite's result code in what this connection threw, where it says one. */
  resultCode(error: unknown): number | undefined
}

/** Whether SQLite refused a statement with this result code. */
export const isSqliteError = (error: unknown, code: number): error is SqliteError =>
  error instanceof SqliteError && error.resultCode === code

/** Reads something else where SQLite meets pages that cannot be: other parts of the file may be whole. */
export const unlessCorrupt = <T>(read: () => T, otherwise: () => T): T => {
  try {
    return read()
  } catch (error) {
    if (isSqliteError(error, SQLITE.CORRUPT)) return otherwise()
    throw error
  }
}

/** Prepares each statement once, and makes all that a connection throws a `SqliteError`. */
export const createDriver = (connection: Connection): SqliteDriver => {
  const statements = new Map<string, Statement>()
  const prepared = (sql: string): Statement => {
    const statement = statements.get(sql) ?? connection.prepare(sql)
    statements.set(sql, statement)
    return statement
  }
  const attempt = <T>(work: () => T): T => {
    try {
      return work()
    } catch (error) {
      throw new SqliteError(connection.resultCode(error) ?? SQLITE.ERROR, error)
    }
  }
  return {
    exec: (sql) => attempt(() => void connection.exec(sql)),
    run: (sql, parameters) => attempt(() => void prepared(sql).run(parameters)),
    all: (sql, parameters = []) => attempt(() => prepared(sql).all(parameters) as readonly SqlRow[]),
    close: () =>
      attempt(() => {
        statements.clear()
        connection.close()
      }),
  }
}

export type SqlValue = string | number | null | Uint8Array

export type SqlRow = Readonly<Record<string, unknown>>

/**
 * The part of SQLite that the store uses, the same for every driver. All calls are synchronous and throw
 * `SqliteError`. All rows are read at once: a partly read statement would keep a read transaction open.
 */
export interface SqliteDriver {
  /** One or more statements without parameters. */
  exec(sql: string): void
  run(sql: string, parameters: readonly SqlValue[]): void
  all(sql: string, parameters?: readonly SqlValue[]): readonly SqlRow[]
  close(): void
}

/** The primary result codes of SQLite that the store distinguishes (sqlite.org: Result and Error Codes). */
export const SQLITE = {
  ERROR: 1,
  BUSY: 5,
  READONLY: 8,
  IOERR: 10,
  CORRUPT: 11,
  FULL: 13,
  CANTOPEN: 14,
  PROTOCOL: 15,
  NOTADB: 26,
} as const

/** An error of SQLite or of a driver. */
export class SqliteError extends Error {
  override readonly name = 'SqliteError'
  /** The code from the driver, extended if the driver knows more. */
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
  /** SQLite's result code in an error of this connection; undefined if it has none. */
  resultCode(error: unknown): number | undefined
}

/** Whether SQLite refused a statement with this result code. */
export const isSqliteError = (error: unknown, code: number): error is SqliteError =>
  error instanceof SqliteError && error.resultCode === code

/** Falls back to `otherwise` if SQLite reads a corrupt page: other parts of the file may be intact. */
export const unlessCorrupt = <T>(read: () => T, otherwise: () => T): T => {
  try {
    return read()
  } catch (error) {
    if (isSqliteError(error, SQLITE.CORRUPT)) return otherwise()
    throw error
  }
}

/** A driver over a connection. Prepares each statement once and throws every error as a `SqliteError`. */
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

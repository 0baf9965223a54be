import process from 'node:process'
import { createDriver, SQLITE, type SqliteDriver, SqliteError, type SqlValue } from './driver.ts'

/** The part of `node:sqlite` (Node 22.13 and later) that is used here; the types of Node 20 lack it. */
interface NodeSqlite {
  readonly DatabaseSync: new (path: string) => {
    exec(sql: string): void
    prepare(sql: string): { run(...parameters: SqlValue[]): unknown; all(...parameters: SqlValue[]): unknown }
    close(): void
  }
}

/**
 * The module, or undefined if this runtime has none. Node 22 warns at every load that it is experimental. The warning
 * is suppressed here; nothing else runs during loading, so no other warning is lost.
 */
const load = (): NodeSqlite | undefined => {
  const warning = Object.getOwnPropertyDescriptor(process, 'emitWarning')
  if (warning) Object.defineProperty(process, 'emitWarning', { ...warning, value: () => undefined })
  try {
    return process.getBuiltinModule('node:sqlite') as NodeSqlite | undefined
  } finally {
    if (warning) Object.defineProperty(process, 'emitWarning', warning)
  }
}

const sqlite = load()

export const hasNodeSqlite = sqlite !== undefined

const resultCode = (error: unknown): number | undefined =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number'
    ? error.errcode
    : undefined

export const openNodeDriver = (file: string): SqliteDriver => {
  if (sqlite === undefined) throw new TypeError('This runtime has no node:sqlite.')
  const open = () => {
    try {
      return new sqlite.DatabaseSync(file)
    } catch (error) {
      throw new SqliteError(resultCode(error) ?? SQLITE.ERROR, error)
    }
  }
  const database = open()
  return createDriver({
    exec: (sql) => database.exec(sql),
    prepare: (sql) => {
      const statement = database.prepare(sql)
      return {
        run: (parameters) => statement.run(...parameters),
        all: (parameters) => statement.all(...parameters),
      }
    },
    close: () => database.close(),
    resultCode,
  })
}

import { arch, release, type as systemType } from 'node:os'
import { basename } from 'node:path'
import { realPath } from '../adapters/files/real-path.ts'
import { reportedEvent } from '../adapters/inspector/reported-event.ts'
import type { ReportedEvent } from '../adapters/inspector/reported-event.ts'
import { examineFile } from '../adapters/stores/sqlite/doctor/examine-file.ts'
import { sqliteDrivers } from '../adapters/stores/sqlite/driver/open-driver.ts'
import { SCHEMA_VERSION } from '../adapters/stores/sqlite/file/schema.ts'
import { type FailureCode, isImportFailure } from '../domain/failures.ts'
import type { Finding } from '../domain/findings.ts'
import type { Source } from '../domain/source.ts'
import type { EventStore, StoredEvent } from '../ports/event-store.ts'
import type { StoreFile, StoreReport } from './examine-store.ts'

/** Maximum number of events in a report. More would be too long to send. */
const MOST_EVENTS = 1000

/** A report that people can send to help find a defect. No contact, account, token, path, or name of a person or machine. */
export interface ProblemReport {
  /** When it was made, ISO 8601 in UTC. */
  readonly at: string
  readonly versions: {
    readonly app: string
    readonly node: string
    readonly system: string
    /** The SQLite in use: `node` with the version of the SQLite in Node, or `libsql`. */
    readonly sqlite: string
    /** Version of the schema that this app writes, and that of the file; null if it could not be read. */
    readonly schema: { readonly app: number; readonly file: number | null }
  }
  /** Why the file could not be opened; null if it could. */
  readonly failure: FailureCode | null
  readonly findings: readonly Finding[]
  /** The name of the store is replaced by `STORE`. */
  readonly files: readonly StoreFile[]
  readonly counts: Pick<StoreReport, 'events' | 'payloads' | 'contacts'>
  /** The kind of place of each key. */
  readonly keys: Readonly<Partial<Record<Source, 'file' | 'ring' | 'memory'>>>
  readonly running: readonly Source[]
  /** The details of failed attempts, including the service's request ids. */
  readonly failures: readonly object[]
  /** The latest events, oldest first. */
  readonly events: readonly ReportedEvent[]
  /** How many earlier events are left out. */
  readonly omitted: number
}

/**
 * Makes a problem report about a store, even if the store is damaged, locked, of a later version, or missing. Changes
 * nothing and does not throw.
 *
 * @param report the result of `examineStore` for the same store
 * @param app the version of the app
 */
export const problemReport = async (report: StoreReport, app: string, now: Date): Promise<ProblemReport> => {
  const { store, findings, files, events: count, payloads, contacts, keys, running } = report
  const real = realOf(store)
  const events: ReportedEvent[] = []
  let omitted = 0
  const { failure, schema } = await examineFile(real, async (log) => {
    for await (const event of readable(log)) {
      events.push(reportedEvent(event))
      if (events.length > MOST_EVENTS) omitted += events.splice(0, 1).length
    }
  })
  const renamed = (name: string) => nameless(name, [basename(store), basename(real)])
  return {
    at: now.toISOString(),
    versions: {
      app,
      node: process.versions.node,
      system: `${systemType()} ${release()} ${arch()}`,
      sqlite: `${sqliteDrivers[0] ?? 'none'} ${process.versions.sqlite ?? ''}`.trim(),
      schema: { app: SCHEMA_VERSION, file: schema },
    },
    failure,
    findings: findings.map(({ code, count, files }) => ({
      code,
      ...(count !== undefined && { count }),
      ...(files && { files: files.map(renamed) }),
    })),
    files: files.map(({ name, bytes, mode }) => ({ name: renamed(name), bytes, mode })),
    counts: { events: count, payloads, contacts },
    keys: Object.fromEntries(Object.entries(keys).map(([source, { kind }]) => [source, kind])),
    running,
    failures: events
      .filter(({ type }) => type === 'attempt.failed')
      .map(({ time, attempt, data }) => ({ time, attempt, ...data })),
    events,
    omitted,
  }
}

const realOf = (store: string): string => {
  try {
    return realPath(store)
  } catch (error) {
    if (isImportFailure(error)) return store
    throw error
  }
}

/** Yields the events up to the first damaged one. */
const readable = async function* (log: EventStore): AsyncGenerator<StoredEvent> {
  try {
    yield* log.read(0, { payloads: false })
  } catch (error) {
    if (!isImportFailure(error)) throw error
  }
}

/** The suffixes of file names that this app uses. */
const OWN_END = /^(-wal|-shm|-journal|\.lock-[\w-]+|\.tokens\.json(\.[\w.-]+)?)?$/
const KEY = /^[0-9a-f]{64}\.\w+$/

/** Removes the name of the store, because it may be the name of a person. */
const nameless = (name: string, stores: readonly string[]): string => {
  const store = stores.find((each) => name.startsWith(each) && OWN_END.test(name.slice(each.length)))
  if (store !== undefined) return `STORE${name.slice(store.length)}`
  return KEY.test(name) || name === 'CACHEDIR.TAG' ? name : '(other)'
}

import { ImportFailure } from '../../../domain/failures.ts'
import {
  type EventStore,
  type NewEvent,
  type PayloadDrop,
  PositionConflict,
  type StoredEvent,
} from '../../../ports/event-store.ts'
import { memoryLog, type MemoryLog, type MemoryRecord } from './memory-log.ts'

/**
 * A store that lasts as long as the process. Several stores on one log behave like several processes on one file.
 * Values are kept as JSON text and bytes are copied, so that reading returns the same as from a file.
 */
export const memoryStore = (log: MemoryLog = memoryLog()): EventStore => {
  const watches = new Set<() => void>()
  let closed = false
  const use = (): void => {
    if (closed) throw new ImportFailure('storage-unavailable', {}, new Error('The store is closed.'))
  }
  return {
    key: log.key,
    location: null,
    newer: false,
    plain: false,
    append: async (expected, events, drop = []) => {
      use()
      if (expected !== log.last) throw new PositionConflict('Another writer appended first.')
      const records = events.map((event, index) => record(event, expected + 1 + index))
      for (const each of drop) for (const old of log.records) if (isMeant(old, each)) old.payload = null
      log.records.push(...records)
      log.last += records.length
      if (records.length > 0) for (const listener of log.watches) if (!watches.has(listener)) listener()
      return log.last
    },
    async *read(from, { payloads }) {
      use()
      for (const kept of [...log.records]) {
        if (kept.position > from) yield stored(kept, payloads)
      }
    },
    watch: (listener) => {
      use()
      const later = () => setTimeout(() => watches.has(later) && listener(), 0)
      watches.add(later)
      log.watches.add(later)
      return () => {
        watches.delete(later)
        log.watches.delete(later)
      }
    },
    saveView: async ({ name, version, position, data, parts = [] }) => {
      use()
      const copies: Uint8Array[] = []
      for await (const part of parts) copies.push(part.slice())
      const view = { version, position, data: JSON.stringify(data), parts: copies }
      if (position >= log.erased) log.views.set(name, view)
    },
    loadView: async (name, version) => {
      use()
      const view = log.views.get(name)
      if (view?.version !== version) return null
      const data = JSON.parse(view.data) as unknown
      return { name, ...view, data, parts: view.parts.map((part) => part.slice()) }
    },
    erase: async (stream, tombstone) => {
      use()
      log.records = log.records.filter((old) => old.stream !== stream || old.position >= tombstone)
      for (const old of log.records)
        if (old.stream === stream && old.position === tombstone) old.payload = null
      log.views.clear()
      log.erased = Math.max(log.erased, tombstone)
    },
    close: async () => {
      closed = true
      for (const watch of watches) log.watches.delete(watch)
      watches.clear()
    },
  }
}

const isMeant = (
  record: MemoryRecord,
  { stream, attempt, types, before = Infinity, until }: PayloadDrop,
): boolean =>
  record.stream === stream &&
  (attempt === undefined || record.attempt === attempt) &&
  (types === undefined || types.includes(record.type)) &&
  record.position < before &&
  (until === undefined || record.time < until)

const record = (event: NewEvent, position: number): MemoryRecord => {
  const { stream, type, version, id, time, attempt, data, payload } = event
  const envelope = { position, stream, type, version, id, time, attempt }
  return { ...envelope, data: JSON.stringify(data), payload: payload?.slice() ?? null }
}

const stored = ({ data, payload, ...envelope }: MemoryRecord, payloads: boolean): StoredEvent => ({
  ...envelope,
  data: JSON.parse(data) as unknown,
  payload: payloads ? (payload?.slice() ?? null) : null,
})

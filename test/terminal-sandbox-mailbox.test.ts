import { readFile, writeFile } from 'node:fs/promises'
import { describe, expect } from 'vitest'
import type { StoredEvent } from '../src/ports/event-store.ts'
import { openSqliteStore } from '../src/adapters/stores/sqlite/open-store.ts'
import { test as it } from './imported-store.ts'
import { lastRecord, run } from './terminal-command.ts'

const refreshed = async (store: string, ...options: string[]) =>
  lastRecord(await run('refresh', '--store', store, '--json', ...options))

/** The types of the events of the latest attempt. */
const latestEvents = async (store: string) => {
  const log = await openSqliteStore(store)
  const events: StoredEvent[] = []
  for await (const event of log.read(0, { payloads: false })) events.push(event)
  await log.close()
  const { attempt } = events.at(-1) ?? {}
  return events.filter((event) => event.attempt === attempt).map(({ type }) => type)
}

describe('the mailbox of the sandbox', () => {
  it('persists in later processes, so that a refresh asks for changes only', async ({ importedStore }) => {
    const store = await importedStore(40)
    expect(await refreshed(store)).toMatchObject({ added: 0, updated: 0, removed: 0 })
    expect(await latestEvents(store)).toEqual(['attempt.requested', 'attempt.completed'])

    expect(await refreshed(store, '--edits', '4')).toMatchObject({ added: 2, updated: 1, removed: 1 })
    expect(await latestEvents(store)).not.toContain('contacts.counted')
    expect(await refreshed(store, '--contacts', '45')).toMatchObject({ added: 4, updated: 0, removed: 0 })
    expect(await latestEvents(store)).not.toContain('contacts.counted')

    const restart = await run('restart', '--store', store, '--json')
    expect(lastRecord(restart)).toMatchObject({ added: 0, updated: 0, removed: 0, onDevice: 45 })
  })

  it('is listed completely and correctly if its remembered state is missing or of an earlier version', async ({
    importedStore,
  }) => {
    const store = await importedStore(40)
    await refreshed(store, '--edits', '4')
    const memory = `${store}.sandbox.json`
    const { mailbox, ...settings } = JSON.parse(await readFile(memory, 'utf8')) as Record<string, unknown>
    for (const other of [{}, { mailbox: 'odd' }, { mailbox: { ...(mailbox as object), changes: [] } }]) {
      await writeFile(memory, JSON.stringify({ ...settings, ...other }))
      expect(await refreshed(store)).toMatchObject({ state: 'imported', onDevice: 40 })
      expect(await latestEvents(store)).toContain('contacts.counted')
      await refreshed(store, '--edits', '4')
    }
  })
})

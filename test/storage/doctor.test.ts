import { createHash } from 'node:crypto'
import { chmod, mkdir, mkdtemp, readdir, readFile, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { describe, expect } from 'vitest'
import { test as it } from '../temp-folder.ts'
import { openDriver } from '../../src/adapters/stores/sqlite/driver/open-driver.ts'
import { sqliteLocks } from '../../src/adapters/stores/sqlite/run-locks.ts'
import { openSqliteStore } from '../../src/adapters/stores/sqlite/open-store.ts'
import { examineStore } from '../../src/node.ts'
import type { NewEvent } from '../../src/node.ts'
import { sampleContacts } from '../../src/testing/sample-contacts.ts'
import { importAll, page, refreshAll } from '../core/device.ts'
import { records, run } from '../terminal-command.ts'
import { copyOf, makeStore, openAt } from './base-store.ts'

let root: string
/** A store with the lists of an import and of a refresh, closed normally. */
let sound: string
/** A refresh under way after its first page, as a killed process leaves it. */
let broken: string

it.beforeAll(async ({ sharedFolder }) => {
  root = sharedFolder
  sound = await makeStore(root, 20)
  const opened = await openAt(sound)
  await refreshAll(opened, sampleContacts(30))
  await opened.book.close()
  sound = await copyOf(sound, root)
  broken = await copyOf(sound, root)
  const { book, source } = await openAt(broken)
  await book.refresh('microsoft365')
  const fetch = await source.fetches.next()
  await fetch.emit({ type: 'contacts.counted', count: 40 })
  await fetch.emit(page(sampleContacts(40)))
  const killed = await copyOf(broken, root)
  await book.close()
  broken = killed
  expect((await stat(`${broken}-wal`)).size).toBeGreaterThan(0)
})

/** Everything about a folder that an examination must not change. */
const fingerprint = async (folder: string) => {
  const names = (await readdir(folder)).sort()
  const entries = names.map(async (name) => {
    const path = join(folder, name)
    const { mode, mtimeMs, size } = await stat(path)
    const bytes = await readFile(path).catch(() => '')
    return [name, mode, mtimeMs, size, createHash('sha256').update(bytes).digest('hex')]
  })
  return Promise.all(entries)
}

const examined = async (store: string) => {
  const before = await fingerprint(dirname(store))
  const temporary = await readdir(tmpdir())
  const report = await examineStore(store, { tokenFile: `${store}.tokens.json` })
  expect(await fingerprint(dirname(store))).toEqual(before)
  const left = (await readdir(tmpdir())).filter((name) => !temporary.includes(name))
  expect(left.filter((name) => name.startsWith('device-contacts-examined'))).toEqual([])
  return { ...report, codes: report.findings.map(({ code }) => code) }
}

const damaged = async (sql: string, from = sound): Promise<string> => {
  const store = await copyOf(from, root)
  const db = await openDriver(store)
  db.exec(sql)
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  db.close()
  return copyOf(store, root)
}

const appended = async (event: Partial<NewEvent>): Promise<string> => {
  const store = await copyOf(sound, root)
  const events = await openSqliteStore(store)
  let last = 0
  for await (const { position } of events.read(0, { payloads: false })) last = position
  const about = { stream: 'microsoft365', version: 1, id: 'x', attempt: null, data: {} } as const
  await events.append(last, [
    { ...about, type: 'account.signed-out', time: '2026-01-01T00:00:00.000Z', ...event },
  ])
  await events.close()
  return copyOf(store, root)
}

const FIRST_PAGE = "(SELECT min(position) FROM events WHERE type = 'page.fetched')"
const LAST_PAGE = "(SELECT max(position) FROM events WHERE type = 'page.fetched')"
const lost = (position: string) => `UPDATE payloads SET body = x'7b7d' WHERE position = ${position};`

describe('an examination changes nothing, and finds', () => {
  it('nothing if all is in order', async () => {
    const report = await examined(sound)
    expect(report).toMatchObject({ codes: [], contacts: { microsoft365: 30 }, running: [] })
    expect(report.files.find(({ name }) => name === 'contacts.db')).toMatchObject({ mode: '600' })
    expect(report.events).toBeGreaterThan(8)
  })

  it.each([
    ['a page that no list needs', lost(FIRST_PAGE), ['payloads-damaged']],
    ['a page of the list, which stands in its saved copy', lost(LAST_PAGE), ['list-only-saved']],
    ['a page of the list, and no saved copy', `${lost(LAST_PAGE)} DELETE FROM views`, ['list-damaged']],
    ['a missing page', `DELETE FROM payloads WHERE position = ${LAST_PAGE}`, ['list-only-saved']],
    ['a damaged saved copy', "UPDATE views SET data = x'7b7d'", ['saved-view-damaged']],
    ['a changed event', "UPDATE events SET data = '{}' WHERE position = 2", ['events-damaged']],
    ['a missing event', 'DELETE FROM events WHERE position = 2', ['events-damaged']],
    ['a damaged key', "UPDATE meta SET value = 'x' WHERE name = 'key'", ['file-damaged']],
    ['a newer store', 'PRAGMA user_version = 3', ['store-newer']],
  ])('%s', async (_, sql, codes) => {
    expect((await examined(await damaged(sql))).codes).toEqual(codes)
  })

  it.each([
    ['an event of a newer version', { type: 'contact.starred' }, ['store-newer']],
    ['an event that does not fit its state', { type: 'consent.granted' }, ['events-damaged']],
    ['a sign-out that was broken off', {}, ['erasure-unfinished']],
  ])('%s', async (_, event, codes) => {
    expect((await examined(await appended(event))).codes).toEqual(codes)
  })

  it('an empty file that was a store, as its run locks show', async () => {
    const empty = await copyOf(sound, root)
    await truncate(empty)
    expect((await examined(empty)).codes).toEqual(['file-damaged'])
    expect((await stat(empty)).size).toBe(0)
  })

  it('a file without its end, and one whose first bytes are damaged', async () => {
    const short = await copyOf(sound, root)
    await truncate(short, 20_000)
    expect((await examined(short)).codes).toEqual(['file-damaged'])
    const headless = await copyOf(sound, root)
    const bytes = await readFile(headless)
    await writeFile(headless, bytes.fill(0, 0, 16))
    expect((await examined(headless)).codes).toEqual(['file-damaged'])
  })

  it('impossible pages', async () => {
    const store = await copyOf(sound, root)
    const bytes = await readFile(store)
    const blank = bytes.subarray(0, 8192).fill(0, 4096)
    await writeFile(store, Buffer.concat([blank, bytes.subarray(8192)]))
    expect((await examined(store)).codes).toContain('file-damaged')
  })

  it('nothing, a letter, a database and a folder instead of a store', async () => {
    const folder = await mkdtemp(join(root, 'other-'))
    expect((await examined(join(folder, 'none.db'))).codes).toEqual(['store-missing'])
    await writeFile(join(folder, 'letter'), 'Dear Ada, '.repeat(999), { mode: 0o600 })
    expect((await examined(join(folder, 'letter'))).codes).toEqual(['store-foreign'])
    const other = await openDriver(join(folder, 'other.db'))
    other.exec('CREATE TABLE events (position INTEGER)')
    other.close()
    expect((await examined(await copyOf(join(folder, 'other.db'), root))).codes).toEqual(['store-foreign'])
    await mkdir(join(folder, 'folder'), { mode: 0o700 })
    expect((await examined(join(folder, 'folder'))).codes).toContain('store-unreadable')
  })

  it('an interrupted import, and none while its lock is held', async () => {
    expect(await examined(broken)).toMatchObject({ codes: ['attempt-abandoned'], running: [] })
    const running = await copyOf(broken, root)
    const locks = sqliteLocks(running)
    await locks.acquire('microsoft365')
    expect(await examined(running)).toMatchObject({ codes: [], running: ['microsoft365'] })
    await locks.close()
  })

  it('tokens without an account, and temporary files of them', async () => {
    const store = join(await mkdtemp(join(root, 'tokens-')), 'contacts.db')
    await writeFile(`${store}.tokens.json`, '{}', { mode: 0o600 })
    await writeFile(`${store}.tokens.json.1.tmp`, '{}', { mode: 0o600 })
    const left = ['store-missing', 'tokens-without-account', 'leftover-files']
    expect((await examined(store)).codes).toEqual(left)
    const opened = await openAt(store)
    await importAll(opened)
    await opened.book.close()
    expect((await examined(await copyOf(store, root))).codes).toEqual(['leftover-files'])
  })

  it.skipIf(process.platform === 'win32')('files that others may read', async () => {
    const store = await copyOf(sound, root)
    await chmod(store, 0o640)
    expect((await examined(store)).findings).toEqual([{ code: 'permissions-wide', files: [basename(store)] }])
  })
})

describe('device-contacts doctor', () => {
  it('exits 0 if all is in order', async () => {
    const ended = await run('doctor', '--store', sound)
    expect(ended).toMatchObject({ code: 0, stderr: '' })
    expect(ended.stdout).toContain('Everything is in order.')
    expect(ended.stdout).toContain('30 contacts from Microsoft 365')
  })

  it('exits 1 with a code and a next step for each finding, and nothing personal', async () => {
    const store = await damaged(lost(LAST_PAGE))
    const ended = await run('doctor', '--store', store, '--json')
    expect(ended.code).toBe(1)
    const [report] = records(ended)
    const next = `To repair this, use "device-contacts refresh --store ${store}".`
    expect(report).toMatchObject({ ok: false, findings: [{ code: 'list-only-saved', count: 1, next }] })
    for (const { name } of sampleContacts(30)) expect(ended.stdout).not.toContain(name.full ?? '?')
    expect(ended.stdout).not.toContain('person@example.test')
  })
})

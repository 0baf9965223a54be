import { copyFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect } from 'vitest'
import { test as it } from '../temp-folder.ts'
import { examineStore, isImportFailure } from '../../src/node.ts'
import type { ContactBook } from '../../src/node.ts'
import { sampleContacts } from '../../src/testing/sample-contacts.ts'
import { account, importAll, list, names, refreshAll } from '../core/device.ts'
import { soakRounds } from '../soak.ts'
import { lastRecord, records, run } from '../terminal-command.ts'
import { copyKeys, copyOf, makeStore, openAt, openRestless } from './base-store.ts'

/** In the first frame: everything in the WAL is lost. */
const EARLY_BIT = 32 * 8 + 999

const FLIPS = soakRounds({ whole: 1_000, share: 60 })

interface Killed {
  readonly store: string
  readonly wal: Buffer
  readonly newest: readonly (string | undefined)[]
}

let root: string
/** A store whose process was killed with its first import in the WAL, and one with a refresh in the WAL. */
let first: Killed
let second: Killed

it.beforeAll(async ({ sharedFolder }) => {
  root = sharedFolder
  first = await killedAfter(join(await mkdtemp(join(root, 'first-')), 'contacts.db'), importAll)
  second = await killedAfter(await makeStore(root, 200), refreshAll)
})

const killedAfter = async (store: string, work: typeof refreshAll): Promise<Killed> => {
  const { book, source } = await openRestless(store)
  await work({ book, source }, sampleContacts(260))
  const copy = await copyOf(store, root)
  const wal = await readFile(`${copy}-wal`)
  const newest = names(book)
  await book.close()
  expect(newest).toHaveLength(260)
  expect(wal.length).toBeGreaterThan(100_000)
  return { store: copy, wal, newest }
}

const withWal = async ({ store }: Killed, wal: Buffer): Promise<string> => {
  const copy = join(await mkdtemp(join(root, 'damaged-')), 'contacts.db')
  await copyFile(store, copy)
  await copyKeys(store, copy)
  await writeFile(`${copy}-wal`, wal)
  return copy
}

const flipped = (wal: Buffer, bit: number): Buffer => {
  const bytes = Buffer.from(wal)
  bytes.writeUInt8(bytes.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
  return bytes
}

const shown = (book: ContactBook) => ({ names: names(book), notices: account(book).notices })

/** What the book shows, or the code with which opening it fails. */
const look = async (store: string) => {
  try {
    const { book } = await openAt(store)
    const seen = shown(book)
    await book.close()
    return seen
  } catch (error) {
    if (isImportFailure(error)) return error.code
    throw error
  }
}

/** Random numbers that are the same in every run. */
const random = (seed: number) => () => {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
  return seed / 2 ** 32
}

describe.each([
  ['with a first import in it', () => first],
  ['with a refresh in it', () => second],
])('a damaged WAL %s', (_, killed) => {
  it('shows the newest list, says that the list may be older, or says that the store is damaged', async () => {
    const { wal, newest } = killed()
    const next = random(11)
    const header = Array.from({ length: 32 }, (_, at) => at * 8 + (at & 7))
    const bits = [...header, ...Array.from({ length: FLIPS }, () => Math.floor(next() * wal.length * 8))]
    const counts = { newest: 0, earlier: 0, empty: 0, damaged: 0 }
    for (const bit of bits) {
      const store = await withWal(killed(), flipped(wal, bit))
      const seen = await look(store)
      if (typeof seen === 'string') {
        expect(seen).toBe('storage-damaged')
        counts.damaged++
      } else if (seen.names.length === newest.length) {
        expect(seen.names).toEqual(newest)
        counts.newest++
      } else {
        expect(seen.notices, `bit ${bit}`).toEqual(['list-may-be-older'])
        expect([0, 200]).toContain(seen.names.length)
        counts[seen.names.length === 0 ? 'empty' : 'earlier']++
      }
      await rm(dirname(store), { recursive: true })
    }
    expect(counts.earlier + counts.empty).toBeGreaterThan(FLIPS / 5)
  })

  it('is recorded before it is overwritten: the notice stays until the list is complete again', async () => {
    const store = await withWal(killed(), flipped(killed().wal, EARLY_BIT))
    const opened = await openAt(store)
    // Looking changes nothing.
    expect((await readFile(`${store}-wal`)).equals(flipped(killed().wal, EARLY_BIT))).toBe(true)
    const isIdle = account(opened.book).state === 'idle'
    const began = await (isIdle ? opened.book.signIn('microsoft365') : opened.book.refresh('microsoft365'))
    expect(began.ok).toBe(true)
    const killedAgain = await copyOf(store, root)
    await opened.book.close()
    const resumed = await openAt(killedAgain)
    expect(account(resumed.book).notices).toEqual(['list-may-be-older'])
    await resumed.book.close()
    expect((await stat(`${killedAgain}-wal`).catch(() => ({ size: 0 }))).size).toBe(0)

    const again = await openAt(killedAgain)
    expect(account(again.book).notices).toEqual(['list-may-be-older'])
    const restarted = await again.book.restart('microsoft365')
    await (await again.source.signIns.next()).grant()
    await list(await again.source.fetches.next(), sampleContacts(260))
    await again.book.outcome(restarted.ok ? restarted.attempt : '')
    expect(shown(again.book)).toEqual({ names: killed().newest, notices: [] })
    await again.book.close()
    expect(await look(killedAgain)).toEqual({ names: killed().newest, notices: [] })
  })

  it('does not keep the list of an account that signed out', async () => {
    const store = await withWal(killed(), flipped(killed().wal, EARLY_BIT))
    const { book } = await openAt(store)
    await book.signIn('microsoft365')
    expect(await book.signOut('microsoft365')).toMatchObject({ ok: true })
    expect(shown(book)).toEqual({ names: [], notices: [] })
    await book.close()
    expect(await look(store)).toEqual({ names: [], notices: [] })
  })

  it('is found by an examination, which changes nothing; so is the note that it left', async () => {
    const wal = flipped(killed().wal, EARLY_BIT)
    const store = await withWal(killed(), wal)
    const codes = async () => (await examineStore(store)).findings.map(({ code }) => code)
    expect(await codes()).toContain('list-may-be-older')
    expect((await readFile(`${store}-wal`)).equals(wal)).toBe(true)
    await look(store)
    expect(await codes()).toContain('list-may-be-older')
  })

  it('that is whole says nothing', async () => {
    const { wal, newest } = killed()
    expect(await look(await withWal(killed(), wal))).toEqual({ names: newest, notices: [] })
  })
})

describe('the terminal says that the list may be out of date, and what date it has:', () => {
  const damagedStore = (killed: Killed) => withWal(killed, flipped(killed.wal, EARLY_BIT))
  const gone =
    /latest changes to the file .* are lost\. The contacts from Microsoft 365 may be out of date: .* \d{4}/

  it('list and status', async () => {
    const store = await damagedStore(second)
    const listed = await run('list', '--store', store, '--json')
    expect(records(listed)).toHaveLength(200)
    expect(listed.stderr).toMatch(gone)
    expect(listed.stderr).toContain(`To bring them up to date, use "device-contacts refresh`)
    // Also after the first one has closed the store, and with it the damaged WAL.
    const { stdout } = await run('status', '--store', store)
    expect(stdout).toMatch(gone)
    const notice = { code: 'list-may-be-older', message: expect.stringMatching(gone) as string }
    expect(lastRecord(await run('status', '--store', store, '--json'))).toMatchObject({ notices: [notice] })
  })

  it('import and refresh, also where they fail', async () => {
    const store = await damagedStore(second)
    const refused = await run('import', '--store', store, '--client-id', 'id', '--json')
    expect(refused.stderr).toMatch(gone)
    expect(lastRecord(refused)).toMatchObject({ code: 'already-linked', notices: ['list-may-be-older'] })
    expect((await run('refresh', '--store', store)).stderr).toMatch(gone)
  })

  it('list if everything was lost', async () => {
    const listed = await run('list', '--store', await damagedStore(first))
    expect(listed.stderr).toContain('If this device had contacts from Microsoft 365, they are gone.')
  })
})

import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect } from 'vitest'
import { test } from '../temp-folder.ts'
import { hasStoreSignature } from '../../src/adapters/stores/sqlite/file/store-signature.ts'
import { isImportFailure } from '../../src/index.ts'
import { sampleContacts } from '../../src/testing/sample-contacts.ts'
import { names, refreshAll } from '../core/device.ts'
import { copyKeys, copyOf, makeStore, openAt, openRestless } from './base-store.ts'

let root: string
/** Closed normally, with the lists of an import and of a refresh, and the saved view of the latter. */
let closed: { readonly store: string; readonly bytes: Buffer }
/** As a killed process left it: the refresh is still in the WAL. */
let killed: { readonly store: string; readonly wal: Buffer }
const lists: (readonly (string | undefined)[])[] = [[]]

test.beforeAll(async ({ sharedFolder }) => {
  root = sharedFolder
  const store = await makeStore(root, 200)
  const opened = await openRestless(store)
  lists.push(names(opened.book))
  await refreshAll(opened, sampleContacts(260))
  lists.push(names(opened.book))
  const copy = await copyOf(store, root)
  killed = { store: copy, wal: await readFile(`${copy}-wal`) }
  await opened.book.close()
  closed = { store, bytes: await readFile(store) }
  expect(killed.wal.length).toBeGreaterThan(100_000)
})

/** The list that the book shows, or the code of its failure. */
const outcomeOf = async (store: string): Promise<readonly (string | undefined)[] | string> => {
  try {
    const { book } = await openAt(store)
    try {
      return names(book)
    } finally {
      await book.close()
    }
  } catch (error) {
    if (isImportFailure(error)) return error.code
    throw error
  }
}

const damagedCopy = async (bytes: Buffer): Promise<string> => {
  const store = join(await mkdtemp(join(root, 'damaged-')), 'contacts.db')
  await writeFile(store, bytes)
  await copyKeys(closed.store, store)
  return store
}

test('a truncated store of any length is reported as damaged and left unchanged', async () => {
  const { bytes } = closed
  const shorter = Array.from({ length: 40 }, (_, index) => Math.floor((bytes.length * index) / 40))
  for (const length of [...shorter, 16, 99, 511, 512, 4095, bytes.length - 1]) {
    if (length === 0) continue
    const store = await damagedCopy(bytes.subarray(0, length))
    const outcome = await outcomeOf(store)
    // Less than a sector does not show that it was a store. The last page may not be needed.
    if (length < 512) expect(outcome).toMatch(/^storage-(damaged|foreign)$/)
    else if (bytes.length - length < 4096) expect([lists.at(-1), 'storage-damaged']).toContainEqual(outcome)
    else expect(outcome, `${length} bytes`).toBe('storage-damaged')
    expect((await readFile(store)).equals(bytes.subarray(0, length))).toBe(true)
  }
})

test('a store with damaged places shows its whole list or says that it is damaged', async () => {
  const outcomes = { shown: 0, damaged: 0 }
  const { bytes } = closed
  const flip = fc.record({ at: fc.nat(bytes.length - 1), bit: fc.nat(7) })
  // Everything else depends on the first pages.
  const early = fc.record({ at: fc.nat(16_383), bit: fc.nat(7) })
  const zeroed = fc.nat(bytes.length / 512 - 1).map((sector) => ({ sector }))
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(flip, early, zeroed), { minLength: 1, maxLength: 3 }),
      async (places) => {
        const damaged = Buffer.from(bytes)
        for (const place of places) {
          if ('sector' in place) damaged.fill(0, place.sector * 512, place.sector * 512 + 512)
          else damaged[place.at] = (damaged[place.at] ?? 0) ^ (1 << place.bit)
        }
        const store = await damagedCopy(damaged)
        const outcome = await outcomeOf(store)
        expect((await readFile(store)).equals(damaged)).toBe(true)
        if (typeof outcome === 'string') {
          // Both places that identify a store may be damaged.
          expect(outcome).toBe(hasStoreSignature(store) ? 'storage-damaged' : 'storage-foreign')
          outcomes.damaged++
        } else {
          expect(outcome).toEqual(lists.at(-1))
          outcomes.shown++
        }
        await rm(join(store, '..'), { recursive: true })
      },
    ),
    { numRuns: 150, endOnFailure: true },
  )
  expect(outcomes.shown).toBeGreaterThan(50)
  expect(outcomes.damaged).toBeGreaterThan(5)
})

test('a store whose latest changes are damaged shows an earlier whole list or says that it is damaged', async () => {
  const { wal } = killed
  const seen = new Set<string>()
  const cut = fc.nat(wal.length).map((length) => wal.subarray(0, length))
  const flipped = fc.record({ at: fc.nat(wal.length - 1), bit: fc.nat(7) }).map(({ at, bit }) => {
    const damaged = Buffer.from(wal)
    damaged[at] = (damaged[at] ?? 0) ^ (1 << bit)
    return damaged
  })
  await fc.assert(
    fc.asyncProperty(fc.oneof(cut, flipped), async (damaged) => {
      const store = join(await mkdtemp(join(root, 'damaged-')), 'contacts.db')
      await copyFile(killed.store, store)
      await copyKeys(killed.store, store)
      await writeFile(`${store}-wal`, damaged)
      const outcome = await outcomeOf(store)
      if (typeof outcome === 'string') expect(outcome).toBe('storage-damaged')
      else expect(lists).toContainEqual(outcome)
      seen.add(typeof outcome === 'string' ? outcome : `list ${outcome.length}`)
    }),
    { numRuns: 60, endOnFailure: true },
  )
  expect(seen).toContain('list 200')
})

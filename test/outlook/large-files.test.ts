import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { soakRounds } from '../soak.ts'

const fixture = fileURLToPath(new URL('large-files.fixture.mjs', import.meta.url))

interface Outcome {
  readonly contacts: number
  readonly skipped: number
  readonly largestPage: number
  readonly code: string | null
  readonly memory: number
  readonly turns: number
}

/** In MB. Newer versions of V8 let young garbage take twice as much, which says nothing about the reader. */
const youngSpace = '--max-semi-space-size=16'

const read = async (kind: string, megabytes: number) => {
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...[youngSpace, fixture],
    ...[kind, String(megabytes)],
  ])
  return JSON.parse(stdout) as Outcome
}

/** The files are generated while they are read, so a soak takes the largest that is promised. */
const MEGABYTES = soakRounds({ whole: 200, share: 8 })

/** Two passes, in pieces of 32 KB. */
const turnsOf = (megabytes: number) => 2 * megabytes * 32

test.each([
  ['a table', 'table'],
  ['a file of vCards', 'cards'],
])('%s of any size is read in pages, in little memory, and other tasks have their turn', async (_, kind) => {
  const { contacts, skipped, largestPage, code, memory, turns } = await read(kind, MEGABYTES)
  expect({ skipped, largestPage, code }).toEqual({ skipped: 0, largestPage: 500, code: null })
  expect(contacts).toBeGreaterThan(3_000 * MEGABYTES)
  expect(memory).toBeLessThan(150)
  expect(turns).toBeGreaterThan(turnsOf(MEGABYTES))
})

test('other tasks have their turn after each page, however short the rows are', async () => {
  const { contacts, largestPage, turns } = await read('shortest', 1)
  expect(largestPage).toBe(500)
  expect(turns).toBeGreaterThan(contacts / largestPage)
})

test.each(['endless-line', 'endless-photo', 'endless-card'])(
  'a vCard with an %s is one contact, in little memory',
  async (kind) => {
    const { contacts, code, memory } = await read(kind, 16)
    expect({ contacts, code }).toEqual({ contacts: 1, code: null })
    expect(memory).toBeLessThan(150)
  },
)

test.each(['endless-row', 'open-quote'])(
  'a table with an %s is refused before any of it is read',
  async (kind) => {
    const { contacts, code, memory } = await read(kind, 48)
    expect({ contacts, code }).toEqual({ contacts: 0, code: 'file-unreadable' })
    expect(memory).toBeLessThan(150)
  },
)

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { startSandbox } from '../../sandbox/index.ts'
import type { Sandbox, SandboxOptions } from '../../sandbox/index.ts'
import { openOn, openOnSandbox, outcomeOf } from './sandbox-device.ts'

let opened: Awaited<ReturnType<typeof openOnSandbox>>
const open = async (options: Partial<SandboxOptions>) => (opened = await openOnSandbox(options))
afterEach(() => opened.close())

describe('a mailbox of', () => {
  /** Shared by these tests: its mailbox loses contacts from one to the next. */
  let sandbox: Sandbox
  beforeAll(async () => {
    sandbox = await startSandbox({ contacts: 10_001, folders: 6 })
  })
  afterAll(() => sandbox.close())

  test.each([
    [10_001, 'capped', 10_000],
    [10_000, 'imported', 10_000],
    [9_999, 'imported', 9_999],
  ] as const)('%i contacts over several folders is %s', async (contacts, state, imported) => {
    const mailbox = sandbox.mailbox('user')
    for (const { immutableId } of mailbox.contacts().slice(contacts)) mailbox.remove(immutableId)
    const { book } = (opened = await openOn(sandbox))
    const outcome = await outcomeOf(book, 'signIn')
    expect(outcome).toMatchObject({ state, completion: { imported, available: contacts } })
    expect(book.contacts.get()).toHaveLength(imported)
    const recent = mailbox
      .contacts()
      .toSorted((a, b) =>
        a.modified === b.modified
          ? a.immutableId < b.immutableId
            ? -1
            : 1
          : a.modified < b.modified
            ? 1
            : -1,
      )
      .slice(0, 10_000)
    const ids = new Set(book.contacts.get().map(({ id }) => id))
    expect(recent.filter(({ immutableId }) => !ids.has(immutableId))).toEqual([])
  })

  test('10,001 contacts that lose one end imported, now with the one beyond the limit', async () => {
    const mailbox = sandbox.mailbox('user')
    for (let size = mailbox.contacts().length; size < 10_001; size++) mailbox.add({ displayName: 'Added' })
    const { book } = (opened = await openOn(sandbox))
    await outcomeOf(book, 'signIn')
    mailbox.remove(book.contacts.get()[0]?.id ?? '')
    expect(await outcomeOf(book, 'refresh')).toMatchObject({
      state: 'imported',
      completion: { imported: 10_000, available: 10_000, added: 1, removed: 1, displaced: 0 },
    })
  })
})

describe('a source that reports', () => {
  test.each([
    ['2,147,483,646', 2_147_483_646, 'imported', null],
    ['2,147,483,647', 2_147_483_647, 'imported', null],
    ['2,147,483,648', 2_147_483_648, 'failed', 'too-many-contacts'],
    ['-1', -1, 'imported', null],
    ['no count', null, 'imported', null],
    ['too few', 1, 'imported', null],
    ['too many', 5_000, 'imported', null],
  ] as const)(
    '%s contacts is no reason for a wrong failure or a wrong progress',
    async (_, value, state, code) => {
      const { book, sandbox } = await open({ contacts: 40, folders: 0, distributionLists: 0 })
      sandbox.settings.change({ faults: [{ kind: 'count', value }] })
      const outcome = await outcomeOf(book, 'signIn')
      expect(outcome).toMatchObject({ state, code })
      const [account] = book.accounts.get()
      if (state === 'failed') {
        expect(book.contacts.get()).toEqual([])
        expect(account?.counts.pages).toBe(0)
      } else {
        expect(account?.list).toMatchObject({ count: 40, available: 40, capped: false })
        expect(account?.counts).toMatchObject({
          contacts: 40,
          expected: value === null || value < 0 ? null : value,
        })
      }
    },
  )
})

test('a wrong count shows no progress above 100 %', async () => {
  const { book } = await open({ contacts: 40, folders: 3, distributionLists: 5 })
  await outcomeOf(book, 'signIn')
  const counts = book.accounts.get()[0]?.counts
  // The source counts distribution lists, which are not contacts.
  expect(counts?.expected).toBeGreaterThanOrEqual(40)
  expect(counts?.contacts).toBe(40)
})

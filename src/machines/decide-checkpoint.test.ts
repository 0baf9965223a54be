import { expect, test } from 'vitest'
import type { Contact } from '../domain/contact.ts'
import { sampleContacts } from '../testing/sample-contacts.ts'
import { CHECKPOINT_PAGE, decideCheckpoint } from './decide-checkpoint.ts'
import type { StandingList } from './decide-checkpoint.ts'

const byId = (contacts: readonly Contact[]) => new Map(contacts.map((contact) => [contact.id, contact]))

const standing = (more: Partial<StandingList> = {}): StandingList => ({
  contacts: byId(sampleContacts(6)),
  beyond: byId(sampleContacts(3, 'beyond')),
  skipped: [{ reason: 'no-id' }],
  account: { id: 'tenant.person' },
  cursor: 'cursor',
  folders: [{ id: 'f', name: 'Clients' }],
  staged: null,
  changed: 6,
  pending: null,
  ...more,
})

const decide = (more: Partial<StandingList> = {}) => decideCheckpoint('microsoft365', standing(more))

test('is due when the changes exceed half of the known mailbox', () => {
  expect(decide({ changed: 5 })).toBeNull()
  expect(decide({ changed: 6 })).not.toBeNull()
})

test('holds the whole list, so that earlier pages can be dropped', () => {
  expect(decide()).toMatchObject({
    type: 'list.checkpointed',
    data: { page: 1, of: 1, contacts: 9 },
    payload: {
      contacts: [...sampleContacts(6), ...sampleContacts(3, 'beyond')],
      skipped: [{ reason: 'no-id' }],
      account: { id: 'tenant.person' },
      cursor: 'cursor',
      folders: [{ id: 'f', name: 'Clients' }],
    },
  })
})

test('writes a large list in consecutive pages, with each contact once', () => {
  const list = { contacts: byId(sampleContacts(CHECKPOINT_PAGE * 2 + 1)), changed: 10_000 }
  const pages = [null, { page: 1, of: 3 }, { page: 2, of: 3 }].map((pending) => decide({ ...list, pending }))
  expect(pages.map((fact) => fact?.data)).toMatchObject([1, 2, 3].map((page) => ({ page, of: 3 })))
  const ids = pages.flatMap((fact) =>
    fact?.type === 'list.checkpointed' ? (fact.payload?.contacts ?? []) : [],
  )
  expect(new Set(ids.map(({ id }) => id)).size).toBe(CHECKPOINT_PAGE * 2 + 4)
  expect(ids).toHaveLength(CHECKPOINT_PAGE * 2 + 4)
})

test('waits while an attempt is under way or a removal is held', () => {
  expect(decide({ staged: {} })).toBeNull()
})

test('is never written for a list of which the medium lost a part', () => {
  expect(decide({ unreadable: 'damaged' })).toBeNull()
})

test('of an empty list is one page without contacts', () => {
  expect(decide({ contacts: new Map(), beyond: new Map(), skipped: [] })).toMatchObject({
    data: { page: 1, of: 1, contacts: 0 },
  })
})

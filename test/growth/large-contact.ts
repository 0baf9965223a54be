import type { Contact } from '../../src/index.ts'
import { sampleContact } from '../../src/testing/sample-contacts.ts'

/** A contact as large as those of real mailboxes. No two have the same text. */
export const largeContact = (id: string, round: number): Contact =>
  sampleContact(id, {
    version: `${id}-${round}`,
    modified: new Date(Date.UTC(2026, 0, 1, 0, round)).toISOString(),
    name: { full: `Contact ${id}`, given: 'Contact', family: id },
    phones: [{ value: `+1 206 555 ${id}`, kind: 'work' }],
    emails: [{ address: `${id}@example.test` }],
    note: `${id} in round ${round}. `.repeat(30),
  })

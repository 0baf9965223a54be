import type { Contact } from './contact.ts'

/** What one list on the device has, and another has not. */
export interface Difference {
  readonly added: readonly Contact[]
  readonly updated: readonly { readonly before: Contact; readonly after: Contact }[]
  /** No longer on the device, for whatever reason. */
  readonly gone: readonly Contact[]
}

export const differenceOf = (
  before: ReadonlyMap<string, Contact>,
  after: ReadonlyMap<string, Contact>,
): Difference => {
  const added: Contact[] = []
  const updated: { before: Contact; after: Contact }[] = []
  for (const contact of after.values()) {
    const known = before.get(contact.id)
    if (!known) added.push(contact)
    else if (isChanged(known, contact)) updated.push({ before: known, after: contact })
  }
  return { added, updated, gone: [...before.values()].filter(({ id }) => !after.has(id)) }
}

/** Equal versions mean equal content; without versions only the content itself tells. */
const isChanged = (before: Contact, after: Contact): boolean =>
  before !== after &&
  (before.version === undefined || after.version === undefined
    ? JSON.stringify(before) !== JSON.stringify(after)
    : before.version !== after.version)

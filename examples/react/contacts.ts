import { contactsClient, indexedDbStorage, microsoft365, openContactBook } from 'device-contacts/browser'
import type { ContactsClient } from 'device-contacts/browser'
import { defineContactElements } from 'device-contacts/elements'
import type { ContactSettings } from 'device-contacts/elements'
import { tenant } from './tenant.ts'

/** What the components need of the book. */
export interface OpenContacts {
  readonly client: ContactsClient
  /** For `<contact-settings>`: the person signs in in tabs of this browser. */
  readonly signInTabs: ContactSettings['signInTabs']
}

/** Opens the book of this browser. Rejects with an `ImportFailure` if its storage cannot be used. */
export const openContacts = async (): Promise<OpenContacts> => {
  const storage = await indexedDbStorage()
  const source = microsoft365({ ...tenant, storage, signInPage: 'sign-in.html' })
  const book = await openContactBook({ store: storage, sources: [source] })
  await book.resume()
  // React gives an element its properties only if it is defined by then; before, it makes texts of them (attributes).
  await defineContactElements()
  return { client: contactsClient(book), signInTabs: { microsoft365: source.signIn } }
}

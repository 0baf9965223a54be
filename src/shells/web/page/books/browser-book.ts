import {
  askToPersist,
  contactsClient,
  deleteIndexedDbStorage,
  indexedDbStorage,
  isImportFailure,
  microsoft365,
  openContactBook,
} from '../../../../browser.ts'
import type { ContactsClient } from '../../../../browser.ts'
import { adminConsentLink } from '../../../../messages.ts'
import type { PageConfig } from '../page-config.ts'
import type { OpenPage, PageState } from '../page-state.ts'

/** Opens the book of this browser, and continues what an earlier page began. Never rejects. */
export const openBrowserBook = async (
  config: PageConfig,
  show: (state: PageState) => void,
): Promise<void> => {
  try {
    show({ phase: 'open', page: await open(config), isLost: false })
  } catch (error) {
    const code = isImportFailure(error) ? error.code : 'internal'
    show({ phase: 'failed', code, remove: () => deleteIndexedDbStorage() })
  }
}

const open = async ({ clientId = '', tenant, authority, graphUrl }: PageConfig): Promise<OpenPage> => {
  const registration = {
    clientId,
    ...(tenant !== undefined && { tenant }),
    ...(authority !== undefined && { authority }),
    ...(graphUrl !== undefined && { graphUrl }),
  }
  const storage = await indexedDbStorage()
  const source = microsoft365({ ...registration, storage, signInPage: 'sign-in.html' })
  const book = await openContactBook({ store: storage, sources: [source] })
  await book.resume()
  if (source.signIn.returned !== null) {
    source.signIn.returned.use()
    await book.restart('microsoft365')
  }
  return {
    client: persisting(contactsClient(book)),
    signInTabs: { microsoft365: source.signIn },
    adminConsentLink: adminConsentLink(registration),
    storage: 'browser',
  }
}

/** Asks the browser to keep the data in the click that begins an import: some browsers ask the person. */
const persisting = (client: ContactsClient): ContactsClient => ({
  ...client,
  run: (command, source) => {
    if (command === 'signIn') void askToPersist()
    return client.run(command, source)
  },
})

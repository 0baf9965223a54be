import {
  askToPersist,
  contactsClient,
  deleteIndexedDbStorage,
  google,
  indexedDbStorage,
  isImportFailure,
  microsoft365,
  openContactBook,
  outlookFile,
} from '../../../../browser.ts'
import type { ContactsClient, LinkedSource } from '../../../../browser.ts'
import { adminConsentLink } from '../../../../messages.ts'
import type { PageConfig } from '../page-config.ts'
import type { OpenPage, PageState } from '../page-state.ts'

/** In ms. By then, most pages are drawn. */
const IDLE = 2_000

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

const open = async (config: PageConfig): Promise<OpenPage> => {
  const { clientId = '', tenant, authority, graphUrl } = config
  const registration = {
    clientId,
    ...(tenant !== undefined && { tenant }),
    ...(authority !== undefined && { authority }),
    ...(graphUrl !== undefined && { graphUrl }),
  }
  const storage = await indexedDbStorage()
  const here = { storage, signInPage: 'sign-in.html' }
  const microsoft = microsoft365({ ...registration, ...here })
  const others = config.google === undefined ? [] : [google({ ...config.google, ...here })]
  const file = config.outlookFile === true ? outlookFile() : null
  const sources = [microsoft, ...others, ...(file ? [file] : [])]
  const book = await openContactBook({ store: storage, sources })
  await book.resume()
  for (const { source, signIn } of [microsoft, ...others])
    if (signIn.returned !== null) {
      signIn.returned.use()
      await book.restart(source)
    }
  prepareWhenIdle(sources)
  return {
    client: persisting(contactsClient(book)),
    signInTabs: Object.fromEntries([microsoft, ...others].map(({ source, signIn }) => [source, signIn])),
    outlookFile: file,
    adminConsentLink: adminConsentLink(registration),
    storage: 'browser',
  }
}

/**
 * An import that finds no network asks for its code in vain, and Chromium does not ask again before the page is loaded again. So
 * the code is there before it is needed.
 */
const prepareWhenIdle = (sources: readonly LinkedSource[]): void => {
  const prepare = () => {
    // What cannot be loaded now is asked for by the import.
    for (const source of sources) void source.prepare?.().catch(() => undefined)
  }
  const whenIdle = () => {
    // Not every browser has the one that waits for a pause.
    if ('requestIdleCallback' in globalThis) requestIdleCallback(prepare)
    else setTimeout(prepare, IDLE)
  }
  if (navigator.onLine) whenIdle()
  else addEventListener('online', whenIdle, { once: true })
}

/** Asks the browser to keep the data in the click that begins an import: some browsers ask the person. */
const persisting = (client: ContactsClient): ContactsClient => ({
  ...client,
  run: (command, source) => {
    if (command === 'signIn') void askToPersist()
    return client.run(command, source)
  },
})

import { join } from 'node:path'
import { microsoft365, openContactBook, sqliteStorage } from 'device-contacts/node'
import type { ContactBook } from 'device-contacts/node'
import { app, net, powerMonitor, shell } from 'electron'
import { tenant } from './tenant.ts'

/** Opens the book of this person, and continues what the last run left. Rejects with an `ImportFailure` if it cannot be opened. */
export const openBook = async (): Promise<ContactBook> => {
  const folder = app.getPath('userData')
  const tokenFile = join(folder, 'contacts.tokens')
  const network = new EventTarget()
  powerMonitor.on('resume', () => network.dispatchEvent(new Event('online')))
  const source = microsoft365({
    ...tenant,
    tokenFile,
    network,
    appName: app.getName(),
    // Chromium's: through the proxy of the system, and with its certificates.
    fetch: (input, init) => net.fetch(input instanceof URL ? input.href : input, init),
    openBrowser: (address) =>
      shell.openExternal(address).then(
        () => true,
        () => false,
      ),
  })
  const store = await sqliteStorage(join(folder, 'contacts.db'), { tokenFile })
  const book = await openContactBook({ store, sources: [source], locale: app.getLocale() })
  await book.resume()
  return book
}

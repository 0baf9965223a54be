import {
  askToPersist,
  contactsClient,
  deleteIndexedDbStorage,
  indexedDbStorage,
  microsoft365,
  openContactBook,
} from 'device-contacts/browser'
import * as page from './page.ts'
import { tenant } from './tenant.ts'

const start = async (): Promise<void> => {
  const storage = await indexedDbStorage()
  const source = microsoft365({ ...tenant, storage, signInPage: 'sign-in.html' })
  const book = await openContactBook({ store: storage, sources: [source] })
  const client = contactsClient(book)

  const show = () => page.showAccount(book.accounts.get()[0], book.progress.get().microsoft365)
  book.accounts.subscribe(show)
  book.progress.subscribe(show)
  book.contacts.subscribe(() => page.showContacts(book.firstContacts(200)))
  // Some browsers ask the person, so it waits until there is something to keep.
  page.onceImported(async () => page.showPersistence(await askToPersist()))

  page.onCommand(async (command) => {
    // A browser opens a tab only while it handles the click, so nothing is awaited before.
    const tab = command === 'signIn' || command === 'restart' ? source.signIn.openSignInTab() : null
    try {
      const result = await client.run(command, 'microsoft365')
      if (result.ok) return
      page.showRefusal(result.refusal)
    } catch (error) {
      page.showFailure(error)
    }
    tab?.close()
  })
  page.onPress('open', () => source.signIn.openSignInTab())
  page.onPress('here', () => source.signIn.continueInThisTab())

  await book.resume()
  // This page went to the sign-in page itself, and is back.
  if (source.signIn.returned === null) return
  source.signIn.returned.use()
  await book.restart('microsoft365')
}

page.onPress('delete', async () => {
  if (await deleteIndexedDbStorage()) location.reload()
})
start().catch(page.showFailure)

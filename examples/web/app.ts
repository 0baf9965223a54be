import {
  contactsClient,
  deleteIndexedDbStorage,
  indexedDbStorage,
  microsoft365,
  openContactBook,
} from 'device-contacts/browser'
import { onCommand, onPress, showAccount, showContacts, showFailure, showRefusal } from './page.ts'
import { tenant } from './tenant.ts'

const start = async (): Promise<void> => {
  const storage = await indexedDbStorage()
  const source = microsoft365({ ...tenant, storage, signInPage: 'sign-in.html' })
  const book = await openContactBook({ store: storage, sources: [source] })
  const client = contactsClient(book)

  const show = () => showAccount(book.accounts.get()[0], book.progress.get().microsoft365)
  book.accounts.subscribe(show)
  book.progress.subscribe(show)
  book.contacts.subscribe(() => showContacts(book.firstContacts(200)))

  onCommand(async (command) => {
    // A browser opens a tab only while it handles the click, so nothing is awaited before.
    const mayAsk = command === 'signIn' || command === 'restart'
    const tab = mayAsk ? source.signIn.openSignInTab() : null
    try {
      const result = await client.run(command, 'microsoft365')
      if (result.ok) return
      showRefusal(result.refusal)
    } catch (error) {
      showFailure(error)
    }
    tab?.close()
  })
  onPress('open', () => source.signIn.openSignInTab())
  onPress('here', () => source.signIn.continueInThisTab())

  await book.resume()
  // This page went to the sign-in page itself, and is back.
  if (source.signIn.returned === null) return
  source.signIn.returned.use()
  await book.restart('microsoft365')
}

onPress('delete', async () => {
  if (await deleteIndexedDbStorage()) location.reload()
})
start().catch(showFailure)

import { microsoft365, openContactBook, sqliteStorage } from 'device-contacts/node'

const book = await openContactBook({
  store: await sqliteStorage('contacts.db'),
  sources: [microsoft365({ clientId: 'the id of your app registration', tokenFile: 'contacts.tokens.json' })],
})
book.contacts.subscribe((contacts) => console.log(`${contacts.length} contacts on this device`))

let shown: string | undefined
book.progress.subscribe(({ microsoft365: { address } = {} }) => {
  if (address !== undefined && address !== shown) console.log(`To sign in, open ${address}`)
  shown = address
})

const started = await book.signIn('microsoft365')
if (started.ok) console.log((await book.outcome(started.attempt)).state)
else console.log(started.refusal)
await book.close()

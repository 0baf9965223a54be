// Uses a book as its parameters say, and prints the results: see book-user.ts.
import process from 'node:process'
import { microsoft365, openContactBook, sqliteStorage } from 'device-contacts/node'
import { ScriptedSource } from '../../dist/src/testing/scripted-source.js'
import { sampleContacts } from '../../dist/src/testing/sample-contacts.js'

const { store, uid, contacts, steps } = JSON.parse(process.argv[2])
const source = 'microsoft365'

// Load it while its files can be read.
if (!process.getBuiltinModule('node:sqlite')) await import('libsql')
if (uid) {
  process.setgroups([])
  process.setgid(uid)
  process.setuid(uid)
}

const attempt = async (work) => {
  try {
    return (await work()) ?? null
  } catch (error) {
    return { code: error.code ?? String(error) }
  }
}

const person = new ScriptedSource()
// With the tokens beside the store.
const tokenFile = `${store}.tokens.json`
person.signIn.signOut = microsoft365({ clientId: 'none', tokenFile }).signIn.signOut
let book = null

const look = () => {
  const { state, code, list } = book.accounts.get()[0]
  return { state, code, count: list?.count ?? 0, shown: book.contacts.get().length }
}

const refresh = async () => {
  const started = await book.refresh(source)
  if (!started.ok) return { refusal: started.refusal }
  const outcome = book.outcome(started.attempt)
  await Promise.race([outcome, list()])
  const { state, code } = await outcome
  return { state, code }
}

const list = async () => {
  const fetch = await person.fetches.next()
  const all = sampleContacts(contacts)
  const size = Math.ceil(contacts / 6)
  await fetch.emit({ type: 'contacts.counted', count: contacts })
  for (let from = 0; from < contacts; from += size) {
    const page = all.slice(from, from + size)
    await fetch.emit({ type: 'page.fetched', contacts: page, skipped: [], cursor: null })
  }
  await fetch.emit({ type: 'listing.finished', cursor: null, verified: true })
}

const known = {
  open: async () => {
    book = await openContactBook({ store: await sqliteStorage(store, { keyRing: false }), sources: [person] })
    return look()
  },
  refresh,
  look,
  signOut: () => book.signOut(source),
}

const results = {}
for (const name of steps) {
  if (name === 'open' || book) results[name] = await attempt(known[name])
}
process.stdout.write(JSON.stringify(results))
process.exit()

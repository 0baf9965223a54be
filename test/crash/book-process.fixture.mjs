// A process with a book, controlled by messages: see book-process.ts. It sends `ready` first.
// node book-process.fixture.mjs '{"store": FILE, "graphUrl": URL, "signIn": {…}, "encryptsTokens": BOOLEAN}'
import { dirname } from 'node:path'
import process from 'node:process'
import { microsoft365, openContactBook, sqliteStorage } from 'device-contacts/node'
import { robotPerson } from '../../dist/sandbox/robot.js'
import { vaultOfFile } from '../../dist/src/adapters/keys/vault-of-file.js'
import { dieAt, stopAt, tellOfWaits, watchAppends, watchFiles, watchSql } from './moments.mjs'

const { store: file, graphUrl, signIn, encryptsTokens } = JSON.parse(process.argv[2])

const open = async (store) => {
  const { events, locks, keys } = await sqliteStorage(store, { keyRing: false })
  const tokenFile = `${store}.tokens.json`
  const source = microsoft365({
    ...signIn,
    graphUrl,
    tokenFile,
    ...(encryptsTokens && { keys: vaultOfFile(tokenFile, { keyRing: false }) }),
    openBrowser: robotPerson({ decision: 'accept' }),
  })
  return openContactBook({ store: { events: watchAppends(events), locks, keys }, sources: [source] })
}

const sqlite = process.getBuiltinModule('node:sqlite')
watchSql(sqlite ? sqlite.DatabaseSync.prototype : (await import('libsql')).default.prototype)
// The folder above, so that another store in it can be opened.
watchFiles(dirname(dirname(file)))

let book = null
const source = 'microsoft365'
const close = async () => {
  await book?.close()
  book = null
}
const calls = {
  open: async (store = file) => {
    await close()
    book = await open(store)
  },
  close,
  dieAt,
  stopAt,
  tellOfWaits,
  signIn: () => book.signIn(source),
  restart: () => book.restart(source),
  refresh: () => book.refresh(source),
  cancel: () => book.cancel(source),
  signOut: () => book.signOut(source),
  resume: () => book.resume(),
  outcome: (attempt) => book.outcome(attempt),
  account: () => book.accounts.get().find((account) => account.source === source),
  contacts: () => book.contacts.get().map(({ id, version }) => `${id} ${version}`),
}

process.on('message', async ({ id, name, parameters, at }) => {
  // Starts in the same millisecond as another process.
  while (Date.now() < at);
  try {
    process.send({ id, result: (await calls[name](...parameters)) ?? null })
  } catch (error) {
    process.send({ id, error: String(error) })
  }
})
process.send('ready')

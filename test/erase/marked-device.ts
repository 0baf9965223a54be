import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { offlineTenant } from '../../bin/tenants/offline.ts'
import { openContactBook, sqliteStorage } from '../../src/node.ts'
import type { Account } from '../../src/node.ts'
import { ScriptedSource } from '../../src/testing/scripted-source.ts'
import { markedAccount } from './marked.ts'

/** Writes the files that a sign-in leaves beside a store, also one of a process that was killed. */
export const writeTokens = async (store: string): Promise<void> => {
  for (const name of ['.tokens.json', '.tokens.json.0d3f.tmp']) {
    await writeFile(store + name, JSON.stringify({ secret: 'zqtoken '.repeat(200) }), { mode: 0o600 })
  }
  await writeFile(`${store}.sandbox.json`, '{}')
}

/** Opens a book in a folder as another process would, with a scripted source and real tokens. */
export const openMarked = async (folder: string) => {
  const store = join(folder, 'contacts.db')
  const source = new ScriptedSource()
  const { source: microsoft } = await offlineTenant(store)
  const tokens = microsoft.signIn
  const signOut = (isWanted?: () => Promise<boolean>) => tokens.signOut(isWanted)
  const hasTokens = async () => (await tokens.hasTokens?.()) ?? false
  const { contacts } = source
  const linked = { source: source.source, contacts, signIn: { ...source.signIn, hasTokens, signOut } }
  const book = await openContactBook({
    store: await sqliteStorage(store, { keyRing: false }),
    sources: [linked],
  })
  /** The person agrees in the sign-in tab. */
  const grant = async (account: Account = markedAccount) => {
    const person = await source.signIns.next()
    await writeTokens(store)
    return person.grant(account)
  }
  return { book, source, store, grant }
}

export type MarkedDevice = Awaited<ReturnType<typeof openMarked>>

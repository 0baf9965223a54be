import { copyFile, writeFile } from 'node:fs/promises'
import { broughtToken } from '../../src/adapters/microsoft365/brought-token.ts'
import { graphContacts } from '../../src/adapters/microsoft365/graph-contacts.ts'
import { openContactBook, sqliteStorage } from '../../src/node.ts'
import { GRAPH, graphFetch } from '../graph/graph-fetch.ts'
import { checkCount } from '../graph/listing.ts'
import type { ImportInput } from '../graph/listing.ts'
import { stopwatch } from '../stopwatch.ts'

export interface OurRefreshInput extends ImportInput {
  /** A closed store with the list; it is not changed. */
  readonly list: string
  /** The store to be made of it. */
  readonly file: string
  /** Contacts that have changed since. */
  readonly changed: number
}

/** A refresh of a list that is on the device: until what changed is on the disk and on the screen. */
export const refreshOurs = async (input: OurRefreshInput) => {
  await copyFile(input.list, input.file)
  const tokenFile = `${input.file}.token`
  await writeFile(tokenFile, input.token)
  const { fetch, requests } = graphFetch(input.origin)
  const signIn = broughtToken({ tokenFile })
  const contacts = graphContacts({ graphUrl: GRAPH, tokens: signIn, fetch })
  const book = await openContactBook({
    store: await sqliteStorage(input.file),
    sources: [{ source: 'microsoft365', signIn, contacts }],
  })
  book.contacts.get()

  const watch = stopwatch()
  const started = await book.refresh('microsoft365')
  if (!started.ok) throw new Error(started.refusal)
  const { completion } = await book.outcome(started.attempt)
  const count = book.contacts.get().length
  const ms = watch.lap()
  const longestBlock = await watch.longestBlock()
  await book.close()
  checkCount(count, input)
  if (completion?.updated !== input.changed) throw new Error(`${completion?.updated} contacts were updated`)
  return { ms, requests: requests(), longestBlock }
}

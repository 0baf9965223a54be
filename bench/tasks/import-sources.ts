import { accessTokenFile } from '../../src/adapters/sign-in/access-token-file.node.ts'
import { peopleContactSource } from '../../src/adapters/google/people/people-contact-source.ts'
import { graphContactSource } from '../../src/adapters/microsoft365/mailbox/graph-contact-source.ts'
import { openContactBook, sqliteStorage } from '../../src/node.ts'
import { writeFile } from 'node:fs/promises'
import { GRAPH, graphFetch } from '../graph/graph-fetch.ts'
import { stopwatch } from '../harness/stopwatch.ts'

export interface SourcesImportInput {
  readonly origin: string
  readonly token: string
  /** In each account. */
  readonly contacts: number
  /** The store to create. */
  readonly file: string
  readonly sources: readonly ('microsoft365' | 'google')[]
  /** Whether they are imported side by side, or one after the other. */
  readonly isAtOnce: boolean
}

/** A complete import of one or two accounts by this library, until the lists are on disk and on screen. */
export const importSources = async ({
  origin,
  token,
  contacts,
  file,
  sources,
  isAtOnce,
}: SourcesImportInput) => {
  const tokenFile = `${file}.token`
  await writeFile(tokenFile, token)
  const { fetch, requests } = graphFetch(origin)
  const signIn = accessTokenFile({ tokenFile })
  const graph = graphContactSource({ graphUrl: GRAPH, tokens: signIn, fetch })
  const people = peopleContactSource({ peopleUrl: `${origin}/google/people`, tokens: signIn, fetch })
  const book = await openContactBook({
    store: await sqliteStorage(file, { keyRing: false }),
    sources: [
      { source: 'microsoft365', signIn, contacts: graph },
      { source: 'google', signIn, contacts: people },
    ],
  })
  const imported = async (source: (typeof sources)[number]): Promise<void> => {
    const started = await book.signIn(source)
    if (!started.ok) throw new Error(started.refusal)
    await book.outcome(started.attempt)
  }

  const watch = stopwatch()
  if (isAtOnce) await Promise.all(sources.map(imported))
  else for (const source of sources) await imported(source)
  const count = book.contacts.get().length
  const ms = watch.lap()
  const processorMs = watch.processorTime()
  const longestBlock = await watch.longestBlock()
  await book.close()
  if (count !== contacts * sources.length) throw new Error(`${count} contacts instead of ${contacts} each`)
  return { ms, processorMs, requests: requests(), longestBlock }
}

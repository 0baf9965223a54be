import { writeFile } from 'node:fs/promises'
import { accessTokenFile } from '../../src/adapters/sign-in/access-token-file.node.ts'
import { graphContactSource } from '../../src/adapters/microsoft365/mailbox/graph-contact-source.ts'
import { openContactBook, sqliteStorage } from '../../src/node.ts'
import { GRAPH, graphFetch } from '../graph/graph-fetch.ts'

export interface OurBookInput {
  readonly origin: string
  readonly token: string
  /** The store. It is created if it does not exist. */
  readonly file: string
  /** Whether contacts come with their extended properties. */
  readonly extended?: boolean
}

/** A book whose Graph is at another origin, and the number of requests that it has sent there. */
export const openOurBook = async ({ origin, token, file, extended = false }: OurBookInput) => {
  const tokenFile = `${file}.token`
  await writeFile(tokenFile, token)
  const { fetch, requests } = graphFetch(origin)
  const signIn = accessTokenFile({ tokenFile })
  const contacts = graphContactSource({
    graphUrl: GRAPH,
    tokens: signIn,
    fetch,
    extendedProperties: extended,
  })
  const book = await openContactBook({
    store: await sqliteStorage(file, { keyRing: false }),
    sources: [{ source: 'microsoft365', signIn, contacts }],
  })
  return { book, requests }
}

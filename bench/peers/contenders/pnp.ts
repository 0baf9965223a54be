import { readFile } from 'node:fs/promises'
import { listing } from '../../graph/listing.ts'
import { loadPeer } from '../load-peer.ts'
import type { Contender } from './contender.ts'

type Behavior = (instance: Queryable) => Queryable
type Observer = (
  url: string,
  init: RequestInit,
  result: unknown,
) => Promise<readonly [string, RequestInit, unknown]>

interface Queryable {
  readonly on: { auth: (observer: Observer) => void; pre: (observer: Observer) => void }
}

interface Collection extends AsyncIterable<readonly { readonly id: string }[]> {
  select(...fields: string[]): Collection
  top(count: number): Collection
}

/** The part of the API of PnPjs that is used here. */
interface Pnp {
  readonly graphfi: () => {
    using(...behaviors: readonly Behavior[]): { readonly me: { readonly contacts: Collection } }
  }
  readonly GraphDefault: (options: object) => Behavior
  readonly InjectHeaders: (headers: Readonly<Record<string, string>>) => Behavior
}

/** The paged iteration of PnPjs over a collection, with the behaviors that it recommends for Node. */
export const pnp: Contender = {
  allFolders: false,
  importContacts: async ({ tokenFile, signal, keep }) => {
    const { graphfi, GraphDefault, InjectHeaders } = await loadPeer<Pnp>('pnp')
    const graph = graphfi().using(
      GraphDefault({}),
      InjectHeaders(listing.headers),
      bearer(() => readFile(tokenFile, 'utf8')),
      cancelledBy(signal),
    )
    for await (const page of graph.me.contacts.select(...listing.select.split(',')).top(1000))
      for (const contact of page) keep(contact.id, contact)
  },
}

/** Like the library's behavior for MSAL, but with a token from elsewhere. */
const bearer =
  (token: () => Promise<string>): Behavior =>
  (instance) => {
    instance.on.auth(async (url, init, result) => {
      const headers = {
        ...(init.headers as Record<string, string>),
        Authorization: `Bearer ${await token()}`,
      }
      return [url, { ...init, headers }, result]
    })
    return instance
  }

/** `Cancelable` of PnPjs gives each request a `cancel`, but the requests of an iteration are not accessible. */
const cancelledBy =
  (signal: AbortSignal): Behavior =>
  (instance) => {
    instance.on.pre(async (url, init, result) => [url, { ...init, signal }, result])
    return instance
  }

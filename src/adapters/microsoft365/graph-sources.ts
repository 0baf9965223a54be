import { abortable } from '../../async/abortable.ts'
import type { ContactSource } from '../../ports/contact-source.ts'
import type { LinkedSource } from '../../ports/linked-source.ts'
import { onDemand } from '../http/load-code.ts'
import { serviceUrl } from '../http/service-url.ts'
import type { graphReading } from './graph-reading.ts'
import type { GraphContactSourceOptions } from './mailbox/graph-contact-source.ts'

/**
 * The contacts of a Microsoft 365 mailbox, as `graphContactSource` reads them, and their photos: parts of a
 * `LinkedSource`. Throws `app-misconfigured` for an address to which no token may be sent.
 *
 * Their code is loaded when contacts or photos are first read, with the failures of `onDemand`.
 */
export const graphSources = (
  options: GraphContactSourceOptions,
): Required<Pick<LinkedSource, 'contacts' | 'photos' | 'prepare'>> =>
  sourcesOnDemand(options, async () => (await import('./graph-reading.ts')).graphReading)

/** The same for any way to load the code. */
export const sourcesOnDemand = (
  options: GraphContactSourceOptions,
  load: () => Promise<typeof graphReading>,
): Required<Pick<LinkedSource, 'contacts' | 'photos' | 'prepare'>> => {
  serviceUrl(options.graphUrl)
  const made = onDemand(async () => (await load())(options))
  const sources = (signal: AbortSignal) => abortable(made(), signal)
  return {
    contacts: {
      source: 'microsoft365',
      async *fetch(request, context) {
        const { contacts } = await sources(context.signal)
        yield* contacts.fetch(request, context)
      },
    },
    photos: {
      photos: async (ids, signal) => (await sources(signal)).photos.photos(ids, signal),
    },
    prepare: async () => {
      await made()
    },
  }
}

/**
 * Reads the contacts of a Microsoft 365 mailbox: all folders, or the changes in them. docs/import-engine.md explains
 * how the list matches a mailbox that changes meanwhile. Needs the permission `Contacts.Read`. Throws
 * `app-misconfigured` for an address to which no token may be sent. Loads its code as `graphSources` does.
 */
export const graphContactSource = (options: GraphContactSourceOptions): ContactSource =>
  graphSources(options).contacts

import { abortable } from '../../async/abortable.ts'
import { isOnline } from '../../async/is-online.ts'
import { ImportFailure } from '../../domain/failures.ts'
import type { ContactSource } from '../../ports/contact-source.ts'
import type { PhotoSource } from '../../ports/photo-source.ts'
import { serviceUrl } from '../http/service-url.ts'
import type { graphReading } from './graph-reading.ts'
import type { GraphContactSourceOptions } from './mailbox/graph-contact-source.ts'

type Sources = ReturnType<typeof graphReading>

/**
 * The contacts of a Microsoft 365 mailbox, as `graphContactSource` reads them, and their photos: two parts of a
 * `LinkedSource`. Throws `app-misconfigured` for an address to which no token may be sent.
 *
 * Their code is loaded when contacts or photos are first read: a page shows its list without it. If a page cannot load
 * it, reading fails as `offline` or `service-unavailable`, and the next reading tries again. Chromium does so only after
 * the page was loaded again.
 */
export const graphSources = (
  options: GraphContactSourceOptions,
): { readonly contacts: ContactSource; readonly photos: PhotoSource } =>
  sourcesOnDemand(options, async () => (await import('./graph-reading.ts')).graphReading)

/** The same for any way to load the code. */
export const sourcesOnDemand = (
  options: GraphContactSourceOptions,
  load: () => Promise<typeof graphReading>,
): Sources => {
  serviceUrl(options.graphUrl)
  let loaded: Promise<Sources> | null = null
  const start = async (): Promise<Sources> => {
    try {
      const make = await load()
      return make(options)
    } catch (error) {
      loaded = null
      // A page learns no cause: no network, and a file that the app's server no longer has, are the same to it.
      throw new ImportFailure(isOnline() === false ? 'offline' : 'service-unavailable', {}, error)
    }
  }
  const sources = (signal: AbortSignal) => abortable((loaded ??= start()), signal)
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
  }
}

/**
 * Reads the contacts of a Microsoft 365 mailbox: all folders, or the changes in them. docs/import-engine.md explains
 * how the list matches a mailbox that changes meanwhile. Needs the permission `Contacts.Read`. Throws
 * `app-misconfigured` for an address to which no token may be sent. Loads its code as `graphSources` does.
 */
export const graphContactSource = (options: GraphContactSourceOptions): ContactSource =>
  graphSources(options).contacts

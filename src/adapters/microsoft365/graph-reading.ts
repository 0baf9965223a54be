import type { ContactSource } from '../../ports/contact-source.ts'
import type { PhotoSource } from '../../ports/photo-source.ts'
import { graphAccess } from './graph/graph-access.ts'
import { contactSourceOf, type GraphContactSourceOptions } from './mailbox/graph-contact-source.ts'
import { photoSourceOf } from './photos/graph-photo-source.ts'

/**
 * Reads the contacts of a Microsoft 365 mailbox and their photos. Their requests queue together, because the service
 * counts them together. Throws `app-misconfigured` for an address to which no token may be sent.
 */
export const graphReading = (
  options: GraphContactSourceOptions,
): { readonly contacts: ContactSource; readonly photos: PhotoSource } => {
  const access = graphAccess(options)
  return { contacts: contactSourceOf(access, options), photos: photoSourceOf(access) }
}

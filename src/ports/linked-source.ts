import type { Source } from '../domain/source.ts'
import type { ContactSource } from './contact-source.ts'
import type { PhotoSource } from './photo-source.ts'
import type { SignIn } from './sign-in.ts'

/** What the book needs to link a source: how to get consent and how to read contacts. */
export interface LinkedSource {
  readonly source: Source
  readonly signIn: SignIn
  readonly contacts: ContactSource
  /** How to read photos. Absent: the contacts of this source have none. */
  readonly photos?: PhotoSource
  /**
   * Loads the code of an import before it is used: once a page is idle, an import then needs no chunk. Call it while there is a
   * network, because Chromium asks for a chunk once. Rejects with `offline` or `service-unavailable`. Absent: there is none to load.
   */
  readonly prepare?: () => Promise<void>
}

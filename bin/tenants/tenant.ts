import type { LinkedSource } from '../../src/index.ts'
import type { OpenedBook } from '../../src/shells/terminal/parts.ts'

/** Where contacts come from. */
export interface Tenant extends Pick<OpenedBook, 'signsIn' | 'adminConsentLink' | 'announce'> {
  /** Null if none is named. */
  readonly tenant: 'own' | 'sandbox' | null
  readonly source: LinkedSource
  /** False for a stand-in on this machine, whose contacts are not worth guarding: the key ring is left alone. */
  readonly keyRing: boolean
  /** The options that name it, and those for its contacts. Next steps repeat both. */
  readonly options: readonly string[]
  close(): Promise<void>
}

import type { GoogleTenant } from './google.ts'
import type { LinkedSource } from '../../src/index.ts'
import type { OpenedBook } from '../../src/shells/terminal/parts.ts'

/** Where contacts come from. */
export interface Tenant extends Pick<OpenedBook, 'signsIn' | 'adminConsentLink' | 'announce'> {
  /** Null if none is named. */
  readonly tenant: 'own' | 'sandbox' | null
  readonly source: LinkedSource
  readonly google: GoogleTenant
  /** Whether new keys may go to the key ring. False for a stand-in on this machine, whose contacts need no protection. */
  readonly keyRing: boolean
  /** The options that name the tenant, and those for its contacts. The next steps repeat both. */
  readonly options: readonly string[]
  close(): Promise<void>
}

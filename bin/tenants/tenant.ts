import type { LinkedSource } from '../../src/index.ts'
import type { OpenedBook } from '../../src/shells/terminal/parts.ts'

/** Where contacts come from. */
export interface Tenant extends Pick<OpenedBook, 'tenant' | 'signsIn' | 'adminConsentLink'> {
  readonly source: LinkedSource
  /** The options that name it. */
  readonly options: readonly string[]
  close(): Promise<void>
}

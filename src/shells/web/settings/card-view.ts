import type { ClientAccount, Progress } from '../../../index.ts'
import type { Messages, Situation } from '../../../messages.ts'
import type { AccountCard } from './account-card.ts'
import type { SignInWay } from './sign-in-way.ts'

/** What a card draws. */
export interface CardView {
  readonly card: AccountCard
  readonly account: ClientAccount
  readonly progress: Progress | null
  readonly texts: Messages
  readonly situation: Situation
  readonly adminConsentLink: string | null
  readonly way: SignInWay | null
  readonly isDemo: boolean
  /** Milliseconds since 1970. */
  readonly now: number
  /** Copies a text and says so. */
  readonly copy: (text: string) => void
}

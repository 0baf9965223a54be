import type { ClientAccount, Progress } from '../../../index.ts'
import type { Messages, Situation } from '../../../messages.ts'
import type { AccountCard } from './account-card.ts'
import { fileWords } from './file-choice.ts'
import { hasAccessEnded } from './parts/list-facts.ts'
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
  /** The contacts come from files that the person chooses here. */
  readonly isFile: boolean
  readonly isDemo: boolean
  /** The browser is certain that there is no network. */
  readonly isOffline: boolean
  /** Milliseconds since 1970. */
  readonly now: number
  /** Copies a text and says so. */
  readonly copy: (text: string) => void
}

export interface CardParts extends Omit<CardView, 'isFile' | 'situation'> {
  readonly storage: Situation['storage'] & string
  /** The person chooses the files of the Outlook app in this page. */
  readonly hasFile: boolean
}

/** The view of an account, with the words and the situation of its sentences. */
export const cardView = ({ hasFile, storage, ...parts }: CardParts): CardView => {
  const { account, card, now } = parts
  const { source, list, held, attempt, commands } = account
  const isFile = hasFile && source === 'outlook'
  const texts = isFile ? fileWords(parts.texts) : parts.texts
  const { steps, file: fileTexts } = parts.texts.settings
  const file = isFile ? fileOf(card, account) : undefined
  return {
    ...parts,
    ...{ texts, isFile },
    // A page of Microsoft: it approves nothing at Google.
    adminConsentLink: source === 'microsoft365' ? parts.adminConsentLink : null,
    situation: {
      ...{ source, steps: texts.settings.steps, storage, held },
      hasSignedIn: account.counts.expected !== null || account.counts.pages > 0,
      otherSignOut: source === 'microsoft365' && hasFile ? fileTexts.steps.signOut : steps.signOut,
      ...(file !== undefined && { file }),
      ...(list !== null && { onDevice: list.count, updatedAt: list.completedAt }),
      ...(attempt?.by === 'refresh' && {
        refresh: { isAllowed: commands.refresh === null && !hasAccessEnded({ account, now }) },
      }),
    },
  }
}

/** The name of one file: that of the account may be of an earlier one, because only a file that was opened gives it. */
const fileOf = ({ chosen }: AccountCard, { account }: ClientAccount): string | undefined =>
  chosen === null ? account?.username : chosen.length === 1 ? chosen[0] : undefined

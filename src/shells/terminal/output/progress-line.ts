import type { LinkedAccountView, Progress } from '../../../index.ts'
import type { Messages } from '../../../messages.ts'

export interface ProgressFacts {
  readonly account: LinkedAccountView
  readonly progress: Progress | undefined
  readonly now: Date
  /** Who signs in. */
  readonly signsIn: 'person' | 'robot' | 'nobody'
  /** Whether to draw a bar if the number of contacts is known. */
  readonly bar: boolean
  /** Makes a folder's name safe to print. */
  readonly untrusted: (text: string) => string
}

const BAR_LENGTH = 24

/** The progress in one line; empty if nothing is running. */
export const progressLine = (messages: Messages, facts: ProgressFacts): string => {
  switch (facts.account.state) {
    case 'consenting':
      return waitOf(messages, facts) ?? signingIn[facts.signsIn]
    case 'fetching':
      return fetching(messages, facts)
    default:
      return ''
  }
}

const signingIn = {
  person: 'Waiting for you to sign in and agree… To cancel, press Ctrl-C.',
  robot: 'The robot person is signing in…',
  nobody: 'Getting ready…',
} as const

/** Why the service makes us wait, and how long; null if it does not. */
const waitOf = (messages: Messages, { account, progress, now }: ProgressFacts): string | null => {
  const waiting = progress?.waiting ?? null
  const seconds = waiting === null ? 0 : Math.ceil((waiting.until.getTime() - now.getTime()) / 1000)
  return waiting !== null && seconds > 0 ? messages.waits[waiting.reason](account.source, seconds) : null
}

const fetching = (messages: Messages, facts: ProgressFacts): string => {
  const { account, progress, bar, untrusted } = facts
  const { expected, contacts, skipped } = account.counts
  const wait = waitOf(messages, facts)
  if (contacts === 0 && expected === null && !progress?.waiting) return 'Looking for contacts…'
  const parts = [
    expected !== null && expected > 0 ? messages.contactsOf(contacts, expected) : messages.contacts(contacts),
    ...(skipped > 0 ? [`${messages.number(skipped)} left out`] : []),
    ...(wait !== null ? [wait] : progress?.folder === undefined ? [] : [untrusted(progress.folder)]),
  ]
  const line = parts.join(' · ')
  return bar && expected !== null && expected > 0 ? `${barOf(contacts / expected)} ${line}` : line
}

/** A source may announce more contacts than it returns, because distribution lists count, or fewer. */
const barOf = (share: number): string => {
  const full = Math.round(Math.min(1, share) * BAR_LENGTH)
  return '█'.repeat(full) + '░'.repeat(BAR_LENGTH - full)
}

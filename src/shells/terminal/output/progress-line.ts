import type { LinkedAccountView, Progress } from '../../../index.ts'
import type { Messages } from '../../../messages.ts'

export interface ProgressFacts {
  readonly account: LinkedAccountView
  readonly progress: Progress | undefined
  readonly now: Date
  /** Who is signing in. */
  readonly signsIn: 'person' | 'robot' | 'nobody'
  /** With a bar, where the number of contacts is known. */
  readonly bar: boolean
  /** Makes a folder's name fit for the line. */
  readonly foreign: (text: string) => string
}

const BAR_LENGTH = 24

/** What is going on, in one line; empty where nothing is. */
export const progressLine = (messages: Messages, facts: ProgressFacts): string => {
  switch (facts.account.state) {
    case 'consenting':
      return signingIn[facts.signsIn]
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

const fetching = (messages: Messages, { account, progress, now, bar, foreign }: ProgressFacts): string => {
  const { source, counts } = account
  const { expected, contacts, skipped } = counts
  const waiting = progress?.waiting ?? null
  const seconds = waiting === null ? 0 : Math.ceil((waiting.until.getTime() - now.getTime()) / 1000)
  if (contacts === 0 && expected === null && waiting === null) return 'Looking for contacts…'
  const parts = [
    expected !== null && expected > 0 ? messages.contactsOf(contacts, expected) : messages.contacts(contacts),
    ...(skipped > 0 ? [`${messages.number(skipped)} left out`] : []),
    ...(waiting !== null && seconds > 0
      ? [messages.waits[waiting.reason](source, seconds)]
      : progress?.folder === undefined
        ? []
        : [foreign(progress.folder)]),
  ]
  const line = parts.join(' · ')
  return bar && expected !== null && expected > 0 ? `${barOf(contacts / expected)} ${line}` : line
}

/** Sources say more than they give (distribution lists count as contacts), or less. */
const barOf = (share: number): string => {
  const full = Math.round(Math.min(1, share) * BAR_LENGTH)
  return '█'.repeat(full) + '░'.repeat(BAR_LENGTH - full)
}

import type { LinkedAccountView, Progress } from '../../../../index.ts'
import type { Messages } from '../../../../messages.ts'
import { shortened, widthOf } from '../wrap.ts'

export interface ProgressFacts {
  readonly account: LinkedAccountView
  readonly progress: Progress | undefined
  readonly now: Date
  /** Who signs in. */
  readonly signsIn: 'person' | 'robot' | 'nobody'
  /** Whether to draw a bar if the number of contacts is known. */
  readonly bar: boolean
  /** The maximum width; absent: no limit. */
  readonly columns?: number
  /** Makes a folder's name safe to print. */
  readonly untrusted: (text: string) => string
}

const BAR_LENGTH = 24

/** A shorter bar would show nothing useful. */
const SHORTEST_BAR = 4

/** A shorter part of a folder's name would not be recognisable. */
const SHORTEST_NAME = 6

/** The progress in one line; empty if nothing is running. */
export const progressLine = (messages: Messages, facts: ProgressFacts): string => {
  const { columns = Infinity } = facts
  switch (facts.account.state) {
    case 'consenting':
      return fitting(signInTexts(messages, facts), columns)
    case 'fetching':
      return fetching(messages, facts, columns)
    default:
      return ''
  }
}

/** From the longest to the shortest. */
const signingIn = {
  person: [
    'Waiting for you to sign in and agree… To cancel, press Ctrl-C.',
    'Waiting for you to sign in and agree…',
    'Waiting for you…',
  ],
  robot: ['The robot is signing in…', 'Signing in…'],
  nobody: ['Getting ready…'],
} as const

/** Why the service makes us wait, and how long; null if it does not. */
const waitOf = (messages: Messages, { account, progress, now }: ProgressFacts): string | null => {
  const waiting = progress?.waiting ?? null
  const seconds = waiting === null ? 0 : Math.ceil((waiting.until.getTime() - now.getTime()) / 1000)
  return waiting !== null && seconds > 0 ? messages.waits[waiting.reason](account.source, seconds) : null
}

const signInTexts = (messages: Messages, facts: ProgressFacts): readonly string[] => {
  const wait = waitOf(messages, facts)
  // A file needs no sign-in.
  const who = facts.account.source === 'outlook' ? 'nobody' : facts.signsIn
  return wait === null ? signingIn[who] : [wait]
}

/** The first text that fits; if none does, the last one shortened. */
const fitting = (texts: readonly string[], columns: number): string =>
  texts.find((text) => widthOf(text) <= columns) ?? shortened(texts.at(-1) ?? '', columns)

const fetching = (messages: Messages, facts: ProgressFacts, columns: number): string => {
  const { expected, contacts } = facts.account.counts
  const { waiting = null } = facts.progress ?? {}
  if (contacts === 0 && expected === null && waiting === null)
    return fitting(['Looking for contacts…'], columns)
  const whole = textOf(messages, facts, Infinity)
  if (widthOf(whole) > columns) return textOf(messages, facts, columns)
  if (!facts.bar || expected === null || expected <= 0) return whole
  const length = Math.min(BAR_LENGTH, columns - widthOf(whole) - 1)
  return length < SHORTEST_BAR ? whole : `${barOf(contacts / expected, length)} ${whole}`
}

/** A wait takes precedence, then the folder. */
const textOf = (messages: Messages, facts: ProgressFacts, columns: number): string => {
  const { account, progress, untrusted } = facts
  const { expected, contacts, skipped } = account.counts
  const wait = waitOf(messages, facts)
  // Microsoft's total also counts contact groups, which it does not return, so it differs from that of the result.
  const count =
    expected !== null && contacts <= expected && expected > 0
      ? messages.contactsOfAbout(contacts, expected)
      : messages.contacts(contacts)
  const counted = joined(count, skipped > 0 ? `${messages.number(skipped)} left out` : '')
  if (wait !== null) {
    return fitting([joined(counted, wait), joined(count, wait), wait], columns)
  }
  const folder = progress?.folder === undefined ? '' : untrusted(progress.folder)
  const room = columns - widthOf(joined(counted, ' ')) + 1
  const name = room < SHORTEST_NAME ? '' : shortened(folder, room)
  return fitting([joined(counted, name), counted, count], columns)
}

const joined = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join(' · ')

/** A source may announce fewer contacts than it returns, or more, because its count includes distribution lists. */
const barOf = (share: number, length: number): string => {
  const full = Math.round(Math.min(1, share) * length)
  return '█'.repeat(full) + '░'.repeat(length - full)
}

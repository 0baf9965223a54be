import type { ContactKey } from '../../domain/contact.ts'
import type { Source } from '../../domain/source.ts'
import { addToGroup } from './add-to-group.ts'
import { pairOf } from './identities.ts'
import { areCompatible, type MatchFacts } from './match-facts.ts'
import type { PersonNumbers } from './person-numbers.ts'

/** What two contacts have in common. */
export type MatchReason = 'name' | 'email' | 'phone'

/** Two contacts of two sources that may be one person. */
export interface Candidate {
  /** In the order of their keys. */
  readonly contacts: readonly [MatchFacts, MatchFacts]
  readonly reasons: readonly MatchReason[]
  /** Whether that is enough to take them for one person without asking. */
  readonly isSure: boolean
}

/** Called now and then during long work, to let other work run. */
export type Pause = () => Promise<void>

/** Of so many contacts of one source with the same name or address, none is compared: there would be thousands of pairs. */
const CROWD = 50

/** An address on more contacts of one source is no person's own. */
const MOST_OWNERS = 2

/** Pairs compared in one slice: each may cost some parses of numbers. */
const SLICE = 100

/**
 * Compares the contacts of different sources that have a name, an address or a number in common. Two are surely one person if
 * their full names are equal and they share an address or a number, or if they share an address and their names are
 * compatible. A name alone, a number alone or a company is never enough.
 */
export class CandidateSearch {
  readonly #numbers: PersonNumbers
  readonly #pause: Pause
  readonly #compared = new Set<string>()
  #steps = 0
  readonly found: Candidate[] = []

  constructor(numbers: PersonNumbers, pause: Pause) {
    this.#numbers = numbers
    this.#pause = pause
  }

  /** Compares all contacts of a group with those of other sources. */
  async compare(group: readonly MatchFacts[]): Promise<void> {
    if (++this.#steps % SLICE === 0) await this.#pause()
    const bySource = new Map<Source, MatchFacts[]>()
    for (const facts of group) addToGroup(bySource, facts.contact.source, facts)
    const crowds = [...bySource.values()]
    if (crowds.length < 2 || crowds.some(({ length }) => length >= CROWD)) return
    for (const [index, ones] of crowds.entries())
      for (const others of crowds.slice(index + 1))
        for (const one of ones) for (const other of others) await this.#compare(one, other)
  }

  async #compare(one: MatchFacts, other: MatchFacts): Promise<void> {
    const contacts = inOrder(one, other)
    const pair = keysOf(contacts).join(' ')
    if (this.#compared.has(pair)) return
    this.#compared.add(pair)
    if (++this.#steps % SLICE === 0) await this.#pause()
    const candidate = candidateOf(contacts, this.#numbers)
    if (candidate) this.found.push(candidate)
  }
}

/** Groups of two contacts or more that have a value in common. */
export const groupsBy = (
  all: readonly MatchFacts[],
  valuesOf: (facts: MatchFacts) => readonly string[],
): readonly (readonly MatchFacts[])[] => {
  const groups = new Map<string, MatchFacts[]>()
  for (const facts of all) for (const value of valuesOf(facts)) addToGroup(groups, value, facts)
  return [...groups.values()].filter(({ length }) => length > 1)
}

/** Addresses that occur on more than two contacts of one source. */
export const sharedAddresses = (all: readonly MatchFacts[]): ReadonlySet<string> => {
  const counts = new Map<string, number>()
  for (const { contact, emails } of all)
    for (const email of emails) {
      const at = `${contact.source} ${email}`
      counts.set(at, (counts.get(at) ?? 0) + 1)
    }
  const shared = [...counts].filter(([, count]) => count > MOST_OWNERS)
  return new Set(shared.map(([at]) => at.slice(at.indexOf(' ') + 1)))
}

/** The keys of two contacts. */
export const keysOf = ([one, other]: Candidate['contacts']): readonly [ContactKey, ContactKey] => [
  one.contact.key,
  other.contact.key,
]

const inOrder = (one: MatchFacts, other: MatchFacts): Candidate['contacts'] => {
  const [first] = pairOf(one.contact.key, other.contact.key)
  return first === one.contact.key ? [one, other] : [other, one]
}

const candidateOf = (contacts: Candidate['contacts'], numbers: PersonNumbers): Candidate | null => {
  const [one, other] = contacts
  const hasName = one.fullName !== '' && one.fullName === other.fullName
  const hasEmail = one.emails.some((email) => other.emails.includes(email))
  const compatible = areCompatible(one.name, other.name)
  // To read numbers takes the most time, and is not needed then.
  const hasPhone = !(hasEmail && compatible) && numbers.areShared(one, other)
  const reasons = (['name', 'email', 'phone'] as const).filter(
    (_, index) => [hasName, hasEmail, hasPhone][index],
  )
  const isSure = (hasEmail && compatible) || (hasName && hasPhone)
  // A number alone is that of a household; a single word is the name of many.
  const isWorthAsking = hasEmail || (hasPhone && compatible) || (hasName && one.name.length > 1)
  return isSure || isWorthAsking ? { contacts, reasons, isSure } : null
}

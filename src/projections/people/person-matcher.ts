import type { Contact, ContactKey } from '../../domain/contact.ts'
import { sources } from '../../domain/source.ts'
import type { PhoneSettings } from '../phone-index/read-number.ts'
import { CandidateSearch, groupsBy, keysOf, sharedAddresses } from './find-candidates.ts'
import type { Candidate, MatchReason, Pause } from './find-candidates.ts'
import type { Identity } from './identities.ts'
import { joinContacts } from './join-contacts.ts'
import { matchFacts, type MatchFacts } from './match-facts.ts'
import { mergedContact, type SameNumber } from './merged-contact.ts'
import { NumberReadings } from './number-readings.ts'
import { PersonNumbers } from './person-numbers.ts'

/** My Contacts with each person once. */
export interface People {
  /** In the order of the contacts. A person who has several is shown where the first of them is preferred. */
  readonly contacts: readonly Contact[]
  /** The contacts of each person who has several, the preferred one first, by the key of each of them. */
  readonly together: ReadonlyMap<ContactKey, readonly Contact[]>
  /** Pairs that may be one person, those with most in common first. */
  readonly possible: readonly PossiblePair[]
  readonly isSameNumber: SameNumber
}

/** Two contacts that may be one person. */
export interface PossiblePair {
  /** The one of the earlier source first, in the order of `sources`. */
  readonly contacts: readonly [Contact, Contact]
  readonly reasons: readonly MatchReason[]
}

/** Contacts whose facts are read in one slice. */
const SLICE = 200

/** Persons whose contacts are merged in one slice: their numbers are read. */
const MERGED_SLICE = 50

/**
 * Finds contacts of different sources that are one person, by the rules of `CandidateSearch` and by what the person said.
 * Two contacts of one source are never joined by a rule: their owner keeps them apart there. Nothing is stored: a later list
 * or another decision gives another result, and the contacts stay as their sources have them.
 */
export class PersonMatcher {
  readonly #readings: NumberReadings
  readonly #facts = new WeakMap<Contact, MatchFacts>()
  readonly #merged = new WeakMap<Contact, { readonly of: readonly Contact[]; readonly merged: Contact }>()

  constructor(settings: PhoneSettings) {
    this.#readings = new NumberReadings(settings)
  }

  /** @param contacts in display order @param pause lets other work run in between */
  async match(contacts: readonly Contact[], identities: readonly Identity[], pause: Pause): Promise<People> {
    const all = await this.#factsOf(contacts, pause)
    const candidates = await this.#candidates(all, pause)
    const { together, open } = await joinContacts(contacts, candidates, { identities, pause })
    await pause()
    const inPreference = new Map([...together].map(([key, group]) => [key, group.toSorted(byPreference)]))
    await pause()
    return {
      contacts: await this.#shown(contacts, inPreference, pause),
      together: inPreference,
      possible: open.toSorted(byLikeness(contacts)).map(possiblePair),
      isSameNumber: this.#readings.isSameNumber,
    }
  }

  async #factsOf(contacts: readonly Contact[], pause: Pause): Promise<readonly MatchFacts[]> {
    const all: MatchFacts[] = []
    for (const [index, contact] of contacts.entries()) {
      if (index > 0 && index % SLICE === 0) await pause()
      const known = this.#facts.get(contact) ?? matchFacts(contact)
      this.#facts.set(contact, known)
      all.push(known)
    }
    return all
  }

  async #candidates(all: readonly MatchFacts[], pause: Pause): Promise<readonly Candidate[]> {
    const numbers = new PersonNumbers(this.#readings)
    for (const [index, facts] of all.entries()) {
      if (index > 0 && index % SLICE === 0) await pause()
      numbers.add(facts)
    }
    const search = new CandidateSearch(numbers, pause)
    const shared = sharedAddresses(all)
    await pause()
    const own = all.map((facts) => ({ ...facts, emails: facts.emails.filter((email) => !shared.has(email)) }))
    const kinds = [
      () => groupsBy(own, ({ fullName }) => (fullName === '' ? [] : [fullName])),
      () => groupsBy(own, ({ emails }) => emails),
      () => numbers.groups,
    ]
    for (const groups of kinds) {
      await pause()
      for (const group of groups()) await search.compare(group)
    }
    return search.found
  }

  async #shown(
    contacts: readonly Contact[],
    together: People['together'],
    pause: Pause,
  ): Promise<readonly Contact[]> {
    const shown: Contact[] = []
    let merged = 0
    for (const contact of contacts) {
      const group = together.get(contact.key)
      if (group && ++merged % MERGED_SLICE === 0) await pause()
      if (group === undefined) shown.push(contact)
      else if (group[0] === contact) shown.push(this.#mergedOf(contact, group))
    }
    return shown
  }

  /** Stays the same object as long as the contacts of the person do. */
  #mergedOf(preferred: Contact, group: readonly Contact[]): Contact {
    const known = this.#merged.get(preferred)
    if (known?.of.length === group.length && known.of.every((each, index) => each === group[index]))
      return known.merged
    const merged = mergedContact(group, this.#readings.isSameNumber)
    this.#merged.set(preferred, { of: group, merged })
    return merged
  }
}

/** The earlier source first, then the contact that changed last, then by key. */
const byPreference = (a: Contact, b: Contact): number =>
  sources.indexOf(a.source) - sources.indexOf(b.source) ||
  compare(b.modified ?? '', a.modified ?? '') ||
  compare(a.key, b.key)

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const byLikeness = (contacts: readonly Contact[]): ((a: Candidate, b: Candidate) => number) => {
  const places = new Map(contacts.map(({ key }, index) => [key, index]))
  const placeOf = ({ contacts: pair }: Candidate) =>
    Math.min(...keysOf(pair).map((key) => places.get(key) ?? Infinity))
  return (a, b) => b.reasons.length - a.reasons.length || placeOf(a) - placeOf(b)
}

const possiblePair = ({ contacts: [one, other], reasons }: Candidate): PossiblePair => {
  const [first, second] = [one.contact, other.contact].toSorted(byPreference)
  return { contacts: [first ?? one.contact, second ?? other.contact], reasons }
}

import type { Source } from '../../domain/source.ts'
import { addToGroup } from './add-to-group.ts'
import type { MatchFacts } from './match-facts.ts'
import { endingOf, type NumberReadings } from './number-readings.ts'

/** A number on more contacts of one source belongs to a switchboard or a household. */
const MOST_OWNERS = 2

/** So many contacts of one source with the same last digits are not looked at one by one: their number is shared. */
const CROWD = 50

/** Who has which number. The numbers of a contact are read when a pair is compared. */
export class PersonNumbers {
  readonly #readings: NumberReadings
  readonly #owners = new Map<string, MatchFacts[]>()

  constructor(readings: NumberReadings) {
    this.#readings = readings
  }

  /** Notes who may have which number. */
  add(facts: MatchFacts): void {
    for (const ending of this.#readings.endingsOf(facts)) addToGroup(this.#owners, ending, facts)
  }

  /** Contacts whose numbers may be the same, in groups. */
  get groups(): readonly (readonly MatchFacts[])[] {
    return [...this.#owners.values()].filter(({ length }) => length > 1)
  }

  /** Whether both have a number that is that of a person, not of many. */
  areShared(one: MatchFacts, other: MatchFacts): boolean {
    const endings = this.#readings.endingsOf(one)
    if (!this.#readings.endingsOf(other).some((ending) => endings.includes(ending))) return false
    const numbers = this.#readings.numbersOf(one)
    return this.#readings
      .numbersOf(other)
      .some((number) => numbers.includes(number) && !this.#belongsToMany(number))
  }

  #belongsToMany(number: string): boolean {
    const bySource = new Map<Source, MatchFacts[]>()
    for (const facts of this.#owners.get(endingOf(number)) ?? [])
      addToGroup(bySource, facts.contact.source, facts)
    return [...bySource.values()].some((owners) => {
      if (owners.length <= MOST_OWNERS || owners.length > CROWD) return owners.length > CROWD
      return owners.filter((facts) => this.#readings.numbersOf(facts).includes(number)).length > MOST_OWNERS
    })
  }
}

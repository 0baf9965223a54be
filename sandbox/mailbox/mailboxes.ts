import type { Person } from '../people.ts'
import type { Settings } from '../settings.ts'
import { createHash } from 'node:crypto'
import type { ContactFields } from './contact-fields.ts'
import { fillMailbox, type Filling } from './fill-mailbox.ts'
import { applyLaterChange, type LaterChange } from './later-changes.ts'
import { loadLocales, type Locale } from './locales.ts'
import type { Mailbox } from './mailbox.ts'

/** A mailbox of an earlier sandbox. Delta tokens for it stay valid. */
export interface RememberedMailbox {
  /** Distinguishes this mailbox from others with the same settings. */
  readonly id: string
  /** The changes since it was filled, oldest first. */
  readonly changes: readonly LaterChange[]
}

const CONTENT = ['seed', 'contacts', 'folders', 'distributionLists', 'defaultFolder'] as const

/** The mailboxes of the tenant. Each is filled on first use, and again when its settings change. */
export class Mailboxes {
  readonly #people: readonly Person[]
  readonly #settings: Settings
  readonly #locales: readonly [Locale, ...Locale[]]
  readonly #made = new Map<string, Mailbox>()
  #remembered: RememberedMailbox | null
  #changes: number

  static async open(
    people: readonly Person[],
    settings: Settings,
    remembered: RememberedMailbox | null = null,
  ): Promise<Mailboxes> {
    return new Mailboxes(people, settings, await loadLocales(), remembered)
  }

  private constructor(
    people: readonly Person[],
    settings: Settings,
    locales: readonly [Locale, ...Locale[]],
    remembered: RememberedMailbox | null,
  ) {
    this.#people = people
    this.#settings = settings
    this.#locales = locales
    this.#remembered = remembered
    this.#changes = remembered?.changes.length ?? 0
    settings.onChange((change) => {
      if (!CONTENT.some((setting) => change[setting] !== undefined)) return
      this.#made.clear()
      this.#remembered = null
    })
  }

  get locales(): readonly [Locale, ...Locale[]] {
    return this.#locales
  }

  /** Null for a person without a mailbox. */
  of(person: Person): Mailbox | null {
    if (person.contacts === null) return null
    const made = this.#made.get(person.id)
    if (made !== undefined) return made
    const { seed } = this.#settings.current
    const filling = this.#fillingOf(person, person.contacts)
    const remembered = this.#remembered
    const mailbox = fillMailbox(person.id, filling, this.#locales, {
      deletesHard: () => this.#settings.current.hardDelete,
      ...(remembered && { generation: generationOf(remembered, person, filling) }),
    })
    if (person.contacts === 'default')
      remembered?.changes.forEach((change, index) =>
        mailbox.at(change.at, () =>
          applyLaterChange(mailbox, change, { locales: this.#locales, seed: laterSeed(seed, index) }),
        ),
      )
    this.#made.set(person.id, mailbox)
    return mailbox
  }

  /** What the mailbox of a person held before any change; nothing for a person without a mailbox. */
  original(person: Person): readonly ContactFields[] {
    if (person.contacts === null) return []
    const mailbox = fillMailbox(person.id, this.#fillingOf(person, person.contacts), this.#locales)
    return mailbox.contacts().map(({ fields }) => fields)
  }

  #fillingOf(person: Person, count: number | 'default'): Filling {
    const { seed, contacts, folders, distributionLists, defaultFolder } = this.#settings.current
    return count === 'default'
      ? { seed, contacts, folders, distributionLists, defaultFolder }
      : {
          seed: seed + 1000 * this.#people.indexOf(person),
          contacts: count,
          folders: 1,
          distributionLists: 0,
        }
  }

  /** Changes a mailbox now. */
  change(mailbox: Mailbox, change: Omit<LaterChange, 'at'>): void {
    const seed = laterSeed(this.#settings.current.seed, this.#changes++)
    applyLaterChange(mailbox, { at: new Date().toISOString(), ...change }, { locales: this.#locales, seed })
  }
}

/**
 * Each change gets its own seed, so that it invents other people. A prime step, which shares no factor with the step of 1000
 * between the seeds of persons, keeps the two series of seeds apart.
 */
const laterSeed = (seed: number, index: number): number => seed + 7919 * (index + 1)

const generationOf = ({ id }: RememberedMailbox, person: Person, filling: object): string =>
  createHash('sha256')
    .update(JSON.stringify([id, person.id, filling]))
    .digest('base64url')
    .slice(0, 22)

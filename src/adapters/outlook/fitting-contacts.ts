import type { SkippedContact, SourceContact } from '../../domain/contact.ts'
import { byRecency, CONTACT_LIMIT } from '../../domain/limit.ts'
import type { BeyondLimit } from '../../domain/reports.ts'
import type { ReadPage } from './read-export.ts'

/** How many more candidates than fit are collected before they are sorted. */
const GROUP = 2_500

/** A contact that may fit. */
interface Candidate {
  readonly id: string
  readonly modified?: string
  /** As JSON, which takes a quarter of the memory; null once it was passed on. */
  readonly json: string | null
}

/**
 * Passes on the contacts of files that can be on the device, so that a file with a million contacts needs little memory: some at
 * once, those that are on the device (a contact that newer ones displace was not deleted), and finally those that changed
 * most recently. The rest is counted only. With equal files and an equal device, the same pages come in the same order.
 */
export class FittingContacts {
  readonly #limit: number
  readonly #atOnce: number
  readonly #isOnDevice: (id: string) => boolean
  readonly #candidates: Candidate[] = []
  /** Contacts older than this one do not fit. Null until as many as fit are known. */
  #oldest: Candidate | null = null
  readonly #read = { contacts: 0, skipped: 0 }
  readonly #passed = { contacts: 0, skipped: 0 }

  /**
   * @param atOnce how many are passed on before the others are known, although newer ones may follow
   * @param limit most contacts on the device, and most skipped ones that are passed on
   */
  constructor(onDevice: ReadonlyMap<string, unknown>, atOnce: number, limit: number = CONTACT_LIMIT) {
    this.#isOnDevice = (id) => onDevice.has(id)
    this.#atOnce = atOnce
    this.#limit = limit
  }

  /** What can be passed on of a page before the whole is known; null if nothing. */
  add({ contacts, skipped }: ReadPage): ReadPage | null {
    const known = skipped.slice(0, Math.max(0, this.#limit - this.#read.skipped))
    this.#read.skipped += skipped.length
    return this.#passing(
      contacts.flatMap((contact) => this.#passedAtOnce(contact) ?? []),
      known,
    )
  }

  /** The other contacts that fit, once all pages were added. */
  *rest(pageSize: number): Generator<ReadPage, void, undefined> {
    this.#selectNewest()
    const due = this.#candidates.flatMap(({ json }) => json ?? [])
    for (let at = 0; at < due.length; at += pageSize) {
      const contacts = due.slice(at, at + pageSize).map((json) => JSON.parse(json) as SourceContact)
      const page = this.#passing(contacts, [])
      if (page) yield page
    }
  }

  /** What was not passed on; undefined if everything was. */
  beyond(): BeyondLimit | undefined {
    const contacts = this.#read.contacts - this.#passed.contacts
    const skipped = this.#read.skipped - this.#passed.skipped
    return contacts + skipped > 0 ? { contacts, skipped } : undefined
  }

  #passedAtOnce(read: SourceContact): SourceContact | null {
    const isPassed = this.#read.contacts++ < this.#atOnce || this.#isOnDevice(read.id)
    const isOlder = this.#oldest !== null && byRecency(this.#oldest, read) < 0
    if (isOlder && !isPassed) return null
    const json = JSON.stringify(read)
    // A copy: texts that were read are parts of the text of the file, which would stay in memory with them.
    const contact = JSON.parse(json) as SourceContact
    const { id, modified } = contact
    const dated = { id, ...(modified !== undefined && { modified }) }
    this.#candidates.push({ ...dated, json: isPassed ? null : json })
    if (this.#candidates.length >= this.#limit + GROUP) this.#selectNewest()
    return isPassed ? contact : null
  }

  #selectNewest(): void {
    this.#candidates.sort(byRecency)
    if (this.#candidates.length < this.#limit) return
    this.#candidates.length = this.#limit
    this.#oldest = this.#candidates.at(-1) ?? null
  }

  #passing(contacts: readonly SourceContact[], skipped: readonly SkippedContact[]): ReadPage | null {
    this.#passed.contacts += contacts.length
    this.#passed.skipped += skipped.length
    return contacts.length + skipped.length > 0 ? { contacts, skipped } : null
  }
}

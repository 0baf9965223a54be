import { faker } from '@faker-js/faker'
import type { Sandbox } from '../../sandbox/index.ts'
import type { Item, Mailbox } from '../../sandbox/index.ts'
import { contactJson } from '../../sandbox/graph/contacts/contact-json.ts'
import { mapContact } from '../../src/adapters/microsoft365/contact/map-contact.ts'
import { readItem } from '../../src/adapters/microsoft365/graph/graph-item.ts'
import type { SourceContact } from '../../src/index.ts'

/** Random numbers, the same for the same seed. */
export const diceOf = (seed: number) => {
  let state = seed
  const next = (): number => {
    // Mulberry32: small, and good enough to choose what to change.
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    chance: (probability: number) => next() < probability,
    below: (end: number) => Math.floor(next() * end),
    pick: <T>(values: readonly T[]): T | undefined => values[Math.floor(next() * values.length)],
  }
}

/** A mailbox that a person changes, and all its states so far. */
export class ChangingMailbox {
  readonly mailbox: Mailbox
  /** Changes so far. */
  changes = 0
  readonly #dice: ReturnType<typeof diceOf>
  readonly #changesFolders: boolean
  #states: string[] = []

  constructor(sandbox: Sandbox, seed: number, changesFolders: boolean) {
    this.mailbox = sandbox.mailbox('user')
    this.#dice = diceOf(seed)
    this.#changesFolders = changesFolders
    this.begin()
  }

  /** Discards all earlier states of the mailbox. */
  begin(): void {
    this.#states = [this.#now()]
  }

  /** The person adds, changes, moves or deletes a contact. */
  change(): void {
    const { mailbox } = this
    const contact = this.#dice.pick(mailbox.contacts())?.immutableId
    const folderId = this.#dice.pick(mailbox.folders)?.id ?? mailbox.defaultFolder.id
    const what = this.#dice.below(this.#changesFolders ? 44 : 40)
    const fields = { displayName: `Name ${this.changes}`, personalNotes: this.#note() }
    if (what < 10) mailbox.add(fields, { folderId })
    else if (what >= 42) mailbox.addFolder(`Folder ${this.changes}`, folderId)
    else if (what >= 40 && folderId !== mailbox.defaultFolder.id) mailbox.removeFolder(folderId)
    else if (contact === undefined) return
    else if (what < 20) mailbox.remove(contact)
    else if (what < 30) mailbox.change(contact, fields)
    else mailbox.move(contact, folderId)
    this.changes++
    this.#states.push(this.#now())
  }

  /** Whether a list equals the mailbox at some moment since `begin`. */
  held(list: ReadonlyMap<string, SourceContact>): boolean {
    return this.#states.includes(textOf([...list.values()].map((contact) => JSON.stringify(contact))))
  }

  #now(): string {
    return textOf(this.mailbox.contacts().map(mapped))
  }

  /** A note, sometimes so long that lists cut it. */
  #note(): string {
    return this.#dice.chance(0.15) ? faker.lorem.paragraphs(4) : 'short'
  }
}

const textOf = (contacts: readonly string[]): string => contacts.toSorted().join('\n')

const texts = new WeakMap<Item, string>()

/** A contact as an import should bring it, whole; items never change, so each is mapped once. */
const mapped = (item: Item): string => {
  const known = texts.get(item)
  if (known !== undefined) return known
  const json = contactJson(item, { select: null, immutableIds: true, inList: false })
  const result = mapContact(readItem(JSON.parse(json)))
  const text = 'contact' in result ? JSON.stringify(result.contact) : ''
  texts.set(item, text)
  return text
}

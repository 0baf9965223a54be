import * as v from 'valibot'

const ids = v.pipe(v.array(v.string()), v.readonly())

/** Doubts in a cursor. */
export const doubtsForm = v.object({
  contacts: ids,
  folders: ids,
  unreadable: ids,
  elsewhere: ids,
  unchecked: v.optional(ids, []),
  hasUnreadContacts: v.optional(v.boolean(), false),
})

export type RecordedDoubts = v.InferOutput<typeof doubtsForm>

/** What an attempt could not find out. As long as there is a doubt, its list is not verified. */
export class Doubts {
  /** Contacts about which the service gives no usable answer. They stay, and the next refresh asks again. */
  readonly contacts: Set<string>
  /** Folders of which not every contact could be read, by the id that their contacts give. */
  readonly folders: Set<string>
  /** Folders that are listed but do not answer. */
  readonly unreadable: Set<string>
  /**
   * Folders to which contacts were moved and that are not contact folders, such as Deleted Items. No doubt, but
   * recorded so that each is asked about only once.
   */
  readonly elsewhere: Set<string>
  /** Folders to which contacts were moved and that may be contact folders, with these contacts. The next round asks. */
  readonly #unchecked: Map<string, Set<string>>
  /** Those of them about which the service gave no answer. */
  readonly #untold = new Set<string>()
  #gone: string[] = []
  /** A contact of the default folder could not be read while the id that its contacts give is unknown. */
  hasUnreadContacts: boolean
  /** Folders that are not listed and that may or may not exist. */
  unconfirmed: readonly string[] = []
  /** Some folders could not be listed, so there may be more than those that are read. */
  hasUnlistedFolders = false

  constructor(recorded: Partial<RecordedDoubts> = {}) {
    const { contacts, folders, unreadable, elsewhere, unchecked = [], hasUnreadContacts = false } = recorded
    this.contacts = new Set(contacts)
    this.folders = new Set(folders)
    this.unreadable = new Set(unreadable)
    this.elsewhere = new Set(elsewhere)
    this.hasUnreadContacts = hasUnreadContacts
    this.#unchecked = new Map(unchecked.map((folder) => [folder, new Set()]))
  }

  /** Not every contact of a folder could be read. Null if the id that its contacts give is unknown. */
  doubt(folder: string | null): void {
    if (folder === null) this.hasUnreadContacts = true
    else this.folders.add(folder)
  }

  /** The id that contacts of the default folder give has become known. */
  learnDefault(folder: string): void {
    if (this.hasUnreadContacts) this.folders.add(folder)
    this.hasUnreadContacts = false
  }

  /**
   * A contact was moved to this folder, which may be a contact folder. The contact stays until a round has found out.
   */
  leftFor(folder: string, contact: string): void {
    const contacts = this.#unchecked.get(folder) ?? new Set()
    this.#unchecked.set(folder, contacts.add(contact))
    this.contacts.add(contact)
  }

  /** Folders about which a round still has to ask. */
  get unasked(): readonly string[] {
    return [...this.#unchecked.keys()].filter((folder) => !this.#untold.has(folder))
  }

  /** The service does not say what kind of folder this is. */
  cannotTell(folder: string): void {
    this.#untold.add(folder)
  }

  /** This folder is not a contact folder, so the contacts that were moved to it are gone. */
  isElsewhere(folder: string): void {
    for (const contact of this.#unchecked.get(folder) ?? []) {
      this.contacts.delete(contact)
      this.#gone.push(contact)
    }
    this.#unchecked.delete(folder)
    this.elsewhere.add(folder)
  }

  /**
   * The contacts that were moved to folders which turned out not to be contact folders. Returns each of them only
   * once.
   */
  takeGone(): readonly string[] {
    const gone = this.#gone
    this.#gone = []
    return gone
  }

  /** A new answer about this contact ends the earlier doubt. */
  forget(contact: string): void {
    this.contacts.delete(contact)
    for (const contacts of this.#unchecked.values()) contacts.delete(contact)
  }

  get isEmpty(): boolean {
    const { contacts, folders, unconfirmed, hasUnlistedFolders, hasUnreadContacts } = this
    const open = contacts.size + folders.size + this.#unchecked.size + unconfirmed.length
    return open === 0 && !hasUnlistedFolders && !hasUnreadContacts
  }

  /** For a cursor; undefined if there are none. */
  recorded(): RecordedDoubts | undefined {
    const { contacts, folders, unreadable, elsewhere, hasUnreadContacts } = this
    const unchecked = [...this.#unchecked.keys()]
    const count = contacts.size + folders.size + unreadable.size + elsewhere.size + unchecked.length
    if (count === 0 && !hasUnreadContacts) return undefined
    return {
      contacts: [...contacts],
      folders: [...folders],
      unreadable: [...unreadable],
      elsewhere: [...elsewhere],
      unchecked,
      hasUnreadContacts,
    }
  }
}

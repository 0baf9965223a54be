import * as v from 'valibot'

const ids = v.pipe(v.array(v.string()), v.readonly())

/** Doubts in a cursor. */
export const doubtsForm = v.object({
  contacts: ids,
  folders: ids,
  unreadable: ids,
  elsewhere: ids,
})

export type RecordedDoubts = v.InferOutput<typeof doubtsForm>

/** What an attempt could not find out. As long as there is anything, its list is not verified. */
export class Doubts {
  /** Contacts of which the service gives no usable answer. They stay, and the next refresh asks again. */
  readonly contacts: Set<string>
  /** Folders, by the id that their contacts give, of which not every contact could be read. */
  readonly folders: Set<string>
  /** Folders that are listed and do not answer. */
  readonly unreadable: Set<string>
  /** Folders of contacts that have left, which are no contact folders: Deleted Items. No doubt, but asked only once. */
  readonly elsewhere: Set<string>
  /** Folders of contacts that have left, which may be contact folders: the next round asks. */
  readonly unchecked = new Set<string>()
  /** A contact could not be read. */
  hasUnreadContacts = false
  /** Folders that are not listed and of which it cannot be found out whether they are there. */
  unconfirmed: readonly string[] = []
  /** Folders could not be listed: there may be others than those that are read. */
  hasUnlistedFolders = false

  constructor({ contacts, folders, unreadable, elsewhere }: Partial<RecordedDoubts> = {}) {
    this.contacts = new Set(contacts)
    this.folders = new Set(folders)
    this.unreadable = new Set(unreadable)
    this.elsewhere = new Set(elsewhere)
  }

  /** Not every contact of a folder could be read. Null if the id that its contacts give is unknown. */
  doubt(folder: string | null): void {
    if (folder === null) this.hasUnreadContacts = true
    else this.folders.add(folder)
  }

  /** A contact has left for this folder. */
  leftFor(folder: string): void {
    if (!this.elsewhere.has(folder)) this.unchecked.add(folder)
  }

  get isEmpty(): boolean {
    const { contacts, folders, unconfirmed, hasUnlistedFolders, hasUnreadContacts } = this
    return (
      contacts.size + folders.size + unconfirmed.length === 0 && !hasUnlistedFolders && !hasUnreadContacts
    )
  }

  /** For a cursor; undefined if there are none. */
  recorded(): RecordedDoubts | undefined {
    const { contacts, folders, unreadable, elsewhere } = this
    if (contacts.size + folders.size + unreadable.size + elsewhere.size === 0) return undefined
    return {
      contacts: [...contacts],
      folders: [...folders],
      unreadable: [...unreadable],
      elsewhere: [...elsewhere],
    }
  }
}

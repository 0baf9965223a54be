import type { SourceContact } from '../../../domain/contact.ts'
import type { GraphItem } from '../graph/graph-item.ts'

/** The contacts seen in a mailbox, with folder and version. Used to compare two readings. */
export class MailboxIndex {
  readonly versions = new Map<string, string>()
  /** Whether an id came, or may have come, twice: pages shifted while being read, and contacts may have been missed. */
  hasDuplicates = false
  /** Whether contacts could not be read: a missing one may still be there. */
  hasGaps = false

  /** Adds items of a page. Items without an id cannot be distinguished, so they are left out. */
  add(items: readonly GraphItem[]): void {
    for (const { id, parentFolderId, changeKey, lastModifiedDateTime } of items) {
      if (id === null) continue
      if (this.versions.has(id)) this.hasDuplicates = true
      this.versions.set(id, versionOf(parentFolderId, changeKey, lastModifiedDateTime))
    }
  }

  /** Applies changes: removals first. */
  update(items: readonly GraphItem[], removed: readonly string[] = []): void {
    for (const id of removed) this.versions.delete(id)
    for (const { id } of items) if (id !== null) this.versions.set(id, '')
  }

  /** Adds what an earlier run recorded. It is no longer known whether an id came twice in it. */
  recall(contacts: Iterable<SourceContact>): void {
    for (const { id, folder, version, modified } of contacts) {
      this.versions.set(id, versionOf(folder, version, modified))
      this.hasDuplicates = true
    }
  }

  /** Ids that are missing in an earlier reading, or have another version or folder there. */
  changedSince(earlier: MailboxIndex): string[] {
    return [...this.versions].flatMap(([id, version]) => (earlier.versions.get(id) === version ? [] : [id]))
  }

  /** Ids that are missing in an earlier reading. */
  newSince(earlier: MailboxIndex): string[] {
    return [...this.versions.keys()].filter((id) => !earlier.versions.has(id))
  }

  /** Ids of an earlier reading that are missing here. */
  goneSince(earlier: MailboxIndex): string[] {
    return [...earlier.versions.keys()].filter((id) => !this.versions.has(id))
  }
}

type Text = string | null | undefined

/** The folder and the change key, or the time of the last change if a server returns no change key. */
const versionOf = (folder: Text, changeKey: Text, modified: Text): string =>
  `${folder ?? ''} ${changeKey ?? modified ?? ''}`

import type { Contact } from '../../../domain/contact.ts'

/** Which contacts were seen, where, and in which version: two looks at a mailbox compare by it. */
export class MailboxIndex {
  readonly versions = new Map<string, string>()
  /** Whether an id came twice, or may have: then pages shifted while they were read, and others may have been missed. */
  hasDuplicates = false

  /** Notes items as Graph gives them. What has no id cannot be told apart, and is not noted. */
  add(items: readonly unknown[]): void {
    for (const item of items) {
      const { id, parentFolderId, changeKey, lastModifiedDateTime } = (item ?? {}) as Record<string, unknown>
      if (typeof id !== 'string') continue
      if (this.versions.has(id)) this.hasDuplicates = true
      this.versions.set(id, versionOf(parentFolderId, changeKey, lastModifiedDateTime))
    }
  }

  /** Notes what became of contacts since, as a delta query tells it. */
  update(items: readonly unknown[]): void {
    for (const item of items) {
      const { id, '@removed': removed } = (item ?? {}) as Record<string, unknown>
      if (typeof id !== 'string') continue
      if (removed === undefined) this.versions.set(id, '')
      else this.versions.delete(id)
    }
  }

  /** Notes what an earlier run recorded. Whether something came twice in it is not known any more. */
  recall(contacts: Iterable<Contact>): void {
    for (const { id, folder, version, modified } of contacts) {
      this.versions.set(id, versionOf(folder, version, modified))
      this.hasDuplicates = true
    }
  }

  /** Ids that are not there, or not as they are here, in an earlier look. */
  changedSince(earlier: MailboxIndex): string[] {
    return [...this.versions].flatMap(([id, version]) => (earlier.versions.get(id) === version ? [] : [id]))
  }

  /** Ids that are not there in an earlier look. */
  newSince(earlier: MailboxIndex): string[] {
    return [...this.versions.keys()].filter((id) => !earlier.versions.has(id))
  }

  /** Ids of an earlier look that are not there any more. */
  goneSince(earlier: MailboxIndex): string[] {
    return [...earlier.versions.keys()].filter((id) => !this.versions.has(id))
  }
}

/** The change key, or where a server gives none the time of the last change, and the folder. */
const versionOf = (folder: unknown, changeKey: unknown, modified: unknown): string => {
  const text = (value: unknown) => (typeof value === 'string' ? value : '')
  return `${text(folder)} ${text(changeKey) || text(modified)}`
}

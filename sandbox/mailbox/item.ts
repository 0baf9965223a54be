import type { ContactFields } from './contact-fields.ts'

/** One thing in a contact folder. Distribution lists are items too, though Graph never shows them. */
export interface Item {
  /** Number of the item in its mailbox; never reused. */
  readonly key: number
  readonly kind: 'contact' | 'distribution-list'
  /** Stays with the item when it moves. */
  readonly immutableId: string
  /** The ordinary id: changes with each move. */
  readonly id: string
  readonly folderId: string
  readonly changeKey: string
  /** ISO 8601, UTC, whole seconds. */
  readonly created: string
  readonly modified: string
  readonly fields: ContactFields
}

/** A folder of contacts; `parentId` of the default folder is the mailbox's root, which is not shown. */
export interface Folder {
  readonly id: string
  readonly parentId: string
  readonly name: string
}

/** An entry of a mailbox's change log, from the point of view of one folder. */
export interface Change {
  readonly folderId: string
  readonly key: number
  readonly kind: Item['kind']
  /** `moved-in`: from another folder that is not deleted. */
  readonly cause: 'stored' | 'moved-in' | 'taken-out'
  /** The fields that changed; null for an item that is new in the folder or gone from it. */
  readonly fields: readonly (keyof ContactFields)[] | null
  /** The item's ids in this folder, which are used to report a removal. */
  readonly id: string
  readonly immutableId: string
}

/** How a mailbox adds an item. */
export interface AddOptions {
  readonly folderId?: string
  readonly kind?: Item['kind']
  /** ISO 8601, UTC. Default: now. */
  readonly created?: string
  readonly modified?: string
  /** Puts the item before all others of its folder: Graph promises no order, and new contacts need not come last. */
  readonly first?: boolean
}

/** How a mailbox removes an item or a folder. */
export interface RemoveOptions {
  /** For good, instead of into Deleted Items. Default: as the sandbox is set. */
  readonly hard?: boolean
}

import { randomUUID } from 'node:crypto'
import { changedFields, type ContactFields, emptyContact } from './contact-fields.ts'
import { Identifiers } from './identifiers.ts'
import type { AddOptions, Change, Folder, Item, RemoveOptions } from './item.ts'
import { MailboxClock } from './mailbox-clock.ts'
import { ContactPhotos } from './photos/contact-photos.ts'

export interface MailboxOptions {
  /** Whether deletions are for good by default. */
  readonly deletesHard?: () => boolean
  readonly hasDefaultFolder?: boolean
  /** See `Mailbox.generation`. Default: a random one. */
  readonly generation?: string
}

/**
 * The contacts of one person: folders, items and a change log. Every change gives the item a new change key and the
 * time of the real clock. As in Exchange, there are no snapshots, and a deletion is a move to Deleted Items. Methods
 * that take an id accept either kind of id, and throw a `RangeError` if there is no such item or folder.
 */
export class Mailbox {
  /** Distinguishes this mailbox from a later one of the same person, for which its delta tokens are void. */
  readonly generation: string
  /** The parent of the others. A mailbox that lost it still has their parent's id, which does not answer. */
  readonly defaultFolder: Folder
  /** Not a contact folder: no list shows it and it does not answer, but its items answer by their ids. */
  readonly deletedItems: Folder
  readonly photos: ContactPhotos
  readonly #ids: Identifiers
  readonly #folders = new Map<string, Folder>()
  readonly #contents = new Map<string, Item[]>()
  readonly #items = new Map<number, Item>()
  readonly #keys = new Map<string, number>()
  readonly #log: Change[] = []
  readonly #deletesHard: () => boolean
  #counter = 0
  #changes = 0
  readonly #clock = new MailboxClock()

  constructor(
    seed: string,
    { deletesHard = () => false, hasDefaultFolder = true, generation = randomUUID() }: MailboxOptions = {},
  ) {
    this.generation = generation
    this.#ids = new Identifiers(seed)
    this.photos = new ContactPhotos(seed)
    this.#deletesHard = deletesHard
    const root = this.#ids.folder(-1)
    this.defaultFolder = this.#makeFolder('Contacts', root)
    if (!hasDefaultFolder) this.#destroyFolder(this.defaultFolder.id)
    this.deletedItems = { id: this.#ids.folder(-2), parentId: root, name: 'Deleted Items' }
    this.#contents.set(this.deletedItems.id, [])
  }

  /** The folders that are not deleted. */
  get folders(): readonly Folder[] {
    return [...this.#folders.values()].filter(({ id }) => !this.#isDeleted(id))
  }

  /** Current position in the change log. */
  get position(): number {
    return this.#log.length
  }

  /** Number of contacts in all folders, without distribution lists. */
  get size(): number {
    return this.contacts().length
  }

  /** Makes changes as if the clock stood at this time (ISO 8601, UTC). */
  at(time: string, changes: () => void): void {
    this.#clock.at(time, changes)
  }

  addFolder(name: string, parentId: string = this.defaultFolder.id): Folder {
    return this.#makeFolder(name, parentId)
  }

  /**
   * Moves a folder to Deleted Items. Its items and sub-folders stay in it, and no delta reports that. A folder that is
   * deleted already is removed for good, with its content.
   */
  removeFolder(id: string, { hard = this.#deletesHard() }: RemoveOptions = {}): void {
    const folder = this.#folders.get(id)
    if (folder === undefined || id === this.defaultFolder.id)
      throw new RangeError('No such folder to remove in this mailbox')
    if (hard || this.#isDeleted(id)) this.#destroyFolder(id)
    else this.#folders.set(id, { ...folder, parentId: this.deletedItems.id })
  }

  /** A folder, also a deleted one. */
  folder(id: string): Folder | undefined {
    return this.#folders.get(id)
  }

  /** The folders directly in another one, which may be a deleted one. */
  childFolders(parentId: string): readonly Folder[] {
    return [...this.#folders.values()].filter((folder) => folder.parentId === parentId)
  }

  /** The items of one folder (contacts and distribution lists) in the order of their arrival. */
  items(folderId: string): readonly Item[] {
    return this.#contents.get(folderId) ?? []
  }

  /** All contacts that are not deleted, folder by folder. */
  contacts(): readonly Item[] {
    return this.folders.flatMap(({ id }) => this.items(id)).filter(({ kind }) => kind === 'contact')
  }

  /** An item, also a deleted one. */
  find(id: string): Item | undefined {
    const key = this.#keys.get(id)
    return key === undefined ? undefined : this.#items.get(key)
  }

  byKey(key: number): Item | undefined {
    return this.#items.get(key)
  }

  /** The changes of a folder between two positions of the log. */
  changesBetween(since: number, until: number, folderId: string): readonly Change[] {
    return this.#log.slice(since, until).filter((change) => change.folderId === folderId)
  }

  add(fields: Partial<ContactFields>, options: AddOptions = {}): Item {
    const key = ++this.#counter
    const now = this.#clock.now()
    const item: Item = {
      key,
      kind: options.kind ?? 'contact',
      immutableId: this.#ids.immutable(key),
      id: this.#ids.item(key, 0),
      folderId: options.folderId ?? this.defaultFolder.id,
      changeKey: this.#ids.changeKey(++this.#changes),
      created: options.created ?? now,
      modified: options.modified ?? now,
      fields: { ...emptyContact(), ...fields },
    }
    const contents = this.#contentsOf(item.folderId)
    if (options.first === true) contents.unshift(item)
    else contents.push(item)
    this.#store(item, 'stored')
    return item
  }

  change(id: string, fields: Partial<ContactFields>): Item {
    const old = this.#existing(id)
    const item = { ...old, ...this.#touched(), fields: { ...old.fields, ...fields } }
    const contents = this.#contentsOf(item.folderId)
    contents[contents.indexOf(old)] = item
    this.#store(item, 'stored', changedFields(old.fields, item.fields))
    return item
  }

  /** Moves an item to Deleted Items. An item that is there already is removed for good. */
  remove(id: string, { hard = this.#deletesHard() }: RemoveOptions = {}): void {
    const item = this.#existing(id)
    if (hard || this.#isDeleted(item.folderId)) this.#destroy(item)
    else this.move(id, this.deletedItems.id)
  }

  /** Moves an item: its ordinary id changes, its immutable id stays. */
  move(id: string, folderId: string): Item {
    const old = this.#existing(id)
    this.#takeOut(old)
    const item = { ...old, ...this.#touched(), folderId, id: this.#ids.item(old.key, this.#changes) }
    this.#contentsOf(folderId).push(item)
    this.#store(item, this.#isDeleted(old.folderId) ? 'stored' : 'moved-in')
    return item
  }

  #makeFolder(name: string, parentId: string): Folder {
    const folder = { id: this.#ids.folder(++this.#counter), parentId, name }
    this.#folders.set(folder.id, folder)
    this.#contents.set(folder.id, [])
    return folder
  }

  #isDeleted(folderId: string): boolean {
    const { id } = this.deletedItems
    for (let at = folderId; ;) {
      if (at === id) return true
      const folder = this.#folders.get(at)
      if (folder === undefined) return false
      at = folder.parentId
    }
  }

  #destroyFolder(id: string): void {
    for (const child of this.childFolders(id)) this.#destroyFolder(child.id)
    for (const item of [...this.items(id)]) this.#destroy(item)
    this.#folders.delete(id)
    this.#contents.delete(id)
  }

  #destroy(item: Item): void {
    this.#takeOut(item)
    this.#items.delete(item.key)
    this.#keys.delete(item.immutableId)
  }

  #existing(id: string): Item {
    const item = this.find(id)
    if (item === undefined) throw new RangeError('No such item in this mailbox')
    return item
  }

  #contentsOf(folderId: string): Item[] {
    const contents = this.#contents.get(folderId)
    if (contents === undefined) throw new RangeError('No such folder in this mailbox')
    return contents
  }

  #touched(): Pick<Item, 'changeKey' | 'modified'> {
    return { changeKey: this.#ids.changeKey(++this.#changes), modified: this.#clock.now() }
  }

  #store(item: Item, cause: Change['cause'], fields: Change['fields'] = null): void {
    this.#items.set(item.key, item)
    this.#keys.set(item.id, item.key).set(item.immutableId, item.key)
    this.#record(item, cause, fields)
  }

  #takeOut(item: Item): void {
    const contents = this.#contentsOf(item.folderId)
    contents.splice(contents.indexOf(item), 1)
    this.#keys.delete(item.id)
    this.#record(item, 'taken-out', null)
  }

  #record(
    { folderId, key, kind, id, immutableId }: Item,
    cause: Change['cause'],
    fields: Change['fields'],
  ): void {
    this.#log.push({ folderId, key, kind, cause, fields, id, immutableId })
  }
}

import { randomUUID } from 'node:crypto'
import { type ContactFields, emptyContact } from './contact-fields.ts'
import { Identifiers } from './identifiers.ts'
import type { Change, Folder, Item } from './item.ts'

export interface AddOptions {
  readonly folderId?: string
  readonly kind?: Item['kind']
  /** ISO 8601, UTC. Default: now. */
  readonly created?: string
  readonly modified?: string
  /** Before all others of its folder: Graph promises no order, and new contacts need not come last. */
  readonly first?: boolean
}

/**
 * The contacts of one person: folders, items and a change log. Every change gives the item a new change key and the
 * time of the real clock. As in Exchange, there are no snapshots. Methods that take an id accept either kind of id, and
 * throw a `RangeError` if there is no such item.
 */
export class Mailbox {
  /** Distinguishes this mailbox from a later one of the same person, for which its delta tokens are void. */
  readonly generation = randomUUID()
  readonly defaultFolder: Folder
  readonly #ids: Identifiers
  readonly #folders = new Map<string, Folder>()
  readonly #contents = new Map<string, Item[]>()
  readonly #items = new Map<number, Item>()
  readonly #keys = new Map<string, number>()
  readonly #log: Change[] = []
  #counter = 0
  #changes = 0

  constructor(seed: string) {
    this.#ids = new Identifiers(seed)
    this.defaultFolder = this.#makeFolder('Contacts', this.#ids.folder(-1))
  }

  get folders(): readonly Folder[] {
    return [...this.#folders.values()]
  }

  /** Current position in the change log. */
  get position(): number {
    return this.#log.length
  }

  /** Number of contacts in all folders, without distribution lists. */
  get size(): number {
    return [...this.#items.values()].filter(({ kind }) => kind === 'contact').length
  }

  addFolder(name: string, parentId: string = this.defaultFolder.id): Folder {
    return this.#makeFolder(name, parentId)
  }

  /** Removes a folder with its items and sub-folders. */
  removeFolder(id: string): void {
    for (const child of this.folders.filter(({ parentId }) => parentId === id)) this.removeFolder(child.id)
    for (const item of [...this.items(id)]) this.remove(item.id)
    this.#folders.delete(id)
    this.#contents.delete(id)
  }

  folder(id: string): Folder | undefined {
    return this.#folders.get(id)
  }

  /** The items of one folder (contacts and distribution lists) in the order of their arrival. */
  items(folderId: string): readonly Item[] {
    return this.#contents.get(folderId) ?? []
  }

  /** All contacts, folder by folder. */
  contacts(): readonly Item[] {
    return this.folders.flatMap(({ id }) => this.items(id)).filter(({ kind }) => kind === 'contact')
  }

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
    const now = timestamp()
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
    this.#store(item)
    return item
  }

  change(id: string, fields: Partial<ContactFields>): Item {
    const old = this.#existing(id)
    const item = { ...old, ...this.#touched(), fields: { ...old.fields, ...fields } }
    const contents = this.#contentsOf(item.folderId)
    contents[contents.indexOf(old)] = item
    this.#store(item)
    return item
  }

  remove(id: string): void {
    const item = this.#existing(id)
    this.#takeOut(item)
    this.#items.delete(item.key)
    this.#keys.delete(item.immutableId)
  }

  /** Moves an item: its ordinary id changes, its immutable id stays. */
  move(id: string, folderId: string): Item {
    const old = this.#existing(id)
    this.#takeOut(old)
    const item = { ...old, ...this.#touched(), folderId, id: this.#ids.item(old.key, this.#changes) }
    this.#contentsOf(folderId).push(item)
    this.#store(item)
    return item
  }

  #makeFolder(name: string, parentId: string): Folder {
    const folder = { id: this.#ids.folder(++this.#counter), parentId, name }
    this.#folders.set(folder.id, folder)
    this.#contents.set(folder.id, [])
    return folder
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
    return { changeKey: this.#ids.changeKey(++this.#changes), modified: timestamp() }
  }

  #store(item: Item): void {
    this.#items.set(item.key, item)
    this.#keys.set(item.id, item.key).set(item.immutableId, item.key)
    this.#record(item)
  }

  #takeOut(item: Item): void {
    const contents = this.#contentsOf(item.folderId)
    contents.splice(contents.indexOf(item), 1)
    this.#keys.delete(item.id)
    this.#record(item)
  }

  #record({ folderId, key, kind, id, immutableId }: Item): void {
    this.#log.push({ folderId, key, kind, id, immutableId })
  }
}

const timestamp = (): string => new Date().toISOString().replace(/\.\d+Z$/, 'Z')

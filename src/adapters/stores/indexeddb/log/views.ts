import { utf8Of } from '../../../../formats/utf8.ts'
import type { LoadedView, SavedView } from '../../../../ports/event-store.ts'
import { bytesChecksum } from '../checksum.ts'
import { erasedPosition } from '../meta.ts'
import type { ViewRecord } from '../schema.ts'
import { isUnreadableValue } from '../storage-failure.ts'
import { requested, transact } from '../transaction.ts'

/** The content of a view's head; each part has a record of its own. */
interface Head {
  readonly data: unknown
  /** Which of two sets has the parts. The next view uses the other set, so that this one stays until then. */
  readonly set: 0 | 1
  /** The checksums of the parts, so that parts of different views are never combined. */
  readonly parts: readonly number[]
}

type ViewKey = ViewRecord['key']

/**
 * Replaces any earlier version of the view. A view from before the last erasure is not saved: it may contain erased
 * contacts, from a tab that does not know of the erasure yet. `use` returns the database while it may be written, or
 * throws: other work, even an erasure, runs between two parts.
 */
export const saveView = async (use: () => IDBDatabase, view: SavedView): Promise<void> => {
  const { name, data, parts = [] } = view
  const before = (await readHead(use(), name))?.set ?? 0
  const set = before === 0 ? 1 : 0
  await removeParts(use(), name, set)
  const sums: number[] = []
  for await (const part of parts) sums.push(await put(use(), [name, set, sums.length], view, part))
  await put(use(), [name], view, utf8Of(JSON.stringify({ data, set, parts: sums } satisfies Head)))
  await removeParts(use(), name, before)
}

/** A damaged view counts as not found: it is a cache. */
export const loadView = async (
  db: IDBDatabase,
  name: string,
  version: number,
): Promise<LoadedView | null> => {
  const record = await load(db, [name])
  const head = record?.version === version ? headIn(record) : null
  if (!record || head === null) return null
  const parts: Uint8Array[] = []
  for (const [index, sum] of head.parts.entries()) {
    const part = await load(db, [name, head.set, index])
    if (part?.sum !== sum) return null
    parts.push(part.bytes)
  }
  return { name, version, position: record.position, data: head.data, parts }
}

const removeParts = (db: IDBDatabase, name: string, set: Head['set']): Promise<unknown> =>
  transact(db, ['views'], 'relaxed', (store) =>
    // In the order of keys, arrays come after numbers.
    requested(store('views').delete(IDBKeyRange.bound([name, set], [name, set, []]))),
  )

const put = async (
  db: IDBDatabase,
  key: ViewKey,
  { version, position }: Pick<SavedView, 'version' | 'position'>,
  given: Uint8Array,
): Promise<number> => {
  const bytes = given.slice()
  const sum = sumOf(key, version, position, bytes)
  await transact(db, ['meta', 'views'], 'relaxed', async (store) => {
    if (position < (await erasedPosition(store('meta')))) return
    await requested(store('views').put({ key, version, position, bytes, sum } satisfies ViewRecord))
  })
  return sum
}

const sumOf = (key: ViewKey, version: number, position: number, bytes: Uint8Array): number =>
  bytesChecksum(utf8Of(JSON.stringify([key, version, position, bytesChecksum(bytes)])))

const readHead = async (db: IDBDatabase, name: string): Promise<Head | null> => {
  const record = await load(db, [name])
  return record && headIn(record)
}

const headIn = ({ bytes }: ViewRecord): Head => JSON.parse(new TextDecoder().decode(bytes)) as Head

/** Null if there is no such record, or if it is not as it was written. */
const load = async (db: IDBDatabase, key: ViewKey): Promise<ViewRecord | null> => {
  let found: ViewRecord | undefined
  try {
    found = await transact(
      db,
      ['views'],
      'read',
      async (store) => (await requested(store('views').get([...key]))) as ViewRecord | undefined,
    )
  } catch (error) {
    if (!isUnreadableValue(error)) throw error
  }
  if (!(found?.bytes instanceof Uint8Array)) return null
  return sumOf(key, found.version, found.position, found.bytes) === found.sum ? found : null
}

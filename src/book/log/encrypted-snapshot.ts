import type { ContactLists } from '../../projections/contact-lists.ts'
import {
  CONTACT_LIST_SNAPSHOT,
  partsOfSnapshot,
  restoreSnapshot,
  type Snapshot,
  type SnapshotPart,
} from '../../projections/contact-list-snapshot.ts'
import type { EventStore, LoadedView, SavedView } from '../../ports/event-store.ts'
import { yieldToEventLoop } from '../../async/yield-to-event-loop.ts'
import { utf8Of } from '../../formats/utf8.ts'
import type { LinkingKeys } from './linking-keys.ts'
import { decrypt, encrypt, keyIdIn, partContext } from './payload-cipher.ts'

const { name, version } = CONTACT_LIST_SNAPSHOT

/** A snapshot as the store saves it. Each part is encrypted when it is read, with the key of its linking. */
export const encryptedView = ({ data, parts }: Snapshot, position: number, keys: LinkingKeys): SavedView => ({
  name,
  version,
  position,
  data,
  parts: encryptedParts(parts, position, keys),
})

async function* encryptedParts(
  parts: readonly SnapshotPart[],
  position: number,
  keys: LinkingKeys,
): AsyncGenerator<Uint8Array> {
  for (const [index, { source, linking, value }] of parts.entries()) {
    const key = await keys.toEncrypt(source, linking)
    const context = partContext({ name, version, position, stream: source, index })
    // Writing the last part and making this one take long enough for a turn each.
    await yieldToEventLoop()
    yield await encrypt(key, utf8Of(JSON.stringify(value)), context)
  }
}

/** The saved lists and their position in the log. */
export interface SavedLists {
  readonly lists: ContactLists
  readonly position: number
}

/**
 * Loads the saved lists. Decrypts all parts immediately (7 MB take 7 ms), so that no getter waits for a key; each part is
 * parsed when it is needed. Null if there are none, or if a part cannot be decrypted: the log then shows why.
 */
export const loadSnapshot = async (store: EventStore, keys: LinkingKeys): Promise<SavedLists | null> => {
  const view = await store.loadView(name, version)
  const owners = view && partsOfSnapshot(view.data)
  if (view === null || owners?.length !== view.parts.length) return null
  const parts: (() => unknown)[] = []
  for (const [index, owner] of owners.entries()) {
    const bytes = await decryptedPart(view, index, owner, keys)
    if (bytes === null) return null
    parts.push(() => JSON.parse(decoder.decode(bytes)) as unknown)
  }
  const lists = restoreSnapshot(view.data, parts)
  return lists && { lists, position: view.position }
}

const decoder = new TextDecoder()

const decryptedPart = async (
  { parts, position }: LoadedView,
  index: number,
  { source, linking }: Omit<SnapshotPart, 'value'>,
  keys: LinkingKeys,
): Promise<Uint8Array | null> => {
  const part = parts[index]
  const id = part && keyIdIn(part)
  if (!id) return null
  const key = await keys.toDecrypt(source, linking, id)
  return typeof key === 'string'
    ? null
    : decrypt(key, part, partContext({ name, version, position, stream: source, index }))
}

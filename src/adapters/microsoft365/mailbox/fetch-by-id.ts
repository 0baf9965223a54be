import { isImportFailure } from '../../../domain/failures.ts'
import { isRefused } from '../graph/errors.ts'
import type { GraphClient } from '../graph/graph-client.ts'
import { readItem, type GraphItem } from '../graph/graph-item.ts'
import type { ReadFolders } from './discovery/read-folders.ts'
import type { MailboxUrls } from './urls.ts'

/** What the service says of one contact: the contact in full, that it is gone, or nothing that can be used. */
export type Fetched = (GraphItem & { readonly id: string }) | 'gone' | 'unknown'

/**
 * Fetches contacts by their ids, because only then Graph returns them in full. Results are in the order of the ids.
 * Throws if the failure concerns all requests: no connection, no valid token, an outage.
 */
export const fetchById = async (
  graph: GraphClient,
  urls: MailboxUrls,
  ids: readonly string[],
): Promise<readonly Fetched[]> => {
  const answers = await graph.followAll(ids.map(urls.contact), { hasDetour: true })
  return ids.map((id, index) => fetchedFrom(answers[index], id, graph.hasMailbox))
}

const fetchedFrom = (
  answer: PromiseSettledResult<unknown> | undefined,
  id: string,
  hasMailbox: boolean,
): Fetched => {
  if (answer?.status === 'fulfilled') {
    const item = readItem(answer.value)
    return item.id === id && !item.isRemoved ? { ...item, id } : 'unknown'
  }
  const error: unknown = answer?.reason
  // If the mailbox exists, the error for a missing mailbox concerns this contact.
  const isHere = isImportFailure(error) && error.code === 'no-mailbox' && hasMailbox
  if (isHere || (isImportFailure(error) && error.code === 'bad-answer'))
    return error.details.status === 404 ? 'gone' : 'unknown'
  // If the permission is missing altogether, the requests that follow fail as well.
  if (isRefused(error) || (isImportFailure(error) && error.code === 'permission-missing')) return 'unknown'
  throw error
}

export interface PresentOptions {
  /** Contacts in other folders are left out. */
  readonly folders?: ReadFolders
  /** Called with the id of a contact about which the service gives no usable answer. */
  readonly onUnknown?: (id: string) => void
}

/** The contacts that are still there, in full, fetched by their ids. Throws as `fetchById` does. */
export const fetchPresent = async (
  graph: GraphClient,
  urls: MailboxUrls,
  ids: readonly string[],
  { folders, onUnknown }: PresentOptions = {},
): Promise<readonly GraphItem[]> => {
  const items: GraphItem[] = []
  for (const [index, item] of (await fetchById(graph, urls, ids)).entries()) {
    if (item === 'gone') continue
    if (item === 'unknown') onUnknown?.(ids[index] ?? '')
    else if (await mayBeIn(item, folders)) items.push(item)
  }
  return items
}

/**
 * True if the contact has no folder, or if it cannot be found out whether the folder is read: the contact was listed.
 */
const mayBeIn = async ({ parentFolderId }: GraphItem, folders: ReadFolders | undefined): Promise<boolean> =>
  parentFolderId === null || folders === undefined || (await folders.has(parentFolderId)) !== false

/** Lists return at most 256 characters of a note, perhaps one less (microsoft-graph-docs issue 17598). */
const CUT_FROM = 255

/**
 * The same items, but those whose note may be cut off are fetched by their ids. If that is not possible, the note
 * stays as listed and is marked. Throws as `fetchById` does.
 */
export const fetchFullNotes = async (
  graph: GraphClient,
  urls: MailboxUrls,
  items: readonly GraphItem[],
): Promise<readonly GraphItem[]> => {
  const cut = items.filter(isCut)
  if (cut.length === 0) return items
  const fetched = await fetchById(
    graph,
    urls,
    cut.map(({ id }) => id),
  )
  const whole = new Map(cut.map((item, index) => [item.id, noteOf(item, fetched[index])]))
  return items.map((item) => (isCut(item) ? (whole.get(item.id) ?? item) : item))
}

/**
 * The item with its full note. A contact that has left its folder meanwhile stays as listed: the reconciliation
 * removes or moves it, unless the service errs.
 */
const noteOf = (item: GraphItem, fetched: Fetched | undefined): GraphItem => {
  if (fetched === undefined || typeof fetched === 'string') return { ...item, isNoteCut: true }
  const hasMoved =
    fetched.parentFolderId !== null &&
    item.parentFolderId !== null &&
    fetched.parentFolderId !== item.parentFolderId
  return hasMoved ? { ...item, isNoteCut: true } : fetched
}

/** Whether a listed note may be cut off. */
export const isCut = (item: GraphItem): item is GraphItem & { readonly id: string } =>
  item.id !== null && !item.isRemoved && item.personalNotes !== null && item.personalNotes.length >= CUT_FROM

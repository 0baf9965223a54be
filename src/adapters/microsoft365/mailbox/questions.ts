import type { SourceContact } from '../../../domain/contact.ts'
import { contactFields } from '../contact/contact-fields.ts'
import type { GraphClient } from '../graph/graph-client.ts'
import type { GraphItem } from '../graph/graph-item.ts'
import type { Doubts } from './cursor/doubts.ts'
import { fetchById } from './fetch-by-id.ts'
import { MailboxIndex } from './mailbox-index.ts'
import { readFolders } from './discovery/read-folders.ts'
import { RelistRequired } from './relist-required.ts'
import { rescan, type ReadingOptions } from './rescan.ts'
import type { FolderPlan } from './cursor/resume-cursor.ts'
import type { MailboxUrls } from './urls.ts'

/** What became of contacts that a delta reports as removed, or without all of their properties. */
export interface Answered {
  /** In one of the folders, in full. */
  readonly present: readonly GraphItem[]
  /** No longer in the mailbox, or in a folder that is not read. */
  readonly gone: readonly string[]
  /** Gone according to one listing of ids, which is certain only if nothing changed meanwhile. */
  readonly goneByListing: readonly string[]
  /** In a folder that may be a contact folder. They stay until the next round has found out. */
  readonly left: readonly string[]
  /** The service gives no usable answer: they stay as they are, and the next refresh asks again. */
  readonly open: readonly string[]
}

/** From this number of contacts on, listing all ids takes fewer requests than asking for each. */
const LISTED_FROM = 200

/** If more contacts than this have to be fetched by their ids, listing everything takes fewer requests. */
export const MOST_FETCHED = 1000

export interface QuestionOptions extends ReadingOptions {
  readonly doubts: Doubts
  /** Whether many contacts may be looked up in a listing of ids. */
  readonly mayList: boolean
}

/** Asks what became of contacts, twenty in a request. Throws `RelistRequired` if there are too many. */
export const askContacts = async (
  graph: GraphClient,
  urls: MailboxUrls,
  folders: readonly FolderPlan[],
  ids: readonly string[],
  onDevice: ReadonlyMap<string, SourceContact>,
  { mayList, ...options }: QuestionOptions,
): Promise<Answered> => {
  if (ids.length === 0) return nothingAsked
  if (ids.length < LISTED_FROM || !mayList)
    return { ...(await askById(graph, urls, folders, ids, options.doubts)), goneByListing: [] }
  const listed = await rescan(graph, urls, folders, options)
  const known = new MailboxIndex()
  known.recall(ids.flatMap((id) => onDevice.get(id) ?? []))
  const lost = ids.filter((id) => !listed.versions.has(id))
  const other = ids.filter((id) => {
    const version = listed.versions.get(id)
    return version !== undefined && version !== known.versions.get(id)
  })
  if (other.length > MOST_FETCHED) throw new RelistRequired()
  const ask = (asked: readonly string[]) => askById(graph, urls, folders, asked, options.doubts)
  if (!listed.hasDuplicates && !listed.hasGaps) return { ...(await ask(other)), goneByListing: lost }
  // If an id came twice, pages have shifted, so the listing may lack contacts, as with gaps. The next refresh asks
  // for the rest.
  const rest = lost.slice(MOST_FETCHED)
  const answered = await ask([...other, ...lost.slice(0, MOST_FETCHED)])
  return { ...answered, goneByListing: [], open: [...answered.open, ...rest] }
}

const nothingAsked: Answered = { present: [], gone: [], goneByListing: [], left: [], open: [] }

const askById = async (
  graph: GraphClient,
  urls: MailboxUrls,
  folders: readonly FolderPlan[],
  ids: readonly string[],
  doubts: Doubts,
) => {
  const read = readFolders(graph, urls, folders)
  const present: GraphItem[] = []
  const gone: string[] = []
  const left: string[] = []
  const open: string[] = []
  for (const [index, item] of (await fetchById(graph, urls, ids)).entries()) {
    const id = ids[index] ?? ''
    const folder = typeof item === 'string' ? null : item.parentFolderId
    const isIn = folder === null ? null : await read.has(folder)
    if (isIn === false && folder !== null && !doubts.elsewhere.has(folder)) {
      doubts.leftFor(folder, id)
      left.push(id)
    } else if (item === 'gone' || isIn === false) gone.push(id)
    else if (item === 'unknown' || isIn === null) open.push(id)
    else present.push(item)
  }
  return { present, gone, left, open }
}

/**
 * Whether a change lacks properties that were requested. Graph promises "at least" what changed (delta query
 * overview; microsoft-graph-docs issue 7776). An item that is not a contact has none of them.
 */
export const isPartial = ({ id, isRemoved, isError, fields }: GraphItem): boolean => {
  if (id === null || isRemoved || isError || fields === null) return false
  const missing = contactFields.filter((field) => !(field in fields))
  if (missing.length === 0) return false
  const hasNone = missing.length === contactFields.length - 1
  return !hasNone || Object.keys(fields).every((key) => key === 'id' || key.startsWith('@'))
}

const tellsMoreThanId = ({ fields }: GraphItem): boolean =>
  Object.keys(fields ?? {}).some((key) => key !== 'id' && !key.startsWith('@'))

/** Properties that every list returns. Checking all properties of each contact would take too long. */
const sentinels = ['displayName', 'businessPhones', 'emailAddresses', 'personalNotes'] as const

/**
 * The items of a listed page that lack properties which others on the page have. If no item has a property, the
 * service does not return it.
 */
export const partialOf = (items: readonly GraphItem[]): readonly GraphItem[] => {
  const told = sentinels.filter((field) => items.some(({ fields }) => fields !== null && field in fields))
  // If no item on the page has a name, a number, an address or a note, all of them are partial.
  if (told.length === 0) return items.filter((item) => isPartial(item) && tellsMoreThanId(item))
  return items.filter(
    ({ id, isRemoved, isError, fields }) =>
      id !== null && !isRemoved && !isError && told.some((field) => fields !== null && !(field in fields)),
  )
}

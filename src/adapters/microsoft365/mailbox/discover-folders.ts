import { ImportFailure, isImportFailure } from '../../../domain/failures.ts'
import { COUNT_LIMIT } from '../../../domain/limit.ts'
import { isFolderGone } from '../graph/errors.ts'
import type { GraphClient } from '../graph/graph-client.ts'
import { deltaBaseline } from './delta-baseline.ts'
import { defaultFolder, type Folder, listFolders, withParent } from './folders.ts'
import type { MailboxUrls } from './urls.ts'

/** A folder before it is listed. */
export interface DiscoveredFolder extends Folder {
  /** Contacts that Graph says it holds, contact groups included, which it never lists; null where it does not say. */
  readonly count: number | null
  /** What changes from now on; null where that is not to be had at once. */
  readonly delta: string | null
}

/** Finds all folders and asks each how much it holds, before any contact is read. */
export const discoverFolders = async (
  graph: GraphClient,
  links: MailboxUrls,
): Promise<readonly DiscoveredFolder[]> => {
  // The default folder is there in any case, and for most people it is all there is.
  const [listed, main] = await Promise.all([listFolders(graph, links), look(graph, links, [defaultFolder])])
  const others = listed.slice(1)
  const looked = [...main, ...(await look(graph, links, others))]
  // Graph v1.0 leaves the default folder out of its list and beta does not: once is enough.
  const defaultId = main[0]?.parent
  return looked.filter(({ id }) => id === null || id !== defaultId)
}

/**
 * What all folders hold, or null where Graph does not say for one of them (its count may be -1 or missing) and
 * those that are known stay within what an import may have. A hint.
 */
export const countAll = (folders: readonly DiscoveredFolder[]): number | null => {
  const known = folders.reduce((sum, { count }) => sum + (count ?? 0), 0)
  return folders.every(({ count }) => count !== null) || known > COUNT_LIMIT ? known : null
}

const look = async (
  graph: GraphClient,
  links: MailboxUrls,
  folders: readonly Folder[],
): Promise<readonly DiscoveredFolder[]> => {
  const [counts, anchors] = await Promise.all([
    graph.followAll(folders.map(links.count)),
    deltaBaseline(graph, links, folders),
  ])
  return folders.map((folder, index) => {
    const { items, count } = readCount(folder, counts[index])
    return { ...withParent(folder, items), count, delta: anchors[index] ?? null }
  })
}

const readCount = (folder: Folder, answer: PromiseSettledResult<unknown> | undefined) => {
  if (answer?.status === 'fulfilled') {
    const { value, '@odata.count': count } = answer.value as Record<string, unknown>
    return { items: Array.isArray(value) ? (value as unknown[]) : [], count: asCount(count) }
  }
  const error: unknown = answer?.reason
  if (isFolderGone(error)) {
    // Nobody can delete the default folder: without it there is no mailbox to speak of.
    if (folder.id === null) throw new ImportFailure('no-mailbox', error.details)
    return { items: [], count: 0 }
  }
  // A server that cannot count may still list.
  if (isImportFailure(error) && error.code === 'bad-answer' && error.details.status === 400)
    return { items: [], count: null }
  throw error
}

// Int64 comes as text where a server keeps to IEEE 754 (OData JSON Format 4.01, section 7.1).
const asCount = (value: unknown): number | null => {
  const count = typeof value === 'string' && /^\d{1,19}$/.test(value) ? Number(value) : value
  return typeof count === 'number' && Number.isInteger(count) && count >= 0 ? count : null
}

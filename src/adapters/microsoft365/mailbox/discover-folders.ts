import { ImportFailure, isImportFailure } from '../../../domain/failures.ts'
import { COUNT_LIMIT } from '../../../domain/limit.ts'
import { isFolderGone } from '../graph/errors.ts'
import type { GraphClient } from '../graph/graph-client.ts'
import { readCountedPage, type CountedPage } from '../graph/page.ts'
import { deltaBaseline } from './delta-baseline.ts'
import { defaultFolder, listAllFolders, withParent, type Folder } from './folders.ts'
import type { MailboxUrls } from './urls.ts'

/** A folder before it is listed. */
export interface DiscoveredFolder extends Folder {
  /** Reported number of contacts; null if not reported. Includes contact groups, which Graph never lists. */
  readonly count: number | null
  /** The link to later changes; null if the server does not return one immediately. */
  readonly delta: string | null
}

/** Finds all folders and the size of each, before any contact is read. */
export const discoverFolders = async (
  graph: GraphClient,
  urls: MailboxUrls,
): Promise<readonly DiscoveredFolder[]> => {
  // The default folder always exists, and most people have no other.
  const [listed, main] = await Promise.all([
    listAllFolders(graph, urls),
    examine(graph, urls, [defaultFolder]),
  ])
  const others = listed.slice(1)
  const discovered = [...main, ...(await examine(graph, urls, others))]
  // Graph v1.0 leaves the default folder out of its list, but beta does not: it must not be read twice.
  const defaultId = main[0]?.parent
  return discovered.filter(({ id }) => id === null || id !== defaultId)
}

/**
 * The number of contacts in all folders, a hint. Null if the count of one folder is unknown (-1 or missing), unless
 * the others alone exceed the maximum of an import.
 */
export const countAll = (folders: readonly DiscoveredFolder[]): number | null => {
  const sum = folders.reduce((sum, { count }) => sum + (count ?? 0), 0)
  return folders.every(({ count }) => count !== null) || sum > COUNT_LIMIT ? sum : null
}

const examine = async (
  graph: GraphClient,
  urls: MailboxUrls,
  folders: readonly Folder[],
): Promise<readonly DiscoveredFolder[]> => {
  const [counts, deltas] = await Promise.all([
    graph.followAll(folders.map(urls.count)),
    deltaBaseline(graph, urls, folders),
  ])
  return folders.map((folder, index) => {
    const { items, count } = countIn(counts[index], folder)
    return { ...withParent(folder, items), count, delta: deltas[index] ?? null }
  })
}

const countIn = (answer: PromiseSettledResult<unknown> | undefined, folder: Folder): CountedPage => {
  if (answer?.status === 'fulfilled') return readCountedPage(answer.value)
  const error: unknown = answer?.reason
  if (isFolderGone(error)) {
    // The default folder cannot be deleted, so without it there is no mailbox.
    if (folder.id === null) throw new ImportFailure('no-mailbox', error.details)
    return { items: [], count: 0 }
  }
  // A server that cannot count may still list.
  if (isImportFailure(error) && error.code === 'bad-answer' && error.details.status === 400)
    return { items: [], count: null }
  throw error
}

import type { SkippedContact } from '../../../../domain/contact.ts'
import { type FailureDetails, ImportFailure } from '../../../../domain/failures.ts'
import { COUNT_LIMIT } from '../../../../domain/limit.ts'
import { isDenied, isFolderGone, isRefused } from '../../graph/errors.ts'
import type { GraphClient } from '../../graph/graph-client.ts'
import { readCountedPage, type CountedPage } from '../../graph/page.ts'
import { deltaBaseline } from './delta-baseline.ts'
import type { Doubts } from '../cursor/doubts.ts'
import { defaultFolder, listAllFolders, withParent, type Folder, type FolderListing } from '../folders.ts'
import { findFolders } from './missing-folders.ts'
import type { MailboxUrls } from '../urls.ts'

/** A folder before it is listed. */
export interface DiscoveredFolder extends Folder {
  /** Reported number of contacts; null if not reported. Includes contact groups, which Graph never lists. */
  readonly count: number | null
  /** The link to later changes; null if the server does not return one immediately. */
  readonly delta: string | null
}

export interface Discovery {
  readonly folders: readonly DiscoveredFolder[]
  /** Folders that cannot be read. */
  readonly skipped: readonly SkippedContact[]
}

/**
 * Finds all folders and the size of each, before any contact is read. Throws `no-mailbox` if there is no default folder
 * and no other either.
 *
 * @param known the folders of an earlier list, by the id that their contacts give: a list of folders may leave them out
 */
export const discoverFolders = async (
  graph: GraphClient,
  urls: MailboxUrls,
  known: Iterable<string>,
  doubts: Doubts,
): Promise<Discovery> => {
  // Nearly always the default folder exists, and most people have no other.
  const [listing, [main]] = await Promise.all([
    listAllFolders(graph, urls),
    examine(graph, urls, [defaultFolder]),
  ])
  const here = main?.isGone === null ? [main] : []
  const left = await findLeftOut(graph, urls, known, [...here, ...listing.folders], doubts)
  const others = await examine(graph, urls, [...listing.folders, ...left.folders])
  const folders = [...here, ...others.filter(({ isGone }) => isGone === null)]
  const unreadable = others.flatMap(({ id, isGone }) => (isGone === null || id === null ? [] : [id]))
  for (const id of unreadable) doubts.unreadable.add(id)
  for (const id of unreadable) doubts.folders.add(id)
  if (main?.isGone && folders.length === 0) throw new ImportFailure('no-mailbox', main.isGone)
  if ([listing, left].some(({ isWhole, skipped }) => !isWhole || skipped.length > 0))
    doubts.hasUnlistedFolders = true
  return {
    // Graph v1.0 leaves the default folder out of its list, but beta does not: it must not be read twice.
    folders: folders.filter(({ id }) => id === null || id !== here[0]?.parent).map(withoutMark),
    skipped: [
      ...listing.skipped,
      ...left.skipped,
      ...unreadable.map((folder) => ({ reason: 'folder-unreadable', folder }) as const),
    ],
  }
}

/** The folders of an earlier list that still exist although no list of folders contains them, with their children. */
const findLeftOut = async (
  graph: GraphClient,
  urls: MailboxUrls,
  known: Iterable<string>,
  listed: readonly Folder[],
  doubts: Doubts,
): Promise<FolderListing> => {
  const ids = new Set(listed.flatMap(({ id, parent }) => [id, parent]))
  const leftOut = [...known].filter((id) => !ids.has(id))
  if (leftOut.length === 0) return { folders: [], skipped: [], isWhole: true }
  const { found, unknown } = await findFolders(graph, urls, leftOut, listed)
  for (const id of unknown) doubts.folders.add(id)
  if (found.length === 0) return { folders: [], skipped: [], isWhole: true }
  const { folders, ...rest } = await listAllFolders(graph, urls, found)
  return { ...rest, folders: folders.filter(({ id }) => !ids.has(id)) }
}

/**
 * The number of contacts in all folders, a hint. Null if the count of one folder is unknown (-1 or missing), unless
 * the others alone exceed the maximum of an import.
 */
export const countAll = (folders: readonly DiscoveredFolder[]): number | null => {
  const sum = folders.reduce((sum, { count }) => sum + (count ?? 0), 0)
  return folders.every(({ count }) => count !== null) || sum > COUNT_LIMIT ? sum : null
}

interface ExaminedFolder extends DiscoveredFolder {
  /** The details of the error that says so; null if the folder exists. */
  readonly isGone: FailureDetails | null
}

const withoutMark = ({ isGone, ...folder }: ExaminedFolder): DiscoveredFolder => folder

const examine = async (
  graph: GraphClient,
  urls: MailboxUrls,
  folders: readonly Folder[],
): Promise<readonly ExaminedFolder[]> => {
  const [counts, deltas] = await Promise.all([
    graph.followAll(folders.map(urls.count), { hasDetour: true }),
    deltaBaseline(graph, urls, folders),
  ])
  return folders.map((folder, index) => {
    const { items, count, isGone } = countIn(folder, counts[index])
    return { ...withParent(folder, items), count, delta: deltas[index] ?? null, isGone }
  })
}

const countIn = (
  { id }: Folder,
  answer: PromiseSettledResult<unknown> | undefined,
): CountedPage & Pick<ExaminedFolder, 'isGone'> => {
  if (answer?.status === 'fulfilled') return { ...readCountedPage(answer.value), isGone: null }
  const error: unknown = answer?.reason
  if (isFolderGone(error)) return { items: [], count: 0, isGone: error.details }
  // A server that cannot count may still list.
  // Without access to the default folder, nothing can be read.
  const cannotCount = isRefused(error) || (id !== null && isDenied(error))
  if (cannotCount) return { items: [], count: null, isGone: null }
  throw error
}

import { isImportFailure } from '../../../../domain/failures.ts'
import { isDenied, isRefused } from '../../graph/errors.ts'
import type { GraphClient } from '../../graph/graph-client.ts'
import { isUsableId, readItem, type GraphItem } from '../../graph/graph-item.ts'
import type { Folder, ListedFolder } from '../folders.ts'
import { askDefaultFolder } from './read-folders.ts'
import type { MailboxUrls } from '../urls.ts'

/** Folders that the lists of folders leave out. */
export interface FolderSearch {
  /**
   * Folders that exist. They answer by their ids, and their parents lead to the default folder (msgraph-sdk-java
   * issue 732).
   */
  readonly found: readonly ListedFolder[]
  /** Deleted folders. They may answer as well, but their parents lead to Deleted Items. */
  readonly gone: readonly string[]
  /** Folders of which it cannot be found out. */
  readonly unknown: readonly string[]
}

/** A longer chain of parents counts as a cycle. */
const MOST_LEVELS = 20

/**
 * Asks what became of folders that are not listed.
 *
 * @param known folders that certainly exist
 */
export const findFolders = async (
  graph: GraphClient,
  urls: MailboxUrls,
  ids: readonly string[],
  known: readonly Folder[],
): Promise<FolderSearch> => {
  const usable = ids.filter(isUsableId)
  if (usable.length === 0) return { found: [], gone: [...ids], unknown: [] }
  const anchors = new Set(known.flatMap(({ id, parent }) => [id, parent]))
  anchors.delete(null)
  const answers = new Map<string, FolderAnswer>()
  const defaultId = known.find(({ id }) => id === null)?.parent ?? (await askDefaultFolder(graph, urls))
  if (defaultId !== null) anchors.add(defaultId)

  for (let level = 0, open = usable; level < MOST_LEVELS && open.length > 0; level++) {
    const settled = await graph.followAll(open.map(urls.folder), { hasDetour: true })
    for (const [index, id] of open.entries()) answers.set(id, answerFrom(settled[index], id))
    const parents = open.flatMap((id) => parentOf(answers.get(id)) ?? [])
    open = [...new Set(parents)].filter((id) => !anchors.has(id) && !answers.has(id) && isUsableId(id))
  }

  const stateOf = (id: string): 'found' | 'gone' | 'unknown' => {
    let current = id
    for (let level = 0; level < MOST_LEVELS; level++) {
      const answer = answers.get(current)
      // Without the default folder, it is unknown where a chain of parents should end.
      if (answer === 'gone') return current === id || defaultId !== null ? 'gone' : 'unknown'
      const parent = parentOf(answer)
      if (parent === null) return 'unknown'
      if (anchors.has(parent)) return 'found'
      current = parent
    }
    return 'unknown'
  }
  const inState = (state: string) => usable.filter((id) => stateOf(id) === state)
  return {
    found: inState('found').flatMap((id) => listedFrom(answers.get(id), id)),
    gone: [...inState('gone'), ...ids.filter((id) => !isUsableId(id))],
    unknown: inState('unknown'),
  }
}

type FolderAnswer = GraphItem | 'gone' | 'unknown'

const answerFrom = (answer: PromiseSettledResult<unknown> | undefined, id: string): FolderAnswer => {
  if (answer?.status === 'fulfilled') {
    const item = readItem(answer.value)
    return item.id === id ? item : 'unknown'
  }
  const error: unknown = answer?.reason
  if (isImportFailure(error) && error.code === 'bad-answer')
    return error.details.status === 404 ? 'gone' : 'unknown'
  if (isRefused(error) || isDenied(error)) return 'unknown'
  throw error
}

const parentOf = (answer: FolderAnswer | undefined): string | null =>
  typeof answer === 'object' ? answer.parentFolderId : null

const listedFrom = (answer: FolderAnswer | undefined, id: string): ListedFolder[] => {
  if (typeof answer !== 'object') return []
  const name = answer.fields?.['displayName']
  return [{ id, name: typeof name === 'string' && name !== '' ? name : null, parent: null }]
}

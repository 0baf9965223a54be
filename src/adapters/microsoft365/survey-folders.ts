import { isImportFailure } from '../../domain/failures.ts'
import { COUNT_LIMIT } from '../../domain/limit.ts'
import { askFolder, listFolders, type Folder } from './folders.ts'
import type { GraphClient } from './graph-client.ts'
import { isFolderGone } from './graph-failure.ts'

export interface Survey {
  readonly folders: readonly Folder[]
  /**
   * Contacts that Graph says all folders hold, or null where it does not say for one of them (its count may
   * be -1 or missing) and those that are known stay within what an import may have. A hint: Graph counts
   * contact groups as well, which it never lists.
   */
  readonly count: number | null
}

/** Finds all folders and asks each how much it holds, before any contact is read. */
export const surveyFolders = async (graph: GraphClient): Promise<Survey> => {
  const listed = await listFolders(graph)
  const answers = await Promise.all(listed.map(async (folder) => ({ folder, ...(await ask(graph, folder)) })))
  // Graph v1.0 leaves the default folder out of its list and beta does not: once is enough.
  const defaultId = answers.find(({ folder }) => folder.id === null)?.parent
  const single = answers.filter(({ folder }) => folder.id === null || folder.id !== defaultId)
  const known = single.reduce((sum, { count }) => sum + (count ?? 0), 0)
  const complete = single.every(({ count }) => count !== null)
  return {
    folders: single.map(({ folder }) => folder),
    count: complete || known > COUNT_LIMIT ? known : null,
  }
}

interface Answer {
  readonly count: number | null
  /** Id of the folder that the contacts say they are in, where there is one contact at least. */
  readonly parent?: unknown
}

const ask = async (graph: GraphClient, folder: Folder): Promise<Answer> => {
  try {
    // No $top: with it the count has come as -1. The default page is ten ids.
    const select = ['id', 'parentFolderId']
    const body = await askFolder(graph, folder, (request) => request.select(select).count(true))
    const { value, '@odata.count': count } = (body ?? {}) as Record<string, unknown>
    const first: unknown = Array.isArray(value) ? value[0] : undefined
    return { count: readCount(count), parent: (first as { parentFolderId?: unknown } | null)?.parentFolderId }
  } catch (error) {
    if (isFolderGone(error)) return { count: 0 }
    // A server that cannot count may still list.
    if (isImportFailure(error) && error.code === 'bad-answer' && error.details.status === 400)
      return { count: null }
    throw error
  }
}

// Int64 comes as text where a server keeps to IEEE 754 (OData JSON Format 4.01, section 7.1).
const readCount = (value: unknown): number | null => {
  const count = typeof value === 'string' && /^\d{1,19}$/.test(value) ? Number(value) : value
  return typeof count === 'number' && Number.isInteger(count) && count >= 0 ? count : null
}

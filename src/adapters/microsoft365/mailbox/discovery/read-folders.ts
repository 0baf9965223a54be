import { isImportFailure } from '../../../../domain/failures.ts'
import { isAboutConnection } from '../../../http/connection/connection-failure.ts'
import type { GraphClient } from '../../graph/graph-client.ts'
import { readItem } from '../../graph/graph-item.ts'
import type { Folder } from '../folders.ts'
import type { MailboxUrls } from '../urls.ts'

/** The folders that an attempt reads, by the id that their contacts give. */
export interface ReadFolders {
  /**
   * Whether a folder is one of them; null if it cannot be found out. A deleted contact is in none of them, although it
   * still answers by its id: Outlook moves it to Deleted Items.
   */
  has(folder: string): Promise<boolean | null>
}

/** Requests the id of the default folder once, if no contact has given it yet. */
export const readFolders = (
  graph: GraphClient,
  urls: MailboxUrls,
  folders: readonly Folder[],
): ReadFolders => {
  const ids = new Set(folders.flatMap(({ id, parent }) => [id, parent]))
  const isDefaultUnknown = folders.some(({ id, parent }) => id === null && parent === null)
  let defaultId: Promise<string | null> | null = null
  return {
    has: async (folder) => {
      if (ids.has(folder)) return true
      if (!isDefaultUnknown) return false
      const known = await (defaultId ??= askDefaultFolder(graph, urls))
      return known === null ? null : known === folder
    },
  }
}

/** The id of the default folder; null if the service does not give it. (The well-known name is not documented.) */
export const askDefaultFolder = async (graph: GraphClient, urls: MailboxUrls): Promise<string | null> => {
  try {
    return readItem(await graph.follow(urls.defaultFolder, { hasDetour: true })).id
  } catch (error) {
    if (isImportFailure(error) && !isAboutConnection(error) && error.code !== 'throttled') return null
    throw error
  }
}

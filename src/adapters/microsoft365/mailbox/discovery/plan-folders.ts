import type { FetchRequest } from '../../../../ports/contact-source.ts'
import type { GraphClient } from '../../graph/graph-client.ts'
import type { FolderPlan } from '../cursor/resume-cursor.ts'
import { defaultFolder } from '../folders.ts'
import type { MailboxUrls } from '../urls.ts'
import { supportsDelta } from './delta-baseline.ts'
import { countAll, type DiscoveredFolder } from './discover-folders.ts'

interface Planning {
  readonly graph: GraphClient
  readonly urls: MailboxUrls
  readonly request: FetchRequest
}

/** A first import walks up to this many contacts: that takes about as many pages as listing and reconciling them. */
const WALK_LIMIT = 2000

/**
 * How each folder is read. If a folder has no delta baseline, walking yields delta links too, but reads one page
 * after another. A refresh or a small mailbox can afford that; a first import of many contacts cannot. Only lists
 * return extended properties.
 */
export const planFolders = async (
  { graph, urls, request }: Planning,
  folders: readonly DiscoveredFolder[],
  mayUseDeltas: boolean,
): Promise<readonly FolderPlan[]> => {
  const hasBaseline = folders.every(({ delta }) => delta !== null)
  const isPatient = request.isRefresh === true || request.changesSince !== null
  const mayWalk = !urls.isExtended && (isPatient || (countAll(folders) ?? Infinity) <= WALK_LIMIT)
  const [first = defaultFolder] = folders
  const usesDeltas = mayUseDeltas && (hasBaseline || (mayWalk && (await supportsDelta(graph, urls, first))))
  return folders.map((folder) =>
    usesDeltas ? { ...folder, walks: folder.delta === null } : { ...folder, walks: false, delta: null },
  )
}

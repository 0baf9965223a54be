import { contactsById } from './fetch-by-id.ts'
import type { Folder } from './folder.ts'
import { areSame, folderLinks, foldersBehind } from './folders.ts'
import type { GraphClient } from '../graph/graph-client.ts'
import { isFolderGone } from '../graph/errors.ts'
import type { GraphLinks } from './urls.ts'
import { readAhead } from '../graph/prefetch-pages.ts'
import { SeenContacts } from './mailbox-index.ts'
import { StaleListing } from './relist-required.ts'

/**
 * Looks at all contacts again, by id and version only. Throws `StaleListing` where a folder is new or gone.
 */
export const lookAgain = async (
  graph: GraphClient,
  links: GraphLinks,
  folders: readonly (Folder & { readonly count: number | null })[],
): Promise<SeenContacts> => {
  const seen = new SeenContacts()
  const lists = folders.map((folder) => ({
    first: links.identities(folder),
    at: (skip: number) => links.identities(folder, skip),
    skip: 0,
    step: links.pageSize,
    expected: folder.count,
  }))
  const read = async () => {
    for await (const { page } of readAhead(graph, lists, isFolderGone)) seen.add(page.items)
  }
  // A folder that is made after it was looked for was not there when the look began.
  const [listed] = await Promise.all([foldersBehind(graph, folderLinks(links, folders)), read()])
  if (!areSame(folders, listed)) throw new StaleListing()
  return seen
}

/** Contacts, whole; what is gone by now is missing. */
export const fetchById = async (
  graph: GraphClient,
  links: GraphLinks,
  ids: readonly string[],
): Promise<readonly unknown[]> =>
  (await contactsById(graph, links, ids)).filter((contact) => contact !== undefined)

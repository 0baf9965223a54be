import type { Contact, SkippedContact } from '../../domain/contact.ts'
import type { SourceReport } from '../../domain/reports.ts'
import { contactFields } from './contact-fields.ts'
import { askFolder, type Folder } from './folders.ts'
import type { GraphClient } from './graph-client.ts'
import { isFolderGone } from './graph-failure.ts'
import type { ListingPosition } from './listing-position.ts'
import { mapContact } from './map-contact.ts'
import { pages } from './pages.ts'

/** The largest page that Outlook serves (Graph: "Paging"). */
const PAGE_SIZE = 1000

type PageReport = Extract<SourceReport, { type: 'page.fetched' }>

/**
 * Lists the contacts of all folders from a position on, a report for each page that has something in it.
 * A folder that was deleted meanwhile is passed over.
 *
 * @param onFolder told of each folder when its turn comes
 */
export async function* listContacts(
  graph: GraphClient,
  position: ListingPosition,
  onFolder: (folder: Folder) => void,
): AsyncGenerator<PageReport> {
  const { folders } = position
  let start = position.next
  for (const [index, folder] of [...folders.entries()].slice(position.index)) {
    onFolder(folder)
    const first = firstPage(graph, folder, start)
    try {
      for await (const { items, next } of pages(graph, first)) {
        const read = readItems(items)
        const cursor = { version: 1, folders, index: next === null ? index + 1 : index, next }
        if (items.length > 0) yield { type: 'page.fetched', ...read, cursor }
      }
    } catch (error) {
      // A link of an earlier run that leads nowhere is for the caller to judge; half a default folder is no end.
      if (!isFolderGone(error) || start !== null || folder.id === null) throw error
    }
    start = null
  }
}

const firstPage = (graph: GraphClient, folder: Folder, start: string | null) => () =>
  start === null
    ? askFolder(graph, folder, (request) => request.select([...contactFields]).top(PAGE_SIZE))
    : graph.follow(start)

const readItems = (items: readonly unknown[]) => {
  const contacts: Contact[] = []
  const skipped: SkippedContact[] = []
  for (const item of items) {
    const mapped = mapContact(item)
    if ('contact' in mapped) contacts.push(mapped.contact)
    else skipped.push(mapped.skipped)
  }
  return { contacts, skipped }
}

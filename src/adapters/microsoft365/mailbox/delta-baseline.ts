import { isImportFailure } from '../../../domain/failures.ts'
import type { GraphClient } from '../graph/graph-client.ts'
import { readPage } from '../graph/page.ts'
import type { Folder } from './folders.ts'
import type { MailboxUrls } from './urls.ts'

/**
 * Asks for the changes of folders from this moment on, as a delta link each, before anything is listed; null where
 * there is none to be had at once. Graph knows `$deltatoken=latest` for other resources; of Outlook's mailboxes some
 * take it, others begin to list all that they hold instead, or refuse (microsoft-graph-docs issues 9569 and 18889).
 */
export const deltaBaseline = async (
  graph: GraphClient,
  links: MailboxUrls,
  folders: readonly Folder[],
): Promise<readonly (string | null)[]> => {
  const settled = await graph.followAll(folders.map(links.deltaFromNow))
  return settled.map((answer) => {
    if (answer.status === 'fulfilled') return deltaIn(answer.value)
    if (isRefusal(answer.reason)) return null
    throw answer.reason
  })
}

/**
 * Whether a server does deltas at all: it begins one for a folder. What it says is not kept, since the listing
 * asks once more when it is its turn.
 */
export const supportsDelta = async (
  graph: GraphClient,
  links: MailboxUrls,
  folder: Folder,
): Promise<boolean> => {
  const [answer] = await graph.followAll([links.delta(folder)])
  if (answer === undefined || (answer.status === 'rejected' && isRefusal(answer.reason))) return false
  if (answer.status === 'rejected') throw answer.reason
  const { next, delta } = readPage(answer.value)
  return next !== null || delta !== null
}

const deltaIn = (body: unknown): string | null => {
  try {
    return readPage(body).delta
  } catch (error) {
    if (isImportFailure(error)) return null
    throw error
  }
}

/** Whatever is wrong with the mailbox itself is told by the requests that do without deltas. */
const isRefusal = (error: unknown): boolean =>
  isImportFailure(error) &&
  (error.code === 'bad-answer' || error.code === 'no-mailbox' || error.details.status === 501)

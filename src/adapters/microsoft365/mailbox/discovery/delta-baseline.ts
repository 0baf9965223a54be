import { isImportFailure } from '../../../../domain/failures.ts'
import { isDenied, isRefused } from '../../graph/errors.ts'
import type { GraphClient } from '../../graph/graph-client.ts'
import { readPage, type GraphPage } from '../../graph/page.ts'
import type { Folder } from '../folders.ts'
import type { MailboxUrls } from '../urls.ts'

/**
 * A delta link for each folder, to its changes from this moment on; null if the server does not return one
 * immediately. Requested before any contact is listed. Graph documents `$deltatoken=latest` for other resources. Some
 * Outlook mailboxes accept it; others begin to list all contacts, or refuse (microsoft-graph-docs issues 9569 and
 * 18889).
 */
export const deltaBaseline = async (
  graph: GraphClient,
  urls: MailboxUrls,
  folders: readonly Folder[],
): Promise<readonly (string | null)[]> => {
  const answers = await graph.followAll(folders.map(urls.deltaFromNow), { hasDetour: true })
  return answers.map((answer) => {
    if (answer.status === 'fulfilled') return linksIn(answer.value).delta
    if (hasNoDeltas(answer.reason)) return null
    throw answer.reason
  })
}

/** Whether the server begins a delta query for a folder. Its response is dropped: the listing requests it again. */
export const supportsDelta = async (
  graph: GraphClient,
  urls: MailboxUrls,
  folder: Folder,
): Promise<boolean> => {
  const [answer] = await graph.followAll([urls.delta(folder)], { hasDetour: true })
  if (answer === undefined || (answer.status === 'rejected' && hasNoDeltas(answer.reason))) return false
  if (answer.status === 'rejected') throw answer.reason
  const { next, delta } = linksIn(answer.value)
  return next !== null || delta !== null
}

/** Both are null if the response is no page. */
const linksIn = (body: unknown): Pick<GraphPage, 'next' | 'delta'> => {
  try {
    return readPage(body)
  } catch (error) {
    if (isImportFailure(error)) return { next: null, delta: null }
    throw error
  }
}

/** Whether the server has no deltas. (If the mailbox itself fails, the other requests fail too.) */
const hasNoDeltas = (error: unknown): boolean =>
  isRefused(error) || isDenied(error) || (isImportFailure(error) && error.code === 'bad-answer')

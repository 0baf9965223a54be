import { ImportFailure, isImportFailure } from '../../../domain/failures.ts'
import type { GraphClient } from '../graph/graph-client.ts'
import { readItem, type GraphItem } from '../graph/graph-item.ts'
import type { MailboxUrls } from './urls.ts'

/**
 * Fetches contacts by their ids: only then Graph returns them in full. In the order of the ids; undefined for those
 * that no longer exist. Throws `bad-answer` for any other response: a contact that was left out would be missed.
 */
export const fetchById = async (
  graph: GraphClient,
  urls: MailboxUrls,
  ids: readonly string[],
): Promise<readonly (GraphItem | undefined)[]> => {
  const answers = await graph.followAll(ids.map(urls.contact))
  return ids.map((id, index) => contactIn(answers[index], id))
}

const contactIn = (answer: PromiseSettledResult<unknown> | undefined, id: string): GraphItem | undefined => {
  if (answer?.status === 'fulfilled') {
    const item = readItem(answer.value)
    if (item.id !== id) throw new ImportFailure('bad-answer')
    return item
  }
  const error: unknown = answer?.reason
  if (isImportFailure(error) && error.code === 'bad-answer' && error.details.status === 404) return undefined
  throw error
}

/** The contacts that still exist, in full, fetched by their ids. Throws as `fetchById` does. */
export const fetchPresent = async (
  graph: GraphClient,
  urls: MailboxUrls,
  ids: readonly string[],
): Promise<readonly GraphItem[]> =>
  (await fetchById(graph, urls, ids)).filter((contact) => contact !== undefined)

/** Lists return at most 256 characters of a note, perhaps one less (microsoft-graph-docs issue 17598). */
const CUT_FROM = 255

/** The same items, but those whose note may be cut off are fetched by their ids. Throws as `fetchById` does. */
export const fetchFullNotes = async (
  graph: GraphClient,
  urls: MailboxUrls,
  items: readonly GraphItem[],
): Promise<readonly GraphItem[]> => {
  const ids = items.filter(isCut).map(({ id }) => id)
  if (ids.length === 0) return items
  const contacts = await fetchById(graph, urls, ids)
  const whole = new Map(ids.map((id, index) => [id, contacts[index]]))
  // A contact that was deleted meanwhile stays as listed: the reconciliation removes it.
  return items.map((item) => (isCut(item) ? (whole.get(item.id) ?? item) : item))
}

const isCut = (item: GraphItem): item is GraphItem & { readonly id: string } =>
  item.id !== null && item.personalNotes !== null && item.personalNotes.length >= CUT_FROM

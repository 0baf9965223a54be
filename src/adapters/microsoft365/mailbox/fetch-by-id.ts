import { ImportFailure, isImportFailure } from '../../../domain/failures.ts'
import type { GraphClient } from '../graph/graph-client.ts'
import type { MailboxUrls } from './urls.ts'

/**
 * Contacts, each asked for by its id: only so they come whole. In the order of the ids; undefined for those that
 * are gone by now. Throws `bad-answer` for an answer that is something else: left out, a contact would be missed.
 */
export const fetchById = async (
  graph: GraphClient,
  links: MailboxUrls,
  ids: readonly string[],
): Promise<readonly unknown[]> => {
  const answers = await graph.followAll(ids.map(links.contact))
  return ids.map((id, index) => contactIn(answers[index], id))
}

const contactIn = (answer: PromiseSettledResult<unknown> | undefined, id: string): unknown => {
  if (answer?.status === 'fulfilled') {
    if ((answer.value as { id?: unknown } | null)?.id !== id) throw new ImportFailure('bad-answer')
    return answer.value
  }
  const error: unknown = answer?.reason
  if (isImportFailure(error) && error.code === 'bad-answer' && error.details.status === 404) return undefined
  throw error
}

/** Lists give 256 characters of a note, perhaps one less, and then no more (microsoft-graph-docs issue 17598). */
const CUT_FROM = 255

/** The same items, but with those whose note may be cut asked for one by one. */
export const fetchFullNotes = async (
  graph: GraphClient,
  links: MailboxUrls,
  items: readonly unknown[],
): Promise<readonly unknown[]> => {
  const cut = items.filter(isCut)
  if (cut.length === 0) return items
  const ids = cut.map(({ id }) => id)
  const contacts = await fetchById(graph, links, ids)
  const whole = new Map(ids.map((id, index) => [id, contacts[index]]))
  // What was deleted meanwhile stays as it was listed: that it is gone is told by other means.
  return items.map((item) => (isCut(item) ? (whole.get(item.id) ?? item) : item))
}

type CutItem = { readonly id: string; readonly personalNotes: string }

const isCut = (item: unknown): item is CutItem => {
  const { id, personalNotes } = (item ?? {}) as { id?: unknown; personalNotes?: unknown }
  return typeof id === 'string' && typeof personalNotes === 'string' && personalNotes.length >= CUT_FROM
}

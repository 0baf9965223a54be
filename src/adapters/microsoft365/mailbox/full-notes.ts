import { fetchById } from './fetch-by-id.ts'
import type { GraphClient } from '../graph/graph-client.ts'
import type { MailboxUrls } from './urls.ts'

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

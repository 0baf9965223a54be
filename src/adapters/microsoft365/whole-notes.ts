import { isImportFailure } from '../../domain/failures.ts'
import type { GraphClient } from './graph-client.ts'
import type { GraphLinks } from './graph-links.ts'

/** Lists give 256 characters of a note, perhaps one less, and then no more (microsoft-graph-docs issue 17598). */
const CUT_FROM = 255

/** The same items, but with those whose note may be cut asked for one by one: only so they come whole. */
export const withWholeNotes = async (
  graph: GraphClient,
  links: GraphLinks,
  items: readonly unknown[],
): Promise<readonly unknown[]> => {
  const cut = items.filter(isCut)
  if (cut.length === 0) return items
  const answers = await graph.followAll(cut.map(({ id }) => links.contact(id)))
  const whole = new Map(cut.map(({ id }, index) => [id, contactIn(answers[index], id)]))
  return items.map((item) => (isCut(item) ? (whole.get(item.id) ?? item) : item))
}

type CutItem = { readonly id: string; readonly personalNotes: string }

const isCut = (item: unknown): item is CutItem => {
  const { id, personalNotes } = (item ?? {}) as { id?: unknown; personalNotes?: unknown }
  return typeof id === 'string' && typeof personalNotes === 'string' && personalNotes.length >= CUT_FROM
}

/** What was deleted meanwhile stays as it was listed: that it is gone is told by other means. */
const contactIn = (answer: PromiseSettledResult<unknown> | undefined, id: string): unknown => {
  if (answer?.status === 'fulfilled') {
    return (answer.value as { id?: unknown } | null)?.id === id ? answer.value : undefined
  }
  const error: unknown = answer?.reason
  if (isImportFailure(error) && error.code === 'bad-answer' && error.details.status === 404) return undefined
  throw error
}

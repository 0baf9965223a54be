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

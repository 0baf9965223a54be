import { onTestFinished } from 'vitest'
import { graphContactSource } from '../src/adapters/microsoft365/mailbox/graph-contact-source.ts'
import type { SourceContact } from '../src/domain/contact.ts'
import { isImportFailure } from '../src/domain/failures.ts'
import type { Json } from '../src/domain/reports.ts'
import { localGraph } from '../src/testing/local-graph.ts'
import type { GraphAnswers } from '../src/testing/local-graph.ts'
import type { LocalService } from '../src/testing/local-service.ts'
import { readSource } from '../src/testing/read-source.ts'

let service: LocalService | undefined

/** Starts a Graph with these answers for the current test. Resolves to its origin. */
export const served = async (answers: GraphAnswers): Promise<string> => {
  const started = await localGraph(answers)
  service = started
  onTestFinished(() => started.close())
  return started.url.origin
}

/** The requests of the current test so far. */
export const received = (): LocalService['received'] => service?.received ?? []
export const asked = (): readonly string[] => received().map(({ url }) => url ?? '')

/** Short enough for tests, in ms. */
export const limits = { request: 2_000, retries: 200, firstBackoff: 5 }

export const sourceAt = (graphUrl: string) =>
  graphContactSource({ graphUrl, tokens: { accessToken: async () => 'token' }, limits })

export const read = (
  graphUrl: string,
  resumeFrom: Json = null,
  recorded?: ReadonlyMap<string, SourceContact>,
) => readSource(sourceAt(graphUrl), { resumeFrom, ...(recorded && { recorded }) })

export const failureOf = async (graphUrl: string, resumeFrom: Json = null) => {
  const error: unknown = await read(graphUrl, resumeFrom).catch((reason: unknown) => reason)
  if (!isImportFailure(error)) throw new Error('expected an ImportFailure', { cause: error })
  return error
}

/** Contacts with these ids, in Graph's form. */
export const contacts = (...ids: string[]) => ids.map((id) => ({ id, displayName: `Name ${id}` }))

import { isFields } from '../contact/person-reader.ts'
import { MOST_NAMES, type PeopleClient } from './people-client.ts'

/**
 * At most this many contacts are asked for in one attempt: each 200 of them are a request, and Google serves a person about 90
 * requests a minute. A removal of more contacts is held for the person's approval anyway.
 */
export const MOST_ASKED = 1_000

/** What Google has under a name: a person, nothing, or it is not known. */
export type Answered = { readonly person: unknown } | 'gone' | 'unknown'

/**
 * Asks for contacts that a list or a change leaves out, because neither is always right. Throws what the client throws if no
 * request can succeed any more; a request that Google refuses leaves its names `unknown`.
 *
 * @param isRefusal whether others may still succeed
 */
export const askByName = async (
  client: PeopleClient,
  names: readonly string[],
  isRefusal: (error: unknown) => boolean,
): Promise<ReadonlyMap<string, Answered>> => {
  const answers = new Map<string, Answered>()
  for (let start = 0; start < names.length; start += MOST_NAMES) {
    const asked = names.slice(start, start + MOST_NAMES)
    const found = start < MOST_ASKED ? await foundAmong(client, asked, isRefusal) : null
    for (const name of asked) answers.set(name, answerIn(found, name))
  }
  return answers
}

const foundAmong = async (
  client: PeopleClient,
  names: readonly string[],
  isRefusal: (error: unknown) => boolean,
): Promise<ReadonlyMap<string, unknown> | null> => {
  try {
    return await client.people(names)
  } catch (error) {
    if (isRefusal(error)) return null
    throw error
  }
}

const answerIn = (found: ReadonlyMap<string, unknown> | null, name: string): Answered => {
  const person = found?.get(name)
  if (person === undefined) return 'unknown'
  return person === null || isDeleted(person) ? 'gone' : { person }
}

/** Whether a change says that a contact was deleted (People API, `PersonMetadata.deleted`). */
export const isDeleted = (person: unknown): boolean => {
  const metadata = isFields(person) ? person['metadata'] : undefined
  return isFields(metadata) && metadata['deleted'] === true
}

import type { GoogleContacts } from '../contacts/google-contacts.ts'
import { isMaskPath } from '../contacts/google-person.ts'
import {
  GoogleError,
  invalidArgument,
  invalidPersonField,
  noPersonFields,
  noSuchParameter,
} from '../google-error.ts'
import { personJson } from './person-json.ts'

/** Names of one request (People API, `people.getBatchGet`). */
const MOST_NAMES = 200

const parameters = ['personFields', 'resourceNames', 'sources', 'key', 'alt', 'prettyPrint', 'quotaUser']

/** Plays `people.getBatchGet`: an answer for each name. Throws `GoogleError` for parameters that Google refuses. */
export const batchGet = (contacts: GoogleContacts, query: URLSearchParams): object => {
  for (const name of query.keys())
    if (!parameters.includes(name)) throw new GoogleError(noSuchParameter(name))
  const names = query.getAll('resourceNames')
  const isInRange = names.length > 0 && names.length <= MOST_NAMES
  if (!isInRange || new Set(names).size < names.length || !names.every((name) => name.startsWith('people/')))
    throw new GoogleError(invalidArgument())
  const fields = fieldsIn(query)
  return {
    responses: names.map((requestedResourceName) => {
      const person = contacts.find(requestedResourceName)
      return person === undefined
        ? { httpStatusCode: 404, requestedResourceName, status: { code: 5, message: 'Person not found.' } }
        : {
            httpStatusCode: 200,
            person: personJson(person, { fields, withProfiles: false, isSync: false }),
            requestedResourceName,
          }
    }),
  }
}

const fieldsIn = (query: URLSearchParams): ReadonlySet<string> => {
  const paths = (query.get('personFields') ?? '').split(',').map((path) => path.trim())
  if (paths.join('') === '') throw new GoogleError(noPersonFields())
  const unknown = paths.find((path) => !isMaskPath(path))
  if (unknown !== undefined) throw new GoogleError(invalidPersonField(unknown))
  return new Set(paths)
}

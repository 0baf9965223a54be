import * as v from 'valibot'
import type { GoogleContacts } from './contacts/google-contacts.ts'
import { personFieldsSchema } from './contacts/google-person.ts'

/**
 * Runs a control request for the contacts of a Google account. A name may be written with or without `people/`. Throws a
 * `RangeError` if there is no such contact or action, and a `ValiError` for fields that Google does not have.
 */
export const onGoogleContacts = (
  contacts: GoogleContacts,
  method: string,
  path: readonly string[],
  body: unknown,
): unknown => {
  const [what, ...rest] = path.join('/').replace('/people/', '/').split('/')
  const [id = '', action = ''] = rest
  const name = `people/${id}`
  switch (`${method} ${what} ${id === '' ? '' : 'name'} ${action}`.trim()) {
    case 'GET contacts':
      return contacts.all()
    case 'POST contacts':
      return contacts.add(v.parse(personFieldsSchema, body))
    case 'PATCH contacts name':
      return contacts.change(name, v.parse(personFieldsSchema, body))
    case 'DELETE contacts name':
      contacts.remove(name)
      return {}
    case 'POST contacts name rename':
      return { resourceName: contacts.rename(name) }
    default:
      throw new RangeError('There is no such resource or action')
  }
}

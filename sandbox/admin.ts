import type { IncomingMessage, ServerResponse } from 'node:http'
import * as v from 'valibot'
import { onGoogleContacts } from './google/admin.ts'
import type { ContactFields } from './mailbox/contact-fields.ts'
import type { Mailbox } from './mailbox/mailbox.ts'
import { readText } from './read-text.ts'
import type { Sandbox } from './index.ts'

export const ADMIN_PATH = '/sandbox/'

type Body = Record<string, unknown>

/** Thrown for a control request that cannot be carried out. The message goes to the client. */
class Refused extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/**
 * Controls a running sandbox over HTTP, with JSON in both directions:
 *
 * - `GET`, `PATCH /sandbox/settings`
 * - `GET /sandbox/people`; `POST /sandbox/people/{id}/revoke-consent`, `…/revoke-sessions`, `…/revoke-google`, `…/token`
 * - `GET /sandbox/mailboxes/{person}`: folders and counts
 * - `POST /sandbox/mailboxes/{person}/folders` `{name, parentId?}`
 * - `POST /sandbox/mailboxes/{person}/contacts` (Graph's contact properties, `folderId?`);
 *   `PATCH …/contacts/{id}`; `POST …/contacts/{id}/move` `{folderId}`
 * - `DELETE /sandbox/mailboxes/{person}/contacts/{id}`, `…/folders/{id}` `{hard?}`: into Deleted Items, or for good
 * - `GET`, `POST /sandbox/google/{person}/contacts` (fields as in the People API, without metadata);
 *   `PATCH`, `DELETE …/contacts/{resourceName}`; `POST …/contacts/{resourceName}/rename`
 * - `GET`, `DELETE /sandbox/requests`
 *
 * A body must be `application/json`: a form on another site cannot send that.
 */
export const handleAdmin = async (
  sandbox: Sandbox,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  try {
    const { method = 'GET', url = '/' } = request
    const path = url.slice(ADMIN_PATH.length).split('/').map(decodeURIComponent)
    reply(response, 200, run(sandbox, method, path, await readBody(request)))
  } catch (error) {
    if (error instanceof Refused) reply(response, error.status, { error: error.message })
    else if (v.isValiError(error))
      reply(response, 400, { error: error.message, at: v.getDotPath(error.issues[0]) })
    else if (error instanceof RangeError) reply(response, 404, { error: error.message })
    else throw error
  }
}

const run = (sandbox: Sandbox, method: string, path: readonly string[], body: Body): unknown => {
  const [resource = '', id = '', ...rest] = path
  switch (`${method} ${resource}`) {
    case 'GET settings':
      return sandbox.settings.current
    case 'PATCH settings':
      sandbox.settings.change(body)
      return sandbox.settings.current
    case 'GET people':
      return sandbox.people
    case 'POST people':
      return onPerson(sandbox, id, rest[0], body)
    case 'GET requests':
      return sandbox.requests.entries
    case 'DELETE requests':
      sandbox.requests.clear()
      return {}
    default:
      if (resource === 'google') return onGoogleContacts(sandbox.google.contacts(id), method, rest, body)
      if (resource === 'mailboxes') return onMailbox(sandbox.mailbox(id), method, rest, body)
      throw new Refused(404, 'There is no such resource or action')
  }
}

const onPerson = (sandbox: Sandbox, id: string, action: string | undefined, body: Body): unknown => {
  switch (action) {
    case 'revoke-consent':
      sandbox.revokeConsent(id)
      return {}
    case 'revoke-sessions':
      sandbox.revokeSessions(id)
      return {}
    case 'revoke-google':
      sandbox.google.revoke(id)
      return {}
    case 'token':
      return { token: sandbox.issueToken(id, v.parse(tokenSchema, body)) }
    default:
      throw new Refused(404, 'There is no such resource or action')
  }
}

const tokenSchema = v.strictObject({
  scopes: v.exactOptional(v.array(v.string())),
  expiresIn: v.exactOptional(v.number()),
})

const removeSchema = v.strictObject({ hard: v.exactOptional(v.boolean()) })

const onMailbox = (
  mailbox: Mailbox,
  method: string,
  [what, id = '', action]: readonly string[],
  body: Body,
): unknown => {
  const { folderId, ...fields } = body as { folderId?: string } & Partial<ContactFields>
  switch (`${method} ${what ?? ''} ${action ?? ''}`.trim()) {
    case 'GET':
      return mailbox.folders.map((folder) => ({
        ...folder,
        contacts: mailbox.items(folder.id).filter(({ kind }) => kind === 'contact').length,
      }))
    case 'POST folders':
      return mailbox.addFolder(
        String(body.name),
        typeof body.parentId === 'string' ? body.parentId : undefined,
      )
    case 'POST contacts':
      return mailbox.add(fields, folderId === undefined ? {} : { folderId })
    case 'PATCH contacts':
      return mailbox.change(id, fields)
    case 'DELETE contacts':
      mailbox.remove(id, v.parse(removeSchema, body))
      return {}
    case 'DELETE folders':
      mailbox.removeFolder(id, v.parse(removeSchema, body))
      return {}
    case 'POST contacts move':
      return mailbox.move(id, String(folderId))
    default:
      throw new Refused(404, 'There is no such resource or action')
  }
}

const readBody = async (request: IncomingMessage): Promise<Body> => {
  if (request.method === 'GET') return {}
  const text = await readText(request)
  if (request.headers['content-type']?.startsWith('application/json') !== true)
    throw new Refused(415, 'Send JSON (content-type: application/json)')
  try {
    return v.parse(v.record(v.string(), v.unknown()), JSON.parse(text === '' ? '{}' : text))
  } catch {
    throw new Refused(400, 'The body is not a JSON object')
  }
}

const reply = (response: ServerResponse, status: number, value: unknown): void => {
  const headers = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' }
  response.writeHead(status, headers).end(JSON.stringify(value, null, 2))
}

import type { RequestListener } from 'node:http'
import { text } from 'node:stream/consumers'

export const authority = 'https://login.example.test/tenant-1'

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

const person = { sub: 's', tid: 'tenant-1', oid: 'object-1', preferred_username: 'ada@example.test' }

const tokens = {
  token_type: 'Bearer',
  scope: 'openid profile offline_access Contacts.Read',
  expires_in: 3600,
  access_token: 'access-1',
  refresh_token: 'refresh-1',
  id_token: `${encode({ alg: 'none' })}.${encode(person)}.`,
  client_info: encode({ uid: 'object-1', utid: 'tenant-1' }),
}

const endpoints = {
  issuer: `${authority}/v2.0`,
  authorization_endpoint: `${authority}/oauth2/v2.0/authorize`,
  token_endpoint: `${authority}/oauth2/v2.0/token`,
  jwks_uri: `${authority}/discovery/v2.0/keys`,
}

const code = {
  device_code: 'device-1',
  user_code: 'ABC-DEF',
  verification_uri: `${authority}/device`,
  expires_in: 900,
  interval: 0.01,
  message: '',
}

/** An authority at `login.example.test` whose person types every code at once, and a Graph with one contact. */
export const officeTenant: RequestListener = (request, response) => {
  const { url = '', method } = request
  const [path = ''] = url.split('?')
  const answer = (status: number, body: object) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  if (path.endsWith('/openid-configuration')) answer(200, endpoints)
  else if (path.endsWith('/devicecode')) answer(200, code)
  else if (path.endsWith('/token')) void text(request).then(() => answer(200, tokens))
  else if (method !== 'GET') answer(400, { error: { code: 'NotServed' } })
  else if (request.headers.authorization !== 'Bearer access-1') answer(401, { error: { code: 'NotServed' } })
  else if (path === '/v1.0/me/contacts') answer(200, { value: [{ id: 'id-1', displayName: 'Grace' }] })
  else if (path === '/v1.0/me/contactFolders') answer(200, { value: [] })
  else answer(400, { error: { code: 'NotServed' } })
}

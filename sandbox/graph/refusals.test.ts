import { afterAll, beforeAll, expect, test } from 'vitest'
import { graphVisitor } from '../graph-visitor.ts'
import { type Sandbox, startSandbox } from '../index.ts'

let sandbox: Sandbox

beforeAll(async () => {
  sandbox = await startSandbox({ contacts: 12, folders: 1, distributionLists: 1 })
})
afterAll(() => sandbox.close())

const refusal = async (path: string, token: string, person = 'user'): Promise<unknown[]> => {
  const { status, error } = await graphVisitor(sandbox, person, token).get(path)
  return [status, error.code, error.message]
}

test('no token, a foreign one and an expired one are answered with 401 and a challenge', async () => {
  const bare = await fetch(`${sandbox.graphUrl}/me/contacts`)
  expect(bare.status).toBe(401)
  expect(bare.headers.get('www-authenticate')).toMatch(
    /^Bearer realm="", authorization_uri="[^"]+", client_id="[^"]+"$/,
  )
  expect(await refusal('/me/contacts', '')).toEqual([
    401,
    'InvalidAuthenticationToken',
    'Access token is empty.',
  ])
  expect(await refusal('/me/contacts', 'nonsense')).toEqual([
    401,
    'InvalidAuthenticationToken',
    'IDX14100: JWT is not well formed, there are no dots (.).',
  ])
  const expired = sandbox.issueToken('user', { expiresIn: -1 })
  expect(await refusal('/me/contacts', expired)).toEqual([
    401,
    'InvalidAuthenticationToken',
    'Lifetime validation failed, the token is expired.',
  ])
})

test('a token lasts as long as it says', async () => {
  const graph = graphVisitor(sandbox, 'user', sandbox.issueToken('user', { expiresIn: 2 }))
  expect((await graph.get('/me/contacts')).status).toBe(200)
  await expect.poll(async () => (await graph.get('/me/contacts')).status, { timeout: 10_000 }).toBe(401)
})

test('scopes decide: contacts need a contacts scope, the profile needs User.Read', async () => {
  const denied = [403, 'ErrorAccessDenied', 'Access is denied. Check credentials and try again.']
  const contactsOnly = sandbox.issueToken('user')
  const profileOnly = sandbox.issueToken('user', { scopes: ['User.Read'] })
  const writer = sandbox.issueToken('user', { scopes: ['Contacts.ReadWrite'] })
  expect(await refusal('/me', contactsOnly)).toEqual(denied)
  expect(await refusal('/me/contacts', profileOnly)).toEqual(denied)
  expect(await refusal('/me/contactFolders', profileOnly)).toEqual(denied)
  expect((await graphVisitor(sandbox, 'user', profileOnly).get('/me')).body).toMatchObject({
    userPrincipalName: 'mira@sandbox.example',
  })
  expect((await graphVisitor(sandbox, 'user', writer).get('/me/contacts')).status).toBe(200)
})

test('a person without a mailbox gets an error that says so', async () => {
  expect(await refusal('/me/contacts', sandbox.issueToken('no-mailbox'))).toEqual([
    404,
    'MailboxNotEnabledForRESTAPI',
    'The mailbox is either inactive, soft-deleted, or is hosted on-premise.',
  ])
})

test('unknown ids and unknown addresses have different errors', async () => {
  const token = sandbox.issueToken('user')
  expect(await refusal('/me/contacts/AAMkNothing=', token)).toEqual([
    404,
    'ErrorItemNotFound',
    'The specified object was not found in the store., The process failed to get the correct properties.',
  ])
  expect(await refusal('/me/contacts/a%2Fb+c', token)).toEqual([
    400,
    'ErrorInvalidIdMalformed',
    'Id is malformed.',
  ])
  expect((await refusal('/me/contacts/%zz', token))[1]).toBe('ErrorInvalidIdMalformed')
  expect(await refusal('/me/photos', token)).toEqual([
    400,
    'BadRequest',
    "Resource not found for the segment 'photos'.",
  ])
  const list = sandbox.mailbox('user').folders.flatMap(({ id }) => sandbox.mailbox('user').items(id))
  const distributionList = list.find(({ kind }) => kind === 'distribution-list')!
  expect((await refusal(`/me/contacts/${distributionList.id}`, token))[0]).toBe(404)
})

test('an error has an inner error with date and ids, and the request id of its header', async () => {
  const { error, headers } = await graphVisitor(sandbox).get('/me/contacts/AAMkNothing=')
  const inner = error.innerError as Record<string, string>
  expect(inner['request-id']).toBe(headers.get('request-id'))
  expect(inner.date).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/)
})

test('tokens of work accounts are JWTs that name the account, those of personal ones are opaque', () => {
  const [, claims = ''] = sandbox.issueToken('user').split('.')
  expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
    oid: sandbox.people[0]!.objectId,
    tid: sandbox.people[0]!.tenantId,
    scp: 'Contacts.Read',
  })
  expect(sandbox.issueToken('personal')).not.toContain('.')
})

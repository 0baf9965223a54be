import { expect } from 'vitest'
import { visitedSandbox } from '../../visited-sandbox.ts'
import { peopleVisitor } from '../google-visitor.ts'

const test = visitedSandbox({ contacts: 5, googleContacts: 3 }).extend('get', ({ sandbox }) => {
  const { google } = sandbox
  return async (query: string, token = google.issueToken('user')) => {
    const response = await fetch(`${google.peopleUrl}/v1/people:batchGet?${query}`, {
      headers: { authorization: `Bearer ${token}` },
    })
    return { status: response.status, body: (await response.json()) as Record<string, unknown> }
  }
})

test('people are found by their present and former names, and what does not exist is told', async ({
  sandbox,
  get,
}) => {
  const contacts = sandbox.google.contacts('user')
  const [first, second] = contacts.all()
  const [present, former] = [first?.resourceName ?? '', second?.resourceName ?? '']
  const later = contacts.rename(former)
  const { body } = await get(
    `personFields=metadata&resourceNames=${present}&resourceNames=${former}&resourceNames=people/c1`,
  )
  expect(body).toMatchObject({
    responses: [
      { httpStatusCode: 200, requestedResourceName: present, person: { resourceName: present } },
      { httpStatusCode: 200, requestedResourceName: former, person: { resourceName: later } },
      { httpStatusCode: 404, requestedResourceName: 'people/c1', status: { code: 5 } },
    ],
  })
})

test('only fields that are asked for are returned, without former names', async ({ sandbox, get }) => {
  const contacts = sandbox.google.contacts('user')
  const name = contacts.rename(contacts.all()[0]?.resourceName ?? '')
  const { body } = await get(`personFields=names&resourceNames=${name}`)
  expect(JSON.stringify(body)).not.toContain('previousResourceNames')
  expect(JSON.stringify(body)).not.toContain('phoneNumbers')
})

test.for([
  ['no name', 'personFields=names'],
  ['the same name twice', 'personFields=names&resourceNames=people/c1&resourceNames=people/c1'],
  [
    'more than 200',
    `personFields=names${Array.from({ length: 201 }, (_, n) => `&resourceNames=people/c${n}`).join('')}`,
  ],
  ['a name of another kind', 'personFields=names&resourceNames=contactGroups/1'],
  ['an unknown field', 'personFields=nope&resourceNames=people/c1'],
  ['no fields', 'resourceNames=people/c1'],
  ['an unknown parameter', 'personFields=names&resourceNames=people/c1&syncToken=a'],
] as const)('%s is refused', async ([, query], { get }) => {
  expect(await get(query)).toMatchObject({ status: 400, body: { error: { status: 'INVALID_ARGUMENT' } } })
})

test('a token is needed, and counts as a read', async ({ sandbox, get }) => {
  const query = 'personFields=names&resourceNames=people/c1'
  expect((await get(query, 'none')).status).toBe(401)
  sandbox.settings.change({ googleReadsPerMinute: 1 })
  const people = peopleVisitor(sandbox)
  expect((await people.list('personFields=names')).status).toBe(200)
  expect((await get(query)).status).toBe(429)
})

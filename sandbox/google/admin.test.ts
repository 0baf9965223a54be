import { describe, expect } from 'vitest'
import { visitedSandbox } from '../visited-sandbox.ts'
import type { StoredPerson } from './contacts/google-person.ts'
import { FULL, peopleVisitor } from './google-visitor.ts'

const test = visitedSandbox({ contacts: 5, googleContacts: 3, folders: 0, distributionLists: 0 })
  .extend('people', ({ sandbox }) => peopleVisitor(sandbox))
  .extend('control', ({ sandbox }) => async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${sandbox.origin}/sandbox/${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return { status: response.status, body: (await response.json()) as unknown }
  })

describe('the control over HTTP', () => {
  test('adds, changes, renames and removes contacts, as the People API then shows', async ({
    people,
    control,
  }) => {
    const token = (await people.all(FULL)).last.body.nextSyncToken
    const added = (await control('POST', 'google/user/contacts', { names: [{ displayName: 'By hand' }] }))
      .body as StoredPerson
    const [name] = added.resourceName.split('/').slice(1)
    expect((await people.sync(token)).people).toMatchObject([{ names: [{ displayName: 'By hand' }] }])
    await control('PATCH', `google/user/contacts/${name}`, { names: [{ displayName: 'Otherwise' }] })
    expect((await people.sync(token)).people).toMatchObject([{ names: [{ displayName: 'Otherwise' }] }])
    const { resourceName } = (await control('POST', `google/user/contacts/people/${name}/rename`))
      .body as StoredPerson
    expect((await people.sync(token)).people).toMatchObject([
      { resourceName, metadata: { previousResourceNames: [added.resourceName] } },
    ])
    await control('DELETE', `google/user/contacts/${encodeURIComponent(resourceName)}`)
    expect((await people.sync(token)).people).toMatchObject([{ resourceName, metadata: { deleted: true } }])
    expect((await control('GET', 'google/user/contacts')).body).toHaveLength(3)
  })

  test('refuses fields that Google does not have, and names that do not exist', async ({ control }) => {
    for (const body of [{ displayName: 'x' }, { names: 'x' }, { names: ['x'] }])
      expect((await control('POST', 'google/user/contacts', body)).status).toBe(400)
    for (const [method, path] of [
      ['PATCH', 'google/user/contacts/c1'],
      ['DELETE', 'google/user/contacts'],
      ['POST', 'google/user/groups'],
      ['GET', 'google/stranger/contacts'],
    ] as const)
      expect((await control(method, path, method === 'GET' ? undefined : {})).status).toBe(404)
  })

  test('removes the app from the account of a person', async ({ people, control }) => {
    expect((await control('POST', 'people/user/revoke-google')).status).toBe(200)
    expect((await people.list(FULL)).status).toBe(401)
  })

  test('shows and changes the settings for Google', async ({ control }) => {
    expect((await control('PATCH', 'settings', { googleReadsPerMinute: 90 })).body).toMatchObject({
      googleContacts: 3,
      googleReadsPerMinute: 90,
      googleExpiredSyncToken: 'a',
    })
    expect((await control('PATCH', 'settings', { googleExpiredSyncToken: 'c' })).status).toBe(400)
  })
})

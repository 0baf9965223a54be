import { afterEach, describe, expect, vi } from 'vitest'
import { visitedSandbox } from '../../visited-sandbox.ts'
import type { GoogleContacts } from '../contacts/google-contacts.ts'
import { connectionsOf, FULL, peopleVisitor, type SeenPerson } from '../google-visitor.ts'

const test = visitedSandbox({ contacts: 30, googleContacts: 35, folders: 0, distributionLists: 0 })
  .extend('people', ({ sandbox }) => peopleVisitor(sandbox))
  .extend('contacts', ({ sandbox }): GoogleContacts => sandbox.google.contacts('user'))

afterEach(() => {
  vi.useRealTimers()
})

const namesOf = (people: readonly SeenPerson[]): string[] => people.map(({ resourceName }) => resourceName)

const INVALID_ARGUMENT = {
  error: {
    code: 400,
    message: 'Request contains an invalid argument.',
    status: 'INVALID_ARGUMENT',
  },
}

describe('a full list', () => {
  test('comes in pages, in an order that stays, with totals on each and a sync token on the last', async ({
    people,
    contacts,
  }) => {
    const { people: listed, pages, last } = await people.all(FULL)
    expect(namesOf(listed)).toEqual(contacts.all().map(({ resourceName }) => resourceName))
    expect(new Set(namesOf(listed)).size).toBe(35)
    expect(pages.map((page) => connectionsOf(page).length)).toEqual([10, 10, 10, 5])
    for (const { body } of pages) expect(body).toMatchObject({ totalPeople: 35, totalItems: 35 })
    for (const { body } of pages.slice(0, -1)) expect(body.nextSyncToken).toBeUndefined()
    expect(last.body.nextSyncToken).toMatch(/^GgEC/)
    expect(namesOf((await people.all(FULL)).people)).toEqual(namesOf(listed))
  })

  test('has a hundred people on a page unless told otherwise, and at most a thousand', async ({
    people,
    contacts,
  }) => {
    for (let n = 0; n < 1000; n++) contacts.add({ names: [{ displayName: `Person ${n}` }] })
    const sizeFor = async (size: string) =>
      connectionsOf(await people.list(`personFields=names${size}`)).length
    expect(await sizeFor('')).toBe(100)
    expect(await sizeFor('&pageSize=0')).toBe(100)
    expect(await sizeFor('&pageSize=1')).toBe(1)
    expect(await sizeFor('&pageSize=1000')).toBe(1000)
    for (const size of ['1001', '-1', 'many'])
      expect((await people.list(`personFields=names&pageSize=${size}`)).body).toEqual(INVALID_ARGUMENT)
  })

  test('gives a sync token only if asked for one', async ({ people }) => {
    const { last } = await people.all('personFields=names&pageSize=20')
    expect(last.body.nextSyncToken).toBeUndefined()
  })

  test('is as it was when its first page was read; what changed meanwhile comes with the sync', async ({
    people,
    contacts,
  }) => {
    const [first, ...others] = contacts.all()
    const page = await people.list(FULL)
    contacts.remove(others.at(-1)!.resourceName)
    contacts.change(first!.resourceName, { names: [{ displayName: 'Changed' }] })
    const added = contacts.add({ names: [{ displayName: 'New' }] })
    const rest: SeenPerson[] = []
    let last = page
    while (typeof last.body.nextPageToken === 'string') {
      last = await people.list(`${FULL}&pageToken=${last.body.nextPageToken}`)
      rest.push(...connectionsOf(last))
    }
    expect([...connectionsOf(page), ...rest]).toHaveLength(35)
    expect(namesOf(rest)).toContain(others.at(-1)!.resourceName)
    expect(namesOf(rest)).not.toContain(added.resourceName)
    const { people: changed } = await people.sync(last.body.nextSyncToken)
    expect(namesOf(changed)).toEqual([others.at(-1)!.resourceName, first!.resourceName, added.resourceName])
    expect(changed[0]!.metadata?.deleted).toBe(true)
  })

  test('of an empty account has nothing but a sync token', async ({ sandbox }) => {
    const { body } = await peopleVisitor(sandbox, 'no-mailbox').list(FULL)
    expect({ ...body, nextSyncToken: 'GgECKAI-synthetic-sync-0' }).toEqual({
      nextSyncToken: 'GgECKAI-synthetic-sync-0',
    })
    expect(body.nextSyncToken).toBeDefined()
  })
})

describe('a page token', () => {
  test('works only with the parameters of the first page', async ({ people, sandbox }) => {
    const token = String((await people.list(FULL)).body.nextPageToken)
    const wrong = [
      FULL.replace('names', 'names,urls'),
      FULL.replace('10', '20'),
      FULL.replace('&requestSyncToken=true', ''),
      `${FULL}&sources=READ_SOURCE_TYPE_CONTACT`,
    ]
    for (const query of wrong) {
      const { status, body } = await people.list(`${query}&pageToken=${token}`)
      expect([status, body]).toEqual([400, INVALID_ARGUMENT])
    }
    const reordered = FULL.replace('names,metadata', 'metadata,names')
    expect((await people.list(`${reordered}&pageToken=${token}`)).status).toBe(200)
    const other = await peopleVisitor(sandbox, 'admin').list(`${FULL}&pageToken=${token}`)
    expect(other.body).toEqual(INVALID_ARGUMENT)
    expect((await people.list(`${FULL}&pageToken=invented`)).body).toEqual(INVALID_ARGUMENT)
  })

  test('can be used again, for the same page', async ({ people }) => {
    const query = `${FULL}&pageToken=${String((await people.list(FULL)).body.nextPageToken)}`
    expect(connectionsOf(await people.list(query))).toEqual(connectionsOf(await people.list(query)))
  })
})

describe('a sync', () => {
  test('without changes has no connections, and a new token', async ({ people }) => {
    const token = (await people.all(FULL)).last.body.nextSyncToken
    const { body } = (await people.sync(token)).last
    expect({ ...body, nextSyncToken: 'GgECKAM-synthetic-sync-3', totalItems: 4 }).toEqual({
      nextSyncToken: 'GgECKAM-synthetic-sync-3',
      totalItems: 4,
    })
    expect(body.totalItems).toBe(35)
    expect(body.nextSyncToken).not.toBe(token)
  })

  test('reports changes, deletions and renames, each contact once and in its last state', async ({
    people,
    contacts,
  }) => {
    const [changed, removed, renamed] = contacts.all()
    const token = (await people.all(FULL)).last.body.nextSyncToken
    contacts.change(changed!.resourceName, { names: [{ displayName: 'First' }] })
    contacts.change(changed!.resourceName, { names: [{ displayName: 'Second' }] })
    contacts.remove(removed!.resourceName)
    const name = contacts.rename(renamed!.resourceName)
    const { people: seen, last } = await people.sync(token)
    expect(seen).toMatchObject([
      { resourceName: changed!.resourceName, names: [{ displayName: 'Second' }] },
      { resourceName: removed!.resourceName, metadata: { deleted: true } },
      {
        resourceName: name,
        metadata: { previousResourceNames: [renamed!.resourceName] },
      },
    ])
    expect(Object.keys(seen[1]!)).toEqual(['resourceName', 'etag', 'metadata'])
    expect(name).not.toBe(renamed!.resourceName)
    expect(seen[2]!.metadata!.sources).toMatchObject([
      { type: 'CONTACT', id: renamed!.sourceId },
      { type: 'PROFILE' },
    ])
    expect(last.body).toMatchObject({ totalItems: 34 })
    expect(last.body.totalPeople).toBeUndefined()
    expect((await people.sync(last.body.nextSyncToken)).people).toEqual([])
  })

  test('keeps each former name, and says them only in a sync', async ({ people, contacts }) => {
    const token = (await people.all(FULL)).last.body.nextSyncToken
    const first = contacts.all()[3]!.resourceName
    const second = contacts.rename(first)
    const third = contacts.rename(first)
    const previous = (seen: readonly SeenPerson[]) =>
      seen.find(({ resourceName }) => resourceName === third)?.metadata?.previousResourceNames
    expect(previous((await people.sync(token)).people)).toEqual([first, second])
    expect(previous((await people.all(FULL)).people)).toBeUndefined()
    contacts.remove(second)
    expect(previous((await people.sync(token)).people)).toEqual([first, second])
  })

  test('comes in pages too, with both tokens', async ({ people, contacts }) => {
    const token = (await people.all(FULL)).last.body.nextSyncToken
    for (const { resourceName } of contacts.all().slice(0, 25))
      contacts.change(resourceName, { nicknames: [{ value: 'Kiki' }] })
    const { people: seen, pages } = await people.sync(token)
    expect([seen.length, pages.length]).toEqual([25, 3])
    const next = String(pages[0]!.body.nextPageToken)
    expect((await people.list(`${FULL}&pageToken=${next}`)).body).toEqual(INVALID_ARGUMENT)
  })

  test('works only with the parameters of the full sync', async ({ people }) => {
    const token = String((await people.all(FULL)).last.body.nextSyncToken)
    for (const query of [
      FULL.replace('names', 'names,urls'),
      FULL.replace('10', '20'),
      FULL.replace('&requestSyncToken=true', ''),
      `${FULL}&sources=READ_SOURCE_TYPE_CONTACT`,
    ])
      expect((await people.list(`${query}&syncToken=${token}`)).body).toEqual(INVALID_ARGUMENT)
    expect((await people.list(`${FULL}&syncToken=invented`)).body).toEqual(INVALID_ARGUMENT)
  })

  test('leaves out profiles if only contacts are asked for', async ({ people, contacts }) => {
    const query = `${FULL}&sources=READ_SOURCE_TYPE_CONTACT`
    const token = String((await people.all(query)).last.body.nextSyncToken)
    contacts.rename(contacts.all()[0]!.resourceName)
    const [renamed] = connectionsOf(await people.list(`${query}&syncToken=${token}`))
    expect(renamed!.metadata!.sources.map(({ type }) => type)).toEqual(['CONTACT'])
  })
})

describe('a sync token', () => {
  const expired = (code: number, status: string) => ({
    error: {
      code,
      message: 'Sync token is expired. Clear local cache and retry call without the sync token.',
      status,
      details: [
        {
          '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
          reason: 'EXPIRED_SYNC_TOKEN',
          domain: 'people.googleapis.com',
        },
      ],
    },
  })

  test.for([
    ['a', expired(400, 'FAILED_PRECONDITION')],
    ['b', expired(400, 'INVALID_ARGUMENT')],
    ['410', expired(410, 'FAILED_PRECONDITION')],
  ] as const)(
    'expires seven days after the full sync, in form %s',
    async ([form, error], { people, sandbox }) => {
      sandbox.settings.change({ googleExpiredSyncToken: form })
      const visitor = peopleVisitor(
        sandbox,
        'user',
        sandbox.google.issueToken('user', { expiresIn: 30 * 24 * 3600 }),
      )
      const begun = Date.now()
      const full = (await people.all(FULL)).last.body.nextSyncToken
      vi.useFakeTimers({ toFake: ['Date'] })
      vi.setSystemTime(begun + 6 * 24 * 3600 * 1000)
      const later = await visitor.sync(full)
      expect(later.last.status).toBe(200)
      vi.setSystemTime(begun + 7 * 24 * 3600 * 1000 + 60_000)
      for (const token of [full, later.last.body.nextSyncToken]) {
        const { status, body } = (await visitor.sync(token)).last
        expect([status, body]).toEqual([error.error.code, error])
      }
      expect((await visitor.all(FULL)).people).toHaveLength(35)
    },
  )

  test('expires with the contacts that it is for', async ({ people, sandbox }) => {
    const token = (await people.all(FULL)).last.body.nextSyncToken
    sandbox.settings.change({ googleContacts: 5 })
    expect((await people.sync(token)).last.body).toEqual(expired(400, 'FAILED_PRECONDITION'))
    expect((await people.all(FULL)).people).toHaveLength(5)
  })
})

import { describe, expect } from 'vitest'
import { googleErrorNames } from '../../sandbox/google/google-error.ts'
import type { SourceContact } from '../../src/domain/contact.ts'
import { contactSourceContract } from '../../src/testing/contracts/contact-source-contract.ts'
import { readSource, type SourceReading } from '../../src/testing/read-source.ts'
import { test as base } from '../temp-folder.ts'
import { startPeople } from './start-people.ts'

contactSourceContract('Google', async () => {
  const { sandbox, contacts, source, requests } = await startPeople(
    { googleContacts: 1_010 },
    // It also reads from a service that is gone, and waits as long for it.
    { limits: { request: 60_000, retries: 3_000, firstBackoff: 5 } },
  )
  return {
    source,
    ids: contacts.all().map(({ resourceName }) => resourceName),
    fallSilent: () => sandbox.settings.change({ faults: [{ kind: 'silent', match: 'GET /google/people' }] }),
    requests: () => requests().length,
    dispose: () => sandbox.close(),
  }
})

const test = base.extend('contacts', 30).extend('people', async ({ contacts }, { onCleanup }) => {
  const people = await startPeople({ googleContacts: contacts })
  onCleanup(() => people.sandbox.close())
  return people
})

const namesOf = (contacts: Iterable<SourceContact>) => [...contacts].map(({ name }) => name.full)

/** A refresh after a reading. */
const refreshed = ({ source }: Awaited<ReturnType<typeof startPeople>>, last: SourceReading) =>
  readSource(source, {
    changesSince: last.finished?.cursor ?? null,
    list: last.contacts,
    onDevice: last.contacts,
    isRefresh: true,
  })

describe('a refresh', () => {
  test('asks for changes only: one request, whatever the number of contacts', async ({ people }) => {
    const first = await readSource(people.source)
    const before = people.requests().length
    const next = await refreshed(people, first)
    expect(people.requests().length).toBe(before + 1)
    expect(next.reports.map(({ type }) => type)).toEqual(['changes.fetched', 'listing.finished'])
    expect(next.contacts).toEqual(first.contacts)
  })

  test('brings what was added, changed and deleted', async ({ people }) => {
    const { contacts } = people
    const first = await readSource(people.source)
    const [changed, deleted] = contacts.all()
    contacts.add({ names: [{ displayName: 'Grace Hopper' }] })
    contacts.change(changed?.resourceName ?? '', { names: [{ displayName: 'Ada Lovelace' }] })
    contacts.remove(deleted?.resourceName ?? '')
    const next = await refreshed(people, first)
    expect(next.contacts.size).toBe(30)
    expect(namesOf(next.contacts.values())).toEqual(expect.arrayContaining(['Grace Hopper', 'Ada Lovelace']))
    expect([...next.contacts.keys()]).not.toContain(deleted?.resourceName)
    // The deletion was asked about.
    expect(people.requests().filter((each) => each.includes(':batchGet'))).toHaveLength(1)
  })

  test('keeps the id of a contact that Google renames, through later changes and its deletion', async ({
    people,
  }) => {
    const { contacts } = people
    const first = await readSource(people.source)
    const id = contacts.all()[0]?.resourceName ?? ''
    const later = contacts.rename(id)
    const renamed = await refreshed(people, first)
    expect([...renamed.contacts.keys()].sort()).toEqual([...first.contacts.keys()].sort())
    contacts.change(later, { names: [{ displayName: 'New Name' }] })
    const again = contacts.rename(later)
    const changed = await refreshed(people, renamed)
    expect(changed.contacts.get(id)?.name.full).toBe('New Name')
    expect(changed.contacts.size).toBe(30)
    contacts.remove(again)
    const deleted = await refreshed(people, changed)
    expect(deleted.contacts.has(id)).toBe(false)
    expect(deleted.contacts.size).toBe(29)
  })

  test.for(['a', 'b', '410'] as const)(
    'lists completely, once, if the sync token has expired (form %s)',
    async (form, { people }) => {
      const { sandbox, contacts } = people
      const first = await readSource(people.source)
      const [renamed, deleted] = contacts.all()
      contacts.rename(renamed?.resourceName ?? '')
      contacts.remove(deleted?.resourceName ?? '')
      sandbox.settings.change({ googleSyncTokenLifetime: 0, googleExpiredSyncToken: form })
      const before = people.fullLists()
      const next = await refreshed(people, first)
      expect(people.fullLists()).toBe(before + 1)
      expect(next.contacts.size).toBe(29)
      // A complete list does not say that a contact was renamed.
      expect(next.contacts.has(renamed?.resourceName ?? '')).toBe(true)
      expect(next.contacts.has(deleted?.resourceName ?? '')).toBe(false)
    },
  )

  test('lists completely if Google says that a token of another request is invalid', async ({ people }) => {
    const first = await readSource(people.source)
    people.sandbox.settings.change({
      faults: [{ kind: 'google-error', name: 'invalid-argument', match: '*syncToken=', times: 1 }],
    })
    expect((await refreshed(people, first)).contacts).toEqual(first.contacts)
  })

  test('does not list in a loop if Google refuses each token', async ({ people }) => {
    people.sandbox.settings.change({
      googleContacts: 1_200,
      faults: [{ kind: 'google-error', name: 'expired-sync-token-a', match: '*pageToken=' }],
    })
    await expect(readSource(people.source)).rejects.toMatchObject({ code: 'bad-answer' })
    expect(people.fullLists()).toBe(2)
  })

  test('with cursors of other fields lists completely', async ({ people }) => {
    const first = await readSource(people.source)
    const cursor = { ...(first.finished?.cursor as object), shape: 'names' }
    const next = await readSource(people.source, { changesSince: cursor, onDevice: first.contacts })
    expect(next.reports[0]).toMatchObject({ type: 'contacts.counted', count: 30 })
  })
})

describe('a contact that is left out', () => {
  /** A source whose answers are changed on the way. */
  const altered = async (change: (body: Record<string, unknown>, url: string) => unknown) =>
    startPeople(
      { googleContacts: 30 },
      {
        fetch: async (address, init) => {
          const response = await fetch(address, init)
          const url = address instanceof Request ? address.url : address.toString()
          const body = change((await response.json()) as Record<string, unknown>, url)
          return Response.json(body, { status: response.status })
        },
      },
    )

  test('by a complete list is asked for, and kept if it exists', async () => {
    let leavesOut = false
    const people = await altered((body) =>
      leavesOut && Array.isArray(body['connections'])
        ? { ...body, connections: body['connections'].slice(5) }
        : body,
    )
    const first = await readSource(people.source)
    leavesOut = true
    const gone = people.contacts.all()[0]?.resourceName ?? ''
    people.contacts.remove(gone)
    const next = await readSource(people.source, { onDevice: first.contacts })
    expect(next.contacts.size).toBe(29)
    expect(next.contacts.has(gone)).toBe(false)
    expect(next.finished).toMatchObject({ verified: true })
    await people.sandbox.close()
  })

  test('is kept if Google does not answer for it, and the next refresh lists completely', async () => {
    let leavesOut = false
    const people = await altered((body, url) =>
      url.includes(':batchGet')
        ? { responses: 'none' }
        : leavesOut && Array.isArray(body['connections'])
          ? { ...body, connections: body['connections'].slice(5) }
          : body,
    )
    const first = await readSource(people.source)
    leavesOut = true
    const next = await readSource(people.source, { onDevice: first.contacts })
    expect(next.contacts.size).toBe(30)
    expect(next.finished).toMatchObject({ verified: false })
    leavesOut = false
    const last = await refreshed(people, next)
    expect(last.reports[0]).toMatchObject({ type: 'contacts.counted' })
    await people.sandbox.close()
  })

  test('is kept if a change says that it was deleted and it was not', async () => {
    let lies = false
    const people = await altered((body, url) => {
      if (!lies || !url.includes('syncToken=')) return body
      const { resourceName, sourceId } = people.contacts.all()[3] ?? { resourceName: '', sourceId: '' }
      const metadata = { sources: [{ type: 'CONTACT', id: sourceId }], deleted: true }
      return { ...body, connections: [{ resourceName, metadata }] }
    })
    const first = await readSource(people.source)
    lies = true
    const next = await refreshed(people, first)
    expect(next.contacts.size).toBe(30)
    expect(next.contacts).toEqual(first.contacts)
    await people.sandbox.close()
  })
})

describe('a damaged answer', () => {
  test.for(['no-id', 'not-an-object', 'wrong-type', 'error-in-place', 'surrogate-id', 'dot-id'] as const)(
    'of one contact (%s) costs only that contact',
    async (how, { people }) => {
      people.sandbox.settings.change({
        faults: [{ kind: 'malformed', how, at: 3, match: 'GET /google/people' }],
      })
      const { contacts, skipped } = await readSource(people.source)
      expect(contacts.size + skipped.length).toBe(30)
      expect(contacts.size).toBeGreaterThanOrEqual(29)
    },
  )

  test('that repeats contacts gives each once', async ({ people }) => {
    people.sandbox.settings.change({
      faults: [{ kind: 'repeat-items', items: 10, match: 'GET /google/people' }],
    })
    expect((await readSource(people.source)).contacts.size).toBe(30)
  })

  test('that leads to itself ends the reading', async ({ people }) => {
    people.sandbox.settings.change({ faults: [{ kind: 'loop', match: 'GET /google/people' }] })
    await expect(readSource(people.source)).rejects.toMatchObject({ code: 'bad-answer' })
  })

  test('with empty pages without end ends the reading', async ({ people }) => {
    let pages = 0
    const endless = await startPeople(
      { googleContacts: 1 },
      { fetch: async () => Response.json({ nextPageToken: `token-${(pages += 1)}` }) },
    )
    await expect(readSource(endless.source)).rejects.toMatchObject({ code: 'bad-answer' })
    await Promise.all([endless, people].map(({ sandbox }) => sandbox.close()))
  })
})

describe('a refusal', () => {
  const codes = {
    'insufficient-scopes': 'permission-missing',
    'service-disabled': 'app-misconfigured',
    'invalid-argument': 'bad-answer',
    'invalid-person-fields': 'bad-answer',
    unauthenticated: 'sign-in-expired',
    'expired-sync-token-a': 'bad-answer',
    'expired-sync-token-b': 'bad-answer',
    'expired-sync-token-410': 'bad-answer',
  } as const
  test.for(Object.entries(codes))('%s fails as %s, with its reason', async ([name, code], { people }) => {
    people.sandbox.settings.change({ faults: [{ kind: 'google-error', name: name as keyof typeof codes }] })
    await expect(readSource(people.source)).rejects.toMatchObject({
      code,
      details: { status: expect.any(Number) as number },
    })
  })

  const passing = { 'fbs-quota': 'throttled', 'rate-limit': 'throttled', unavailable: 'service-unavailable' }
  test.for(Object.entries(passing))(
    '%s is waited for, told, and repeated',
    async ([name, reason], { people }) => {
      people.sandbox.settings.change({
        faults: [{ kind: 'google-error', name: name as keyof typeof passing, times: 2 }],
      })
      const { contacts, shown } = await readSource(people.source)
      expect(contacts.size).toBe(30)
      expect(new Set(shown.flatMap(({ waiting }) => waiting?.reason ?? []))).toEqual(new Set([reason]))
    },
  )

  test('of every recorded kind is covered here', () => {
    const covered = [...Object.keys(codes), ...Object.keys(passing), 'invalid-grant']
    expect(covered.toSorted()).toEqual([...googleErrorNames].toSorted())
  })

  test('of an expired token leads to another token', async ({ people }) => {
    people.sandbox.settings.change({
      faults: [{ kind: 'token-expired', times: 1, match: 'GET /google/people' }],
    })
    expect((await readSource(people.source)).contacts.size).toBe(30)
  })
})

test('no request asks for more than contacts, and none goes elsewhere', async ({ people }) => {
  await readSource(people.source)
  for (const each of people.requests()) {
    expect(each).toContain('sources=READ_SOURCE_TYPE_CONTACT')
    expect(each).not.toContain('photos')
  }
})

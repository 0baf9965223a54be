import { readFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { afterEach, expect, test } from 'vitest'
import { graphContactSource } from '../../src/adapters/microsoft365/mailbox/graph-contact-source.ts'
import type { FailureCode } from '../../src/domain/failures.ts'
import type { Json } from '../../src/index.ts'
import { json, type LocalAnswer, localService, type LocalService } from '../../src/testing/local-service.ts'
import { readSource } from '../../src/testing/read-source.ts'
import { fastTimers } from './engine-device.ts'

// A server with logic of its own would repeat our assumptions, so this one repeats what Graph has answered. The files
// are the sample responses of Microsoft's Graph documentation (microsoftgraph/microsoft-graph-docs, named after the
// page and its example), and errors as people reported them from the service (named by status and code). None was
// altered.
const recorded = (name: string): object =>
  JSON.parse(
    readFileSync(new URL(`../payloads/graph/recorded/${name}.json`, import.meta.url), 'utf8'),
  ) as object

let service: LocalService | undefined
afterEach(() => service?.close())

type Answers = Readonly<Record<string, LocalAnswer | object>>

/** The links in the recordings lead to Graph, so the requests to it are brought here. */
const GRAPH = 'https://graph.microsoft.com'

const replaying = async (answers: Answers) => {
  const paths = Object.keys(answers)
  const claims: (string | undefined)[] = []
  service = await localService((response, request) => {
    const path = paths.find((candidate) => decodeURI(request.url ?? '').includes(candidate))
    const answer = path === undefined ? json({ error: { code: 'NotServed' } }, 400) : answers[path]
    return (typeof answer === 'function' ? (answer as LocalAnswer) : json(answer))(response, request)
  })
  const { origin } = service.url
  const source = graphContactSource({
    graphUrl: GRAPH,
    tokens: {
      accessToken: async (wanted) => {
        claims.push(wanted.claims)
        return 'token'
      },
    },
    timers: fastTimers(),
    fetch: (address, init) => fetch((address as string).replace(GRAPH, origin), init),
  })
  return { source, claims }
}

const nothing = { value: [] }
const refused = (status: number): LocalAnswer => json({ error: { code: 'BadRequest' } }, status)

/** Gives one answer after another, and then repeats the last one. */
const inTurn = (...answers: (LocalAnswer | object)[]): LocalAnswer => {
  let turn = 0
  return (response, request: IncomingMessage) => {
    const answer = answers[Math.min(turn++, answers.length - 1)]
    return (typeof answer === 'function' ? (answer as LocalAnswer) : json(answer))(response, request)
  }
}

const garth = recorded('v1.0_api_contact-get__01_response')
const garthId = 'AAMkAGI2THk0AAA='
const noBatch = { '/$batch': refused(404) }

test('contacts and folders of the documentation: what has no id is skipped, each folder is read once', async () => {
  const { source } = await replaying({
    ...noBatch,
    '/delta': json(recorded('concepts_delta-query-overview__01_response'), 501),
    '/childFolders': recorded('v1.0_api_contactfolder-list-childfolders__01_response'),
    '/me/contactFolders/id-value/contacts': { value: [garth] },
    '/me/contactFolders/AQMk': recorded('v1.0_api_contactfolder-list-contacts__01_response'),
    '/me/contactFolders?': recorded('v1.0_api_user-list-contactfolders__01_response'),
    '/me/contacts?': recorded('v1.0_api_user-list-contacts__01_response'),
  })
  const { ids, pages, finished } = await readSource(source)
  expect(ids).toEqual([garthId])
  expect(pages.flatMap(({ skipped }) => skipped).map(({ reason }) => reason)).toEqual(['no-id', 'no-id'])
  expect(finished?.verified).toBe(true)
})

/** Links of the recorded delta query, in the order in which they are followed. */
const messages = {
  'deltatoken=latest': refused(400),
  'skiptoken=GwcBoTmPuoTQWfcsAbkYM': recorded('concepts_delta-query-messages__02_body'),
  'skiptoken=GwcBoTmPKILK4jLH7mAd1lLU': recorded('concepts_delta-query-messages__03_body'),
}
const silent = { ...recorded('concepts_delta-query-messages__04_body'), value: [] }

test('a recorded delta query is walked to its end, and its changes are asked for by its own link', async () => {
  const delta = inTurn(silent, silent, recorded('concepts_delta-query-messages__04_body'), silent)
  const { source } = await replaying({
    ...noBatch,
    ...messages,
    'deltatoken=GwcBoTmPuoGNlgXgF1nyUNMXY': delta,
    '/me/contacts/delta': recorded('concepts_delta-query-messages__01_body'),
    '/me/contactFolders?': nothing,
    '/me/contacts?': { value: [], '@odata.count': 5 },
  })
  const first = await readSource(source)
  expect(first.ids).toEqual([
    'AAMkADNkNAAASq35xAAA=',
    'AQMkADNkNAAAVRMKAAAAA==',
    'AQMkADNkNAAAgWkAAAA',
    'AQMkADNkNAAAgWJAAAA',
    'AAMkADk0MGFkODE3LWEAAA=',
  ])
  expect(first.finished?.verified).toBe(true)
  const cursor = first.finished?.cursor ?? null
  const calm = await readSource(source, { list: first.contacts, changesSince: cursor })
  expect(calm.reports.map(({ type }) => type)).toEqual(['listing.finished'])
  const changed = await readSource(source, { list: first.contacts, changesSince: cursor })
  expect(changed.reports[0]).toMatchObject({
    type: 'changes.fetched',
    upserted: [{ id: 'AAMkADNkNAAASq35xAAA=' }],
  })
  expect([...changed.contacts.keys()].sort()).toEqual([...first.ids].sort())
})

test('a recorded delta with its placeholders is followed as it is', async () => {
  const { source } = await replaying({
    ...noBatch,
    'deltatoken=latest': refused(400),
    'skiptoken={_skipToken_}': recorded('concepts_delta-query-messages__03_body'),
    deltatoken: silent,
    '/me/contacts/delta': recorded('v1.0_api_contact-delta__01_response'),
    '/me/contactFolders?': nothing,
    '/me/contacts?': { value: [], '@odata.count': 2 },
  })
  const { ids, pages, finished } = await readSource(source)
  expect(ids).toEqual(['AAMkADk0MGFkODE3LWEAAA='])
  expect(pages[0]?.skipped).toEqual([{ reason: 'no-id' }])
  expect(finished?.verified).toBe(true)
})

const deltaLink = `${GRAPH}/v1.0/me/contacts/delta?$deltatoken=1`

/** Refreshes a mailbox with one contact whose stored delta link gets this answer. */
const refreshed = async (answer: LocalAnswer, asPart: boolean) => {
  let isRefresh = false
  const calm = json({ value: [], '@odata.deltaLink': deltaLink })
  const delta = inTurn(answer, calm)
  const part = (id: string, status: number, body: unknown) => ({ id, status, headers: {}, body })
  const { source, claims } = await replaying({
    '/$batch': (response, request) => {
      if (!isRefresh || !asPart) return refused(404)(response, request)
      isRefresh = false
      const { status, body } = answerOf(answer)
      return json({ responses: [part('1', 200, nothing), part('0', status, body)] })(response, request)
    },
    '/me/contacts/delta': (response, request) => (isRefresh && !asPart ? delta : calm)(response, request),
    '/me/contactFolders?': nothing,
    '/me/contacts?': { value: [garth], '@odata.count': 1 },
  })
  const { contacts, finished } = await readSource(source)
  const cursor: Json = finished?.cursor ?? null
  isRefresh = true
  return { reading: readSource(source, { list: contacts, changesSince: cursor }), claims }
}

/** Status and body of an answer of this file, without a connection. */
const answerOf = (answer: LocalAnswer): { status: number; body: unknown } => {
  let said = { status: 0, body: '' }
  const response = {
    writeHead: (status: number) => {
      said = { ...said, status }
      return { end: (body: string) => (said = { ...said, body }) }
    },
  }
  void answer(response as never, {} as never)
  return { status: said.status, body: JSON.parse(said.body) as unknown }
}

const failing: [string, FailureCode][] = [
  ['403_ErrorAccessDenied', 'permission-missing'],
  ['403_ErrorAccessDenied_applicationAccessPolicy', 'permission-missing'],
]
const listing = [
  '400_ErrorInvalidUrlQueryFilter',
  '404_ErrorItemNotFound',
  '410_SyncStateNotFound',
  '410_resyncRequired_onedrive',
]
const gone = [
  '404_ErrorInvalidUser',
  '404_MailboxNotEnabledForRESTAPI_2019_oldmessage',
  '404_MailboxNotEnabledForRESTAPI_2023',
  '404_ResourceNotFound',
]
const passing = [
  '401_CAE_recorded_2021',
  '401_InvalidAuthenticationToken_CAE',
  '429_ApplicationThrottled_MailboxConcurrency',
  '429_TooManyRequests_docs',
  '429_UnknownError_empty',
  '504_UnknownError_empty',
]
const answering = (name: string): LocalAnswer => json(recorded(name), Number(name.slice(0, 3)))

for (const asPart of [false, true]) {
  const where = asPart ? 'a part of a batch' : 'a delta'

  test.each(failing)(`%s to ${where} ends a refresh as %s`, async (name, code) => {
    const { reading } = await refreshed(answering(name), asPart)
    await expect(reading).rejects.toMatchObject({ name: 'ImportFailure', code })
  })

  test.each(gone)(`%s to ${where} ends a refresh as no-mailbox`, async (name) => {
    const { reading } = await refreshed(answering(name), asPart)
    await expect(reading).rejects.toMatchObject({ name: 'ImportFailure', code: 'no-mailbox' })
  })

  test.each(listing)(`%s to ${where} has everything listed again`, async (name) => {
    const { reports, contacts } = await (await refreshed(answering(name), asPart)).reading
    expect(reports[0]).toEqual({ type: 'contacts.counted', count: 1 })
    expect([...contacts.keys()]).toEqual([garthId])
  })

  test.each(passing)(`%s to ${where} passes`, async (name) => {
    const { reports, contacts } = await (await refreshed(answering(name), asPart)).reading
    expect(reports.map(({ type }) => type)).toEqual(['listing.finished'])
    expect([...contacts.keys()]).toEqual([garthId])
  })
}

test('a recorded challenge of continuous access evaluation is answered with its claims', async () => {
  const file = new URL(
    '../payloads/graph/recorded/401_CAE_recorded_2021_www-authenticate.txt',
    import.meta.url,
  )
  const [, challenge = ''] = /^WWW-Authenticate: (.*)/.exec(readFileSync(file, 'utf8')) ?? []
  const answer = json(recorded('401_CAE_recorded_2021'), 401, { 'www-authenticate': challenge })
  const { reading, claims } = await refreshed(answer, false)
  await reading
  expect(claims).toContain('{"access_token":{"nbf":{"essential":true, "value":"1635527790"}}}')
})

test('a recorded batch does not match the request, so its links are followed one by one', async () => {
  const { source } = await replaying({
    '/$batch': recorded('concepts_json-batching__02_body'),
    '/delta': refused(400),
    '/childFolders': nothing,
    '/me/contactFolders?': { value: ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id, displayName: id })) },
    '/me/contactFolders/': nothing,
    '/me/contacts?': { value: [garth], '@odata.count': 1 },
  })
  const { ids, finished } = await readSource(source)
  expect(ids).toEqual([garthId])
  expect(finished?.verified).toBe(true)
})

import { describe, expect, test } from 'vitest'
import { ImportFailure } from '../../../domain/failures.ts'
import type { GraphClient } from '../graph/graph-client.ts'
import { readItem, type GraphItem } from '../graph/graph-item.ts'
import { mailboxUrls } from './urls.ts'
import { fetchFullNotes, fetchPresent } from './fetch-by-id.ts'

const urls = mailboxUrls(new URL('https://graph.example.test/v1.0'))
const cut = { id: 'a', personalNotes: 'x'.repeat(256) }
const whole = { id: 'a', personalNotes: 'x'.repeat(300) }
const otherCut = { id: 'b', personalNotes: 'y'.repeat(256) }
const otherWhole = { id: 'b', personalNotes: 'y'.repeat(300) }

/** Answers a request for one contact with `answer`, and for the other with the whole contact. */
const answering = (answer: PromiseSettledResult<unknown>, hasMailbox = false): GraphClient => ({
  hasMailbox,
  sparesPreflights: false,
  follow: () => Promise.reject(new Error('Nothing is asked for link by link here')),
  rawValues: () => Promise.reject(new Error('No raw values are asked for here')),
  followAll: async (links) =>
    links.map((link) =>
      link.startsWith(urls.contact('b')) ? { status: 'fulfilled', value: otherWhole } : answer,
    ),
})
const well = (value: unknown) => answering({ status: 'fulfilled', value })
const refused = (code: 'bad-answer' | 'no-mailbox' | 'throttled', status: number, hasMailbox = false) =>
  answering({ status: 'rejected', reason: new ImportFailure(code, { status }) }, hasMailbox)

const listed = (isAlone: boolean) => [cut, ...(isAlone ? [] : [otherCut])]
type Ask = (graph: GraphClient, isAlone?: boolean) => Promise<readonly GraphItem[]>
const fetched: [string, Ask, unknown][] = [
  ['a cut note', (graph, isAlone = true) => fetchFullNotes(graph, urls, listed(isAlone).map(readItem)), cut],
  [
    'a contact',
    async (graph, isAlone = true) =>
      fetchPresent(
        graph,
        urls,
        listed(isAlone).map(({ id }) => id),
      ),
    undefined,
  ],
]

const fieldsOf = (items: readonly GraphItem[]) => items.map(({ fields }) => fields)

describe.each(fetched)('%s that is requested by its id', (_, ask, without) => {
  test('is returned in full', async () => {
    expect(fieldsOf(await ask(well(whole)))).toEqual([whole])
  })

  test('may be gone', async () => {
    expect(fieldsOf(await ask(refused('bad-answer', 404)))).toEqual(without === undefined ? [] : [without])
  })

  test.each([
    ['an error with status 200', { error: { code: 'ErrorInternalServerError' } }],
    ['another contact', { id: 'b' }],
    ['nothing', null],
  ])('costs no other contact, and is not taken for gone, if the answer is %s', async (_name, body) => {
    const items = await ask(well(body), false)
    expect(fieldsOf(items)).toEqual([...(without === undefined ? [] : [without]), otherWhole])
    expect(items.map(({ isNoteCut }) => isNoteCut)).toEqual([
      ...(without === undefined ? [] : [true]),
      undefined,
    ])
  })

  test('does not count as gone if the mailbox may be missing', async () => {
    await expect(ask(refused('no-mailbox', 404))).rejects.toMatchObject({ code: 'no-mailbox' })
  })

  test('is gone if the error is that of a missing mailbox, but the mailbox has answered', async () => {
    const items = await ask(refused('no-mailbox', 404, true))
    expect(fieldsOf(items)).toEqual(without === undefined ? [] : [without])
  })

  test('does not count as gone if the service throttles', async () => {
    await expect(ask(refused('throttled', 429))).rejects.toMatchObject({ code: 'throttled' })
  })
})

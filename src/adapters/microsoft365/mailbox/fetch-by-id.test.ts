import { describe, expect, test } from 'vitest'
import { ImportFailure } from '../../../domain/failures.ts'
import type { GraphClient } from '../graph/graph-client.ts'
import { readItem, type GraphItem } from '../graph/graph-item.ts'
import { mailboxUrls } from './urls.ts'
import { fetchFullNotes, fetchPresent } from './fetch-by-id.ts'

const urls = mailboxUrls(new URL('https://graph.example.test/v1.0'))
const cut = { id: 'a', personalNotes: 'x'.repeat(256) }
const whole = { id: 'a', personalNotes: 'x'.repeat(300) }

/** Answers the only by-id request. */
const answering = (answer: PromiseSettledResult<unknown>): GraphClient => ({
  follow: () => Promise.reject(new Error('Nothing is asked for link by link here')),
  followAll: async () => [answer],
})
const well = (value: unknown) => answering({ status: 'fulfilled', value })
const refused = (code: 'bad-answer' | 'no-mailbox' | 'throttled', status: number) =>
  answering({ status: 'rejected', reason: new ImportFailure(code, { status }) })

const fetched: [string, (graph: GraphClient) => Promise<readonly GraphItem[]>, unknown][] = [
  ['a cut note', (graph) => fetchFullNotes(graph, urls, [readItem(cut)]), cut],
  ['a contact', async (graph) => fetchPresent(graph, urls, ['a']), undefined],
]

const fieldsOf = (items: readonly GraphItem[]) => items.map(({ fields }) => fields)

describe.each(fetched)('%s that is asked for by its id', (_, ask, without) => {
  test('comes whole', async () => {
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
    const items = await ask(well(body))
    expect(fieldsOf(items)).toEqual(without === undefined ? [] : [without])
    expect(items.map(({ isNoteCut }) => isNoteCut)).toEqual(without === undefined ? [] : [true])
  })

  test('is not taken for gone where the mailbox is', async () => {
    await expect(ask(refused('no-mailbox', 404))).rejects.toMatchObject({ code: 'no-mailbox' })
  })

  test('is not taken for gone where the service is throttled', async () => {
    await expect(ask(refused('throttled', 429))).rejects.toMatchObject({ code: 'throttled' })
  })
})

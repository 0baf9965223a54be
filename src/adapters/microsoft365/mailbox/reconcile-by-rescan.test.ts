import { expect, test } from 'vitest'
import { ImportFailure } from '../../../domain/failures.ts'
import type { SourceContact } from '../../../domain/contact.ts'
import type { GraphClient } from '../graph/graph-client.ts'
import { readItem } from '../graph/graph-item.ts'
import { mailboxUrls } from './urls.ts'
import { MailboxIndex } from './mailbox-index.ts'
import { reconcileByRescan } from './reconcile-by-rescan.ts'
import { defaultFolder } from './folders.ts'

const urls = mailboxUrls(new URL('https://graph.example.test/v1.0'))
const folders = [{ ...defaultFolder, count: null, delta: null, walks: false }]
const item = (id: string, changeKey = '1') => ({ id, changeKey, parentFolderId: 'default' })

/** The content of the mailbox at each reading. The last one is repeated. */
const graphOf = (
  readings: readonly object[][],
  byId: (id: string) => unknown,
): GraphClient & { readings: number } => {
  const graph = {
    readings: 0,
    hasMailbox: true,
    sparesPreflights: false,
    follow: async (link: string): Promise<unknown> => {
      if (!link.includes('/me/contacts?')) return { value: [] }
      return { value: readings[Math.min(graph.readings++, readings.length - 1)] }
    },
    rawValues: () => Promise.reject(new Error('No raw values are asked for here')),
    followAll: (all: readonly string[]) =>
      Promise.allSettled(
        all.map(async (link) => {
          const id = /contacts\/([^?]+)/.exec(link)?.[1]
          return id === undefined ? graph.follow(link) : byId(id)
        }),
      ),
  }
  return graph
}

const reconcile = async (graph: GraphClient, first: MailboxIndex) => {
  const list = new Map<string, string | undefined>([...first.versions].map(([id]) => [id, 'listed']))
  const rounds = reconcileByRescan(graph, urls, folders, first, null)
  for (let step = await rounds.next(); ; step = await rounds.next()) {
    if (step.done === true) return { list, verified: step.value.verified }
    for (const { id } of step.value.removed) list.delete(id)
    for (const { id, version } of step.value.upserted) list.set(id, version)
  }
}

test('a contact that could not be fetched by its id is asked for again as long as it is listed', async () => {
  let refusals = 1
  const graph = graphOf([[item('a'), item('b')]], (id) => {
    if (refusals-- > 0) throw new ImportFailure('bad-answer', { status: 404 })
    return item(id)
  })
  const first = new MailboxIndex()
  first.add([readItem(item('a'))])
  const { list, verified } = await reconcile(graph, first)
  expect(verified).toBe(true)
  expect([...list]).toEqual([
    ['a', 'listed'],
    ['b', '1'],
  ])
})

test('a contact that changed and then disappeared is removed, although it could no longer be fetched', async () => {
  const graph = graphOf([[item('a', '2')], []], () => {
    throw new ImportFailure('bad-answer', { status: 404 })
  })
  const first = new MailboxIndex()
  first.add([readItem(item('a'))])
  expect(await reconcile(graph, first)).toEqual({ list: new Map(), verified: true })
})

test('three readings have to agree, including the listing', async () => {
  const graph = graphOf([[item('a')]], item)
  const first = new MailboxIndex()
  first.add([readItem(item('a'))])
  expect((await reconcile(graph, first)).verified).toBe(true)
  expect(graph.readings).toBe(2)
})

test('what was recorded before a crash does not count as one of the three: ids may have come twice in it', async () => {
  const graph = graphOf([[item('a')]], item)
  const first = new MailboxIndex()
  first.recall([{ id: 'a', folder: 'default', version: '1' } as SourceContact])
  expect((await reconcile(graph, first)).verified).toBe(true)
  expect(graph.readings).toBe(3)
})

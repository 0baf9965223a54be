import { expect, test } from 'vitest'
import { ImportFailure } from '../../../domain/failures.ts'
import type { Contact } from '../../../domain/contact.ts'
import type { GraphClient } from '../graph/graph-client.ts'
import { mailboxUrls } from './urls.ts'
import { MailboxIndex } from './mailbox-index.ts'
import { reconcileByRescan } from './reconcile-by-rescan.ts'
import { defaultFolder } from './folders.ts'

const links = mailboxUrls(new URL('https://graph.example.test/v1.0'))
const folders = [{ ...defaultFolder, count: null, delta: null, walks: false }]
const item = (id: string, changeKey = '1') => ({ id, changeKey, parentFolderId: 'default' })

/** Looks at the mailbox one after another; the last one is what it stays at. */
const graphOf = (
  looks: readonly object[][],
  byId: (id: string) => unknown,
): GraphClient & { looks: number } => {
  const graph = {
    looks: 0,
    follow: async (link: string): Promise<unknown> => {
      if (!link.includes('/me/contacts?')) return { value: [] }
      return { value: looks[Math.min(graph.looks++, looks.length - 1)] }
    },
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

const settle = async (graph: GraphClient, first: MailboxIndex) => {
  const list = new Map<string, string | undefined>([...first.versions].map(([id]) => [id, 'listed']))
  const rounds = reconcileByRescan(graph, links, folders, first, null)
  for (let step = await rounds.next(); ; step = await rounds.next()) {
    if (step.done === true) return { list, verified: step.value.verified }
    for (const { id } of step.value.removed) list.delete(id)
    for (const { id, version } of step.value.upserted) list.set(id, version)
  }
}

test('what could not be had by its id is asked for again as long as it is listed', async () => {
  let refusals = 1
  const graph = graphOf([[item('a'), item('b')]], (id) => {
    if (refusals-- > 0) throw new ImportFailure('bad-answer', { status: 404 })
    return item(id)
  })
  const first = new MailboxIndex()
  first.add([item('a')])
  const { list, verified } = await settle(graph, first)
  expect(verified).toBe(true)
  expect([...list]).toEqual([
    ['a', 'listed'],
    ['b', '1'],
  ])
})

test('what changed and then went is removed, though it could not be had any more', async () => {
  const graph = graphOf([[item('a', '2')], []], () => {
    throw new ImportFailure('bad-answer', { status: 404 })
  })
  const first = new MailboxIndex()
  first.add([item('a')])
  expect(await settle(graph, first)).toEqual({ list: new Map(), verified: true })
})

test('three readings have to agree, the listing being one', async () => {
  const graph = graphOf([[item('a')]], item)
  const first = new MailboxIndex()
  first.add([item('a')])
  expect((await settle(graph, first)).verified).toBe(true)
  expect(graph.looks).toBe(2)
})

test('what was recorded before a crash does not count as one of three that agree: ids may have come twice in it', async () => {
  const graph = graphOf([[item('a')]], item)
  const first = new MailboxIndex()
  first.recall([{ id: 'a', folder: 'default', version: '1' } as Contact])
  expect((await settle(graph, first)).verified).toBe(true)
  expect(graph.looks).toBe(3)
})

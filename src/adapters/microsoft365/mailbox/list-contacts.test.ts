import { afterEach, expect, test } from 'vitest'
import { byQuery, emptyMailbox, localGraph } from '../../../testing/local-graph.ts'
import { json, type LocalService } from '../../../testing/local-service.ts'
import { readSource } from '../../../testing/read-source.ts'
import { graphContactSource } from './graph-contact-source.ts'

let service: LocalService | undefined
afterEach(() => service?.close())

const contact = (id: string) => ({ id, parentFolderId: 'default', displayName: `Name ${id}` })
const removed = (id: string) => ({ id, '@removed': { reason: 'deleted' } })

/** A mailbox that is walked by deltas and changes meanwhile: `items` come on the second page. */
const walked = async (...items: object[]) => {
  const delta = byQuery((query, { headers }) => {
    const link = `http://${headers.host ?? ''}/v1.0/me/contacts/delta?`
    if (query.has('$deltatoken')) return { value: [], '@odata.deltaLink': `${link}$deltatoken=next` }
    if (!query.has('$skiptoken'))
      return { value: [contact('1'), contact('2')], '@odata.nextLink': `${link}$skiptoken=2` }
    return { value: items, '@odata.deltaLink': `${link}$deltatoken=first` }
  })
  const refused = json({ error: { code: 'BadRequest' } }, 400)
  service = await localGraph({
    ...emptyMailbox,
    '/me/contacts': { value: [contact('1')], '@odata.count': 2 },
    '/me/contacts/1': json({ error: { code: 'ErrorItemNotFound' } }, 404),
    '/me/contacts/3': json({ error: { code: 'ErrorItemNotFound' } }, 404),
    '/me/contacts/delta': (response, request) =>
      (request.url?.includes('deltatoken=latest') ? refused : delta)(response, request),
  })
  return graphContactSource({ graphUrl: service.url.origin, tokens: { accessToken: async () => 'token' } })
}

test.each([
  ['one was removed', [contact('3'), removed('1')], ['2', '3']],
  ['one was removed and is there again', [removed('1'), contact('1')], ['1', '2']],
  ['one came and was removed', [contact('3'), removed('3'), contact('4')], ['1', '2', '4']],
])('a walk in which %s ends with what is there, wherever the process died', async (_, items, ids) => {
  const source = await walked(...items)
  const whole = await readSource(source)
  expect([...whole.contacts.keys()].sort()).toEqual(ids)
  for (let stopAfter = 1; stopAfter < whole.reports.length; stopAfter++) {
    const { cursor, contacts } = await readSource(source, { stopAfter })
    const resumed = await readSource(source, { resumeFrom: cursor, recorded: contacts })
    expect([...resumed.contacts.keys()].sort(), `after ${stopAfter} reports`).toEqual(ids)
  }
})

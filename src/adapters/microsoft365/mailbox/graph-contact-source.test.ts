import { describe, expect, test } from 'vitest'
import {
  asked,
  contacts,
  failureOf,
  limits,
  read,
  received,
  served,
  sourceAt,
} from '../../../../test/local-graph-source.ts'
import { soakRounds } from '../../../../test/soak.ts'
import { byQuery, emptyMailbox, type GraphAnswers, paged } from '../../../testing/local-graph.ts'
import { json, type LocalAnswer } from '../../../testing/local-service.ts'
import { fetchRequest } from '../../../testing/read-source.ts'

/** More than are read. */
const FOLDERS = soakRounds({ whole: 200_000, share: 20_000 })

describe('folders', () => {
  const tree: GraphAnswers = {
    '/me/contacts': { value: [{ id: 'd1', parentFolderId: 'default' }] },
    '/me/contactFolders': byQuery((query, request) =>
      query.has('page')
        ? { value: [{ id: 'b/+=', displayName: 'Beta' }] }
        : {
            value: [{ id: 'a', displayName: 'Alpha' }],
            '@odata.nextLink': `http://${request.headers.host ?? ''}/v1.0/me/contactFolders?page=2`,
          },
    ),
    '/me/contactFolders/a/contacts': { value: contacts('a1') },
    '/me/contactFolders/a/childFolders': { value: [{ id: 'a-a', displayName: null }] },
    '/me/contactFolders/a-a/contacts': { value: contacts('aa1') },
    '/me/contactFolders/a-a/childFolders': { value: [{ id: 'a', displayName: 'A circle' }] },
    '/me/contactFolders/b%2F%2B%3D/contacts': { value: contacts('b1') },
    '/me/contactFolders/b%2F%2B%3D/childFolders': { value: [] },
  }

  test('all of them are read, each once: the default one, those beside it, and their children', async () => {
    const { ids, shown } = await read(await served(tree))
    expect(ids).toEqual(['d1', 'a1', 'b1', 'aa1'])
    expect(shown).toEqual([{ folder: 'Alpha' }, { folder: 'Beta' }])
  })

  test('the default one is read once, even if Graph lists it', async () => {
    const listed = { value: [{ id: 'default', displayName: 'Contacts' }] }
    const answers = { '/me/contactFolders': listed, '/me/contactFolders/default/childFolders': { value: [] } }
    const { ids } = await read(
      await served({
        ...tree,
        ...answers,
        '/me/contactFolders/default/contacts': tree['/me/contacts'] ?? {},
      }),
    )
    expect(ids).toEqual(['d1'])
  })

  test('one that is deleted meanwhile is left out', async () => {
    const gone = json({ error: { code: 'ErrorItemNotFound' } }, 404)
    const lost = { '/me/contactFolders/a/contacts': gone, '/me/contactFolders/a/childFolders': gone }
    const { ids } = await read(await served({ ...tree, ...lost }))
    expect(ids).toEqual(['d1', 'b1'])
  })

  test.each([
    ['has no id', { displayName: 'No id' }],
    ['has an id that cannot be requested', { id: '..', displayName: 'Parent' }],
    ['has half a character as its id', { id: '\ud800', displayName: 'Half' }],
  ])('one that %s is skipped, counted and shown, and costs no other', async (_, folder) => {
    const { ids, pages, finished } = await read(
      await served({
        ...emptyMailbox,
        '/me/contacts': { value: contacts('1') },
        '/me/contactFolders': { value: [folder, { id: 'f', displayName: 'F' }] },
        '/me/contactFolders/f/contacts': { value: contacts('2') },
        '/me/contactFolders/f/childFolders': { value: [] },
      }),
    )
    expect(ids).toEqual(['1', '2'])
    expect(pages[0]?.skipped).toEqual([{ reason: 'folder-unreadable' }])
    expect(finished?.verified).toBe(false)
  })

  test('are read up to the thousandth, and it is shown that there are more', async () => {
    const value = Array.from({ length: FOLDERS }, (_, index) => ({ id: `f${index}`, displayName: 'F' }))
    const { ids, pages, finished } = await read(
      await served({
        ...emptyMailbox,
        '/me/contacts': { value: contacts('1') },
        '/me/contactFolders': { value },
        ...Object.fromEntries(
          value.slice(0, 1_000).flatMap(({ id }) => [
            [`/me/contactFolders/${id}/contacts`, { value: [] }],
            [`/me/contactFolders/${id}/childFolders`, { value: [] }],
          ]),
        ),
      }),
    )
    expect(ids).toEqual(['1'])
    expect(pages[0]?.skipped).toEqual([{ reason: 'too-many-folders' }])
    expect(finished?.verified).toBe(false)
  })
})

describe('the count', () => {
  const uncountable: LocalAnswer = (response, request) => {
    const isCount = request.url?.includes('$count=') === true
    return json(isCount ? { error: { code: 'BadRequest' } } : { value: [] }, isCount ? 400 : 200)(
      response,
      request,
    )
  }
  const countOf = async (...counts: unknown[]) => {
    const answers = counts.map((count, index): [string, object] => [
      index === 0 ? '/me/contacts' : `/me/contactFolders/f${index}/contacts`,
      typeof count === 'function'
        ? count
        : { value: [], ...(count !== undefined && { '@odata.count': count }) },
    ])
    const folders = counts.slice(1).map((_, index) => ({ id: `f${index + 1}`, displayName: 'F' }))
    const children = folders.map(({ id }): [string, object] => [
      `/me/contactFolders/${id}/childFolders`,
      { value: [] },
    ])
    const all = { '/me/contactFolders': { value: folders }, ...Object.fromEntries([...answers, ...children]) }
    return (await read(await served(all))).reports[0]
  }
  test.each([
    [[3, 4], 7],
    [[0], 0],
    [['12'], 12],
    [[2_147_483_648], 2_147_483_648],
    [[5, 2_147_483_648, undefined], 2_147_483_653],
    [[-1], null],
    [[undefined], null],
    [[5, -1], null],
    [[1.5], null],
    [[{}], null],
    [[uncountable], null],
  ])('%j is reported as %j', async (counts, expected) => {
    expect(await countOf(...counts)).toEqual({ type: 'contacts.counted', count: expected })
  })

  test('comes before any contact is fetched', async () => {
    const origin = await served({
      ...emptyMailbox,
      '/me/contacts': { value: contacts('1'), '@odata.count': 2 ** 31 },
    })
    const context = { signal: new AbortController().signal, progress: () => undefined }
    const request = fetchRequest()
    const reports = sourceAt(origin).fetch(request, context)
    for await (const report of reports) {
      expect(report).toEqual({ type: 'contacts.counted', count: 2 ** 31 })
      await new Promise((resolve) => setTimeout(resolve, 100))
      break
    }
    const others = asked().filter(
      (url) => !url.includes('$count=true') && !url.includes('$deltatoken=latest'),
    )
    expect(others).toEqual(['/v1.0/me/contactFolders?$select=id,displayName&$top=1000'])
  })
})

describe('pages', () => {
  test('have a thousand contacts with every mapped field, and every request asks for immutable ids', async () => {
    await read(
      await served({ ...emptyMailbox, '/me/contacts': paged('/me/contacts', contacts('1'), contacts('2')) }),
    )
    const whole = asked().find((url) => url.includes('businessPhones') && !url.includes('delta'))
    const query = new URL(whole ?? '', 'http://x').searchParams
    expect(query.get('$top')).toBe('1000')
    expect(query.get('$select')?.split(',')).toEqual(
      expect.arrayContaining(['id', 'changeKey', 'businessPhones']),
    )
    const preferences = received().map(({ headers }) => headers['prefer']?.toString().split(', ')[0])
    expect(new Set(preferences)).toEqual(new Set(['IdType="ImmutableId"']))
  })

  test('may be short or empty; only a missing link ends them', async () => {
    const pages = [[], contacts('1'), [], [], contacts('2', '3'), []]
    const { ids, pages: reported } = await read(
      await served({ ...emptyMailbox, '/me/contacts': paged('/me/contacts', ...pages) }),
    )
    expect(ids).toEqual(['1', '2', '3'])
    expect(reported).toHaveLength(2)
  })

  test('links are followed byte for byte', async () => {
    await read(
      await served({ ...emptyMailbox, '/me/contacts': paged('/me/contacts', contacts('1'), contacts('2')) }),
    )
    expect(asked()).toContain('/v1.0/me/contacts?%24select=id%2cdisplayName&%24top=1000&%24skip=1')
  })

  test('items that are not contacts are skipped, with the reason; a malformed field is only marked', async () => {
    const value = [...contacts('1'), { id: '2', mobilePhone: 5 }, { error: { code: 'X' } }, null]
    const { pages } = await read(await served({ ...emptyMailbox, '/me/contacts': { value } }))
    expect(pages[0]?.contacts).toMatchObject([
      { id: '1' },
      { id: '2', incomplete: [{ field: 'mobilePhone', reason: 'malformed' }] },
    ])
    expect(pages[0]?.skipped).toEqual([{ reason: 'error-in-place' }, { reason: 'not-an-object' }])
  })

  test('the next one is requested while the last one is recorded, and only one in advance', async () => {
    const pages = Array.from({ length: 5 }, (_, index) => contacts(`${index}`))
    const origin = await served({ ...emptyMailbox, '/me/contacts': paged('/me/contacts', ...pages) })
    const context = { signal: new AbortController().signal, progress: () => undefined }
    const request = fetchRequest()
    const iterator = sourceAt(origin).fetch(request, context)[Symbol.asyncIterator]()
    await iterator.next()
    await iterator.next()
    await expect.poll(() => asked().filter((url) => url.includes('skip=')).length).toBe(1)
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(asked().filter((url) => url.includes('skip='))).toHaveLength(1)
    await iterator.return?.()
  })

  test('a link that leads back by mistake is requested once more', async () => {
    const pages = paged('/me/contacts', contacts('1'), contacts('2'), contacts('3'))
    let mistakes = 1
    const answer = byQuery((query, { headers }) => ({
      value: contacts('2'),
      '@odata.nextLink': `http://${headers.host ?? ''}/v1.0/me/contacts?%24select=id%2cdisplayName&%24top=1000&%24skip=${query.get('$skip')}`,
    }))
    const origin = await served({
      ...emptyMailbox,
      '/me/contacts': (response, request) => {
        const isMistaken = request.url?.includes('skip=1') === true && mistakes-- > 0
        return (isMistaken ? answer : pages)(response, request)
      },
    })
    expect((await read(origin)).ids).toEqual(['1', '2', '3'])
  })

  const endless: [string, LocalAnswer | object][] = [
    [
      'a link that was followed before',
      byQuery((_, { headers }) => ({
        value: [],
        '@odata.nextLink': `http://${headers.host ?? ''}/v1.0/me/contacts?again`,
      })),
    ],
    [
      'ever new links to the same page',
      byQuery((query, { headers }) => ({
        value: contacts('1'),
        '@odata.nextLink': `http://${headers.host ?? ''}/v1.0/me/contacts?n=${Number(query.get('n')) + 1}`,
      })),
    ],
    [
      'a link to another place',
      { value: contacts('1'), '@odata.nextLink': 'https://graph.evil.test/v1.0/me/contacts?$skip=1' },
    ],
    ['a link that is no address', { value: [], '@odata.nextLink': 'next' }],
    ['a link that is no text', { value: [], '@odata.nextLink': 5 }],
    ['an error with status 200', { error: { code: 'UnknownError' } }],
    ['no list', { value: null }],
  ]
  test.each(endless)('%s is a bad answer', async (_, answer) => {
    expect((await failureOf(await served({ ...emptyMailbox, '/me/contacts': answer }))).code).toBe(
      'bad-answer',
    )
  })

  test('a loop ends when a link repeats that was already requested once more', async () => {
    const self = byQuery((_, { headers }) => ({
      value: contacts('1'),
      '@odata.nextLink': `http://${headers.host ?? ''}/v1.0/me/contacts?again`,
    }))
    await failureOf(await served({ ...emptyMailbox, '/me/contacts': self }))
    expect(asked().filter((url) => url.endsWith('?again'))).toHaveLength(2)
  })

  test('prefetched requests are aborted when the consumer stops', async () => {
    let brokenOff = false
    const pages = paged('/me/contacts', contacts('1'), contacts('2'))
    const origin = await served({
      ...emptyMailbox,
      '/me/contacts': (response, request) => {
        if (request.url?.includes('skip=') !== true) return pages(response, request)
        return response.on('close', () => (brokenOff = true))
      },
    })
    const context = { signal: new AbortController().signal, progress: () => undefined }
    const request = fetchRequest()
    for await (const report of sourceAt(origin).fetch(request, context)) {
      if (report.type !== 'page.fetched') continue
      await expect.poll(() => asked().some((url) => url.includes('skip='))).toBe(true)
      break
    }
    await expect.poll(() => brokenOff, { timeout: limits.request / 2 }).toBe(true)
  })
})

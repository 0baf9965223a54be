import { describe, expect } from 'vitest'
import type { Fault } from '../../index.ts'
import { visitedSandbox } from '../../visited-sandbox.ts'

const IMMUTABLE = { prefer: 'IdType="ImmutableId", odata.maxpagesize=7' }

const test = visitedSandbox({ contacts: 30, folders: 1, distributionLists: 0 })
  .extend('contact', ({ mailbox }) => mailbox.items(mailbox.defaultFolder.id)[0]!)
  .extend('other', ({ mailbox }) => mailbox.folders[1]!.id)
  .extend('removal', ({ contact }) => (reason: string, id = contact.immutableId) => ({
    '@odata.type': '#microsoft.graph.contact',
    id,
    '@removed': { reason },
  }))
  // What the deltas of both folders return after this change: the default folder first.
  .extend(
    'told',
    ({ sandbox, graph, mailbox, other }) =>
      async (happens: () => unknown, faults: Fault[], select = '') => {
        const links: string[] = []
        for (const folder of [mailbox.defaultFolder.id, other]) {
          const { last } = await graph.all(`/me/contactFolders/${folder}/contacts/delta${select}`, IMMUTABLE)
          links.push(last.deltaLink!)
        }
        happens()
        sandbox.settings.change({ faults })
        const rounds: (readonly Record<string, unknown>[])[] = []
        for (const link of links) rounds.push((await graph.all(link, IMMUTABLE)).items)
        return rounds
      },
  )

describe('a moved contact can be reported as removed only', () => {
  test('also if it came back', async ({ graph, mailbox, contact, other, told, removal }) => {
    const comesBack = () => {
      mailbox.move(contact.immutableId, other)
      mailbox.move(contact.immutableId, mailbox.defaultFolder.id)
    }
    const removed = [removal('deleted')]
    expect(await told(comesBack, [{ kind: 'removed-only' }])).toEqual([removed, removed])
    expect((await graph.get(`/me/contacts/${contact.immutableId}`, IMMUTABLE)).body).toMatchObject({
      parentFolderId: mailbox.defaultFolder.id,
    })
  })

  test('and never as an item of the other folder, unless it changes there', async ({
    mailbox,
    contact,
    other,
    told,
    removal,
  }) => {
    const moves = () => mailbox.move(contact.immutableId, other)
    expect(await told(moves, [{ kind: 'removed-only' }])).toEqual([[removal('deleted')], []])
    const changes = () => mailbox.change(contact.immutableId, { nickName: 'N' })
    expect(await told(changes, [{ kind: 'removed-only' }])).toMatchObject([[], [{ nickName: 'N' }]])
  })

  test('while new and restored contacts are reported as usual', async ({ mailbox, contact, other, told }) => {
    const adds = () => mailbox.add({ displayName: 'New' }, { folderId: other })
    expect(await told(adds, [{ kind: 'removed-only' }])).toMatchObject([[], [{ displayName: 'New' }]])
    mailbox.remove(contact.immutableId)
    const restores = () => mailbox.move(contact.immutableId, other)
    expect(await told(restores, [{ kind: 'removed-only' }])).toMatchObject([
      [],
      [{ id: contact.immutableId }],
    ])
  })
})

describe('a changed contact can be returned in part', () => {
  const partial: Fault[] = [{ kind: 'partial-items' }]
  const keysOf = (item: Record<string, unknown> | undefined) =>
    Object.keys(item ?? {}).filter((key) => !key.startsWith('@'))

  test('with the fields that changed since the last round, and no others', async ({
    mailbox,
    contact,
    told,
  }) => {
    const happens = () => {
      mailbox.change(contact.immutableId, { categories: ['Red'], title: contact.fields.title })
      mailbox.change(contact.immutableId, { nickName: 'N' })
    }
    const [[item] = []] = await told(happens, partial)
    expect(keysOf(item)).toEqual(['id', 'changeKey', 'parentFolderId', 'categories', 'nickName'])
    expect(item).toMatchObject({ id: contact.immutableId, categories: ['Red'], nickName: 'N' })
  })

  test('without a field that was not selected', async ({ mailbox, contact, told }) => {
    const happens = () => mailbox.change(contact.immutableId, { categories: ['Red'], nickName: 'N' })
    const [[item] = []] = await told(happens, partial, '?$select=nickName,surname')
    expect(keysOf(item)).toEqual(['id', 'changeKey', 'parentFolderId', 'nickName'])
  })

  test('but is returned whole if it is new, also if it has changed since', async ({ mailbox, told }) => {
    const happens = () => {
      const { immutableId } = mailbox.add({ surname: 'New' })
      mailbox.change(immutableId, { nickName: 'N' })
    }
    const [[added] = []] = await told(happens, partial)
    expect(added).toMatchObject({ surname: 'New', nickName: 'N' })
  })

  test('but is returned whole in the folder to which it was moved, and so is everything in a first listing', async ({
    sandbox,
    graph,
    mailbox,
    contact,
    other,
    told,
  }) => {
    const [, [moved] = []] = await told(() => mailbox.move(contact.immutableId, other), partial)
    expect(keysOf(moved).length).toBeGreaterThan(20)
    sandbox.settings.change({ faults: partial })
    for (const item of (await graph.all('/me/contacts/delta', IMMUTABLE)).items)
      expect(keysOf(item).length).toBeGreaterThan(20)
  })
})

describe('a removal', () => {
  test('can be reported for contacts that did not change', async ({ mailbox, told, removal }) => {
    const [first, second, third] = mailbox
      .items(mailbox.defaultFolder.id)
      .map(({ immutableId }) => immutableId)
    const happens = () => mailbox.change(first!, { nickName: 'N' })
    const [round = [], elsewhere = []] = await told(happens, [
      { kind: 'false-removal', count: 2, reason: 'changed' },
    ])
    expect(round.slice(0, 2)).toEqual([removal('changed', second), removal('changed', third)])
    expect(round.slice(2)).toMatchObject([{ id: first, nickName: 'N' }])
    expect(elsewhere).toHaveLength(2)
  })

  test('is never reported in the first round of a query', async ({ sandbox, graph }) => {
    sandbox.settings.change({ faults: [{ kind: 'false-removal' }] })
    expect((await graph.get('/me/contacts/delta?$deltatoken=latest', IMMUTABLE)).value).toEqual([])
    const { items } = await graph.all('/me/contacts/delta', IMMUTABLE)
    expect(items.filter((item) => '@removed' in item)).toEqual([])
  })

  test('can be false in one page or in all, and loses nothing else', async ({ sandbox, mailbox, told }) => {
    const ids = mailbox.items(mailbox.defaultFolder.id).map(({ immutableId }) => immutableId)
    let n = 0
    const happens = () => ids.slice(1).forEach((id) => mailbox.change(id, { nickName: `${n++}` }))
    for (const lie of [{ times: 1 }, {}]) {
      const [round = []] = await told(happens, [{ kind: 'false-removal', ...lie }])
      expect(round.map(({ id }) => id).sort()).toEqual(ids.toSorted())
      sandbox.settings.change({ faults: [] })
    }
  })

  test('can give the other reason', async ({ mailbox, contact, told, removal }) => {
    const happens = () => mailbox.remove(contact.immutableId)
    expect(await told(happens, [{ kind: 'removed-as-changed' }])).toEqual([[removal('changed')], []])
  })
})

test('lies can be combined with each other and with another fault', async ({
  mailbox,
  contact,
  other,
  told,
}) => {
  const happens = () => {
    mailbox.change(contact.immutableId, { nickName: 'N' })
    mailbox.move(mailbox.items(mailbox.defaultFolder.id)[1]!.immutableId, other)
  }
  const [round = []] = await told(happens, [
    { kind: 'partial-items' },
    { kind: 'removed-only' },
    { kind: 'repeat-items', items: 1, match: '*deltatoken*', times: 1 },
  ])
  expect(round).toHaveLength(3)
  expect(round.filter((item) => '@removed' in item)).toHaveLength(1)
  expect(round.find(({ nickName }) => nickName === 'N')).not.toHaveProperty('surname')
})

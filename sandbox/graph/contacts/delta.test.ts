import { expect } from 'vitest'
import { visitedSandbox } from '../../visited-sandbox.ts'

const test = visitedSandbox({ contacts: 30, folders: 1, distributionLists: 3 }).extend(
  'here',
  ({ mailbox }) =>
    (): string[] =>
      mailbox
        .items(mailbox.defaultFolder.id)
        .filter(({ kind }) => kind === 'contact')
        .map(({ immutableId }) => immutableId)
        .sort(),
)

const DELTA = '/me/contactFolders/Contacts/contacts/delta'
const IMMUTABLE = { prefer: 'IdType="ImmutableId", odata.maxpagesize=7' }

const idsOf = (items: readonly Record<string, unknown>[]): string[] =>
  items.map(({ id }) => String(id)).sort()

test('a first round lists the folder in pages with opaque tokens and ends with a deltaLink', async ({
  sandbox,
  graph,
  here,
}) => {
  const first = await graph.get(DELTA, IMMUTABLE)
  expect(first.nextLink).toMatch(/\/me\/contactFolders\/Contacts\/contacts\/delta\?%24skiptoken=[\w-]+$/)
  expect(first.body['@odata.context']).toBe(`${sandbox.graphUrl}/$metadata#Collection(contact)`)
  const { items, last, pages } = await graph.all(DELTA, IMMUTABLE)
  expect(pages).toBeGreaterThan(1)
  expect(idsOf(items)).toEqual(here())
  expect(items[0]).toMatchObject({ '@odata.type': '#microsoft.graph.contact' })
  expect(last.deltaLink).toContain('%24deltatoken=')
  const { last: quiet } = await graph.all(last.deltaLink!, IMMUTABLE)
  expect(quiet.value).toEqual([])
  expect(quiet.deltaLink).toContain('%24deltatoken=')
})

test('/me/contacts/delta is the default folder', async ({ graph, here }) => {
  expect(idsOf((await graph.all('/me/contacts/delta', IMMUTABLE)).items)).toEqual(here())
})

test('later rounds return added and changed contacts whole, and deleted or moved ones as removed', async ({
  graph,
  mailbox,
}) => {
  const [changed, removed, moved] = mailbox
    .items(mailbox.defaultFolder.id)
    .filter(({ kind }) => kind === 'contact')
    .map(({ immutableId }) => immutableId)
  const other = mailbox.folders[1]!
  const { last } = await graph.all(`${DELTA}?$select=displayName`, IMMUTABLE)
  const { last: lastOther } = await graph.all(`/me/contactFolders/${other.id}/contacts/delta`, IMMUTABLE)

  mailbox.change(changed!, { displayName: 'First try' })
  mailbox.change(changed!, { displayName: 'New name' })
  mailbox.remove(removed!)
  mailbox.move(moved!, other.id)
  const added = mailbox.add({ displayName: 'Newcomer' })

  const { items: round, last: end } = await graph.all(last.deltaLink!, IMMUTABLE)
  const byId = new Map(round.map((item) => [item.id, item]))
  expect(byId.get(changed)).toMatchObject({ displayName: 'New name' })
  expect(byId.get(changed)).not.toHaveProperty('surname')
  expect(byId.get(added.immutableId)).toMatchObject({ displayName: 'Newcomer' })
  for (const id of [removed, moved])
    expect(byId.get(id)).toEqual({
      '@odata.type': '#microsoft.graph.contact',
      id,
      '@removed': { reason: 'deleted' },
    })
  expect(byId.size).toBe(4)
  const elsewhere = (await graph.all(lastOther.deltaLink!, IMMUTABLE)).items
  expect(idsOf(elsewhere)).toEqual([moved])
  expect((await graph.all(end.deltaLink!, IMMUTABLE)).items).toEqual([])
})

test('a contact that changes during a round is returned again, so that the result is right', async ({
  graph,
  mailbox,
  here,
}) => {
  const first = await graph.get(DELTA, IMMUTABLE)
  const seenEarly = String(first.value[0]!.id)
  mailbox.remove(seenEarly)
  const added = mailbox.add({ displayName: 'Late' })
  const state = new Map<string, unknown>()
  const apply = (items: typeof first.value): void => {
    for (const item of items)
      if ('@removed' in item) state.delete(String(item.id))
      else state.set(String(item.id), item)
  }
  apply(first.value)
  apply((await graph.all(first.nextLink!, IMMUTABLE)).items)
  expect([...state.keys()].sort()).toEqual(here())
  expect(state.has(added.immutableId)).toBe(true)
})

test('many changes come in pages, each once', async ({ graph, mailbox, here }) => {
  const { last } = await graph.all(DELTA, IMMUTABLE)
  for (const id of here()) mailbox.change(id, { nickName: 'N' })
  const { items, pages } = await graph.all(last.deltaLink!, IMMUTABLE)
  expect(pages).toBe(Math.ceil(here().length / 7))
  expect(idsOf(items)).toEqual(here())
})

test('a token that was not issued here is refused, one of another mailbox answers SyncStateNotFound', async ({
  sandbox,
  graph,
}) => {
  const { last } = await graph.all(DELTA, IMMUTABLE)
  const bad = await graph.get(`${DELTA}?$deltatoken=abc`)
  expect([bad.status, bad.error.code, bad.error.message]).toEqual([400, 'BadRequest', 'Badly formed token.'])
  sandbox.settings.change({ seed: 2 })
  const lost = await graph.get(last.deltaLink!)
  expect([lost.status, lost.error.code]).toEqual([410, 'SyncStateNotFound'])
})

test('the token of one folder is refused in another', async ({ graph, mailbox }) => {
  const { last } = await graph.all(DELTA, IMMUTABLE)
  const elsewhere = last.deltaLink!.replace('Contacts', mailbox.folders[1]!.id)
  expect((await graph.get(elsewhere)).error.message).toBe('Badly formed token.')
})

test('an empty page and a repeated contact can be switched on, and lose nothing', async ({
  sandbox,
  graph,
  here,
}) => {
  sandbox.settings.change({
    faults: [
      { kind: 'empty-page', match: 'delta', skip: 1, times: 1 },
      { kind: 'repeat-items', match: 'delta', times: 1, items: 2 },
    ],
  })
  const { items } = await graph.all(DELTA, IMMUTABLE)
  expect(items.length).toBe(here().length + 2)
  expect([...new Set(idsOf(items))]).toEqual(here())
})

test('a deleted folder answers ErrorItemNotFound', async ({ graph, mailbox }) => {
  const folder = mailbox.folders[1]!
  const { last } = await graph.all(`/me/contactFolders/${folder.id}/contacts/delta`)
  mailbox.removeFolder(folder.id, { hard: true })
  expect((await graph.get(last.deltaLink!)).error.code).toBe('ErrorItemNotFound')
})

test('"latest" begins from now; a setting lists all contacts instead, or refuses it', async ({
  sandbox,
  graph,
  mailbox,
  here,
}) => {
  const latest = `${DELTA}?$deltatoken=latest&$select=displayName`
  const now = await graph.get(latest, IMMUTABLE)
  expect(now.value).toEqual([])
  const added = mailbox.add({ displayName: 'Later' })
  expect(idsOf((await graph.all(now.deltaLink!, IMMUTABLE)).items)).toEqual([added.immutableId])

  sandbox.settings.change({ deltaLatest: 'enumerate' })
  expect(idsOf((await graph.all(latest, IMMUTABLE)).items)).toEqual(here())
  sandbox.settings.change({ deltaLatest: 'refuse' })
  expect(await graph.get(latest, IMMUTABLE)).toMatchObject({ status: 400, error: { code: 'BadRequest' } })
})

test('$top is refused', async ({ graph }) => {
  expect(await graph.get(`${DELTA}?$top=5`)).toMatchObject({
    status: 400,
    error: { code: 'ErrorInvalidUrlQuery' },
  })
})

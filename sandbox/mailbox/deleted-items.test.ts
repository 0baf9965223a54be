import { describe, expect } from 'vitest'
import { visitedSandbox } from '../visited-sandbox.ts'

const test = visitedSandbox({ contacts: 30, folders: 4, distributionLists: 0 })
  .extend('byId', ({ graph }) => async (id: string) => {
    const { status, body, error } = await graph.get(`/me/contacts/${id}`, IMMUTABLE)
    return { status, folder: body.parentFolderId, changeKey: body.changeKey, code: error.code }
  })
  .extend(
    'listed',
    ({ graph }) =>
      async (path: string) =>
        (await graph.all(path)).items.map(({ id }) => id),
  )
  // A folder with a contact and a sub-folder, which also has a contact.
  .extend('nested', ({ mailbox }) => () => {
    const outer = mailbox.addFolder('Outer')
    const inner = mailbox.addFolder('Inner', outer.id)
    const [inOuter, inInner] = [outer, inner].map(({ id }) => mailbox.add({}, { folderId: id }).immutableId)
    return { outer, inner, inOuter: inOuter!, inInner: inInner! }
  })

const IMMUTABLE = { prefer: 'IdType="ImmutableId", odata.maxpagesize=500' }

describe('a contact that is deleted', () => {
  test('answers by its immutable id from Deleted Items, with a new change key and a new ordinary id', async ({
    mailbox,
    byId,
  }) => {
    const { id, immutableId, changeKey } = mailbox.contacts()[0]!
    mailbox.remove(immutableId)
    const answer = await byId(immutableId)
    expect(answer).toMatchObject({ status: 200, folder: mailbox.deletedItems.id })
    expect(answer.changeKey).not.toBe(changeKey)
    expect(await byId(id)).toMatchObject({ status: 404, code: 'ErrorItemNotFound' })
  })

  test('is in no list and no count, and the delta of its folder reports it as removed', async ({
    graph,
    mailbox,
  }) => {
    const { immutableId, folderId } = mailbox.items(mailbox.defaultFolder.id)[0]!
    const delta = `/me/contactFolders/${folderId}/contacts/delta`
    const { last } = await graph.all(delta, IMMUTABLE)
    mailbox.remove(immutableId)
    expect(mailbox.size).toBe(29)
    expect(mailbox.contacts().map((item) => item.immutableId)).not.toContain(immutableId)
    const { items } = await graph.all('/me/contacts?$top=100', IMMUTABLE)
    expect(items.map(({ id }) => id)).not.toContain(immutableId)
    const told = await graph.get(last.deltaLink!, IMMUTABLE)
    expect(told.value).toMatchObject([{ id: immutableId, '@removed': { reason: 'deleted' } }])
  })

  test('can be moved back', async ({ mailbox, byId }) => {
    const { immutableId, folderId } = mailbox.contacts()[0]!
    mailbox.remove(immutableId)
    mailbox.move(immutableId, folderId)
    expect(mailbox.size).toBe(30)
    expect(await byId(immutableId)).toMatchObject({ status: 200, folder: folderId })
  })

  test('is gone for good if it is deleted again, hard, or in a sandbox that deletes hard', async ({
    sandbox,
    mailbox,
    byId,
  }) => {
    const [twice, hard, setting] = mailbox.contacts().map(({ immutableId }) => immutableId)
    mailbox.remove(twice!)
    mailbox.remove(twice!)
    mailbox.remove(hard!, { hard: true })
    sandbox.settings.change({ hardDelete: true })
    mailbox.remove(setting!)
    for (const id of [twice!, hard!, setting!])
      expect(await byId(id)).toMatchObject({ status: 404, code: 'ErrorItemNotFound' })
    expect(mailbox.size).toBe(27)
  })
})

describe('a folder that is deleted', () => {
  test('is in no list of folders, and answers by its id from Deleted Items', async ({
    graph,
    mailbox,
    nested,
    listed,
  }) => {
    const { outer, inner, inInner } = nested()
    mailbox.removeFolder(outer.id)
    expect(await listed('/me/contactFolders')).not.toContain(outer.id)
    expect(mailbox.folders.map(({ id }) => id)).not.toContain(outer.id)
    expect(mailbox.folders.map(({ id }) => id)).not.toContain(inner.id)
    expect(mailbox.contacts().map(({ immutableId }) => immutableId)).not.toContain(inInner)
    expect((await graph.get(`/me/contactFolders/${outer.id}`)).body).toMatchObject({
      parentFolderId: mailbox.deletedItems.id,
    })
  })

  test('keeps its contacts, its deltas and its sub-folders, and no delta reports it', async ({
    graph,
    mailbox,
    byId,
    nested,
    listed,
  }) => {
    const { outer, inner, inOuter, inInner } = nested()
    const { last } = await graph.all(`/me/contactFolders/${outer.id}/contacts/delta`, IMMUTABLE)
    mailbox.removeFolder(outer.id)
    expect((await graph.get(last.deltaLink!, IMMUTABLE)).body).toMatchObject({ value: [] })
    expect(await listed(`/me/contactFolders/${outer.id}/contacts`)).toHaveLength(1)
    expect(await listed(`/me/contactFolders/${outer.id}/childFolders`)).toEqual([inner.id])
    expect(await byId(inOuter)).toMatchObject({ status: 200, folder: outer.id })
    expect(await byId(inInner)).toMatchObject({ status: 200, folder: inner.id })
  })

  test('is gone for good with everything in it if it is deleted hard, or again', async ({
    graph,
    mailbox,
    byId,
    nested,
  }) => {
    const first = nested()
    mailbox.removeFolder(first.outer.id, { hard: true })
    const second = nested()
    mailbox.removeFolder(second.outer.id)
    mailbox.removeFolder(second.outer.id)
    for (const { outer, inner, inOuter, inInner } of [first, second]) {
      for (const { id } of [outer, inner])
        expect((await graph.get(`/me/contactFolders/${id}`)).error.code).toBe('ErrorItemNotFound')
      for (const id of [inOuter, inInner]) expect((await byId(id)).status).toBe(404)
    }
  })

  test('cannot be the default folder', ({ mailbox }) => {
    expect(() => mailbox.removeFolder(mailbox.defaultFolder.id)).toThrow(RangeError)
  })
})

test('Deleted Items is not a contact folder', async ({ graph, mailbox }) => {
  expect((await graph.get(`/me/contactFolders/${mailbox.deletedItems.id}`)).status).toBe(404)
  expect(mailbox.folders.map(({ id }) => id)).not.toContain(mailbox.deletedItems.id)
})

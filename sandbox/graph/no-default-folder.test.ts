import { expect } from 'vitest'
import { visitedSandbox } from '../visited-sandbox.ts'

const test = visitedSandbox({ contacts: 30, folders: 3, distributionLists: 2, defaultFolder: false })

test.for([
  '/me/contacts',
  '/me/contacts?$top=1&$count=true',
  '/me/contacts/$count',
  '/me/contacts/delta',
  '/me/contactFolders/Contacts',
])('%s answers ErrorFolderNotFound', async (path, { graph }) => {
  const { status, error } = await graph.get(path)
  expect([status, error.code]).toEqual([404, 'ErrorFolderNotFound'])
  expect(error.message).toBe('The specified folder could not be found in the store.')
})

test('the other folders have all contacts, and work', async ({ graph, mailbox }) => {
  expect(mailbox.size).toBe(30)
  expect(mailbox.folders.map(({ id }) => id)).not.toContain(mailbox.defaultFolder.id)
  const ids: unknown[] = []
  for (const { id } of mailbox.folders) {
    expect((await graph.get(`/me/contactFolders/${id}`)).status).toBe(200)
    ids.push(...(await graph.all(`/me/contactFolders/${id}/contacts/delta`)).items.map((item) => item.id))
  }
  expect(ids.toSorted()).toEqual(
    mailbox
      .contacts()
      .map(({ id }) => id)
      .sort(),
  )
  expect((await graph.get(`/me/contacts/${String(ids[0])}`)).status).toBe(200)
  expect((await graph.all('/me/contactFolders')).items.map(({ id }) => id)).toContain(mailbox.folders[0]!.id)
})

test('other folders can be deleted, the lost default folder cannot', ({ mailbox }) => {
  mailbox.removeFolder(mailbox.folders[0]!.id)
  expect(() => mailbox.removeFolder(mailbox.defaultFolder.id)).toThrow(RangeError)
})

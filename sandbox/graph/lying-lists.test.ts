import { expect } from 'vitest'
import { visitedSandbox } from '../visited-sandbox.ts'

const test = visitedSandbox({ contacts: 30, folders: 2, distributionLists: 0 })

test('a list of folders can omit one or all of them, which still answer by their ids', async ({
  sandbox,
  graph,
  mailbox,
}) => {
  const [, one, two] = mailbox.folders
  const listed = async () => (await graph.all('/me/contactFolders')).items.map(({ id }) => id)
  for (const folder of [one!.id, one!.name]) {
    sandbox.settings.change({ faults: [{ kind: 'omit-folder', folder }] })
    expect(await listed()).toEqual([two!.id])
  }
  sandbox.settings.change({ faults: [{ kind: 'omit-folder' }] })
  expect(await listed()).toEqual([])
  const answer = await graph.get(`/me/contactFolders/${one!.id}`)
  expect([answer.status, answer.body.displayName]).toEqual([200, one!.name])
})

test('large pages can fail for ever while small ones work', async ({ sandbox, graph }) => {
  sandbox.settings.change({ faults: [{ kind: 'large-page', most: 10, status: 504 }] })
  const statusOf = async (path: string, size = 11) =>
    (await graph.get(path, { prefer: `odata.maxpagesize=${size}` })).status
  for (let asked = 0; asked < 3; asked++) expect(await statusOf('/me/contacts?$top=11')).toBe(504)
  expect(await statusOf('/me/contacts?$top=11&$skip=10')).toBe(504)
  expect(await statusOf('/me/contacts?$top=10')).toBe(200)
  expect(await statusOf('/me/contacts')).toBe(504)
  expect(await statusOf('/me/contacts', 10)).toBe(200)
  expect(await statusOf('/me/contacts/delta')).toBe(200)

  sandbox.settings.change({ faults: [{ kind: 'large-page', most: 10, status: 500, deltas: true }] })
  expect(await statusOf('/me/contacts/delta')).toBe(500)
  expect(await statusOf('/me/contacts/delta', 10)).toBe(200)
})

import { expect } from 'vitest'
import { sharedSandbox } from '../../visited-sandbox.ts'

const test = sharedSandbox({ contacts: 400, folders: 1, distributionLists: 0 })

const IMMUTABLE = { prefer: 'IdType="ImmutableId"' }

test('notes are cut at 256 characters in lists, and complete for a single contact', async ({
  graph,
  mailbox,
}) => {
  const personalNotes = `\r\n${'n'.repeat(600)}`
  const { id } = mailbox.add({ displayName: 'Long', personalNotes })
  const { items } = await graph.all('/me/contacts?$top=1000')
  expect(items.find((item) => item.id === id)?.personalNotes).toBe(personalNotes.slice(0, 256))
  expect((await graph.get(`/me/contacts/${id}`)).body.personalNotes).toBe(personalNotes)
})

test('an unset field is null, "", {} or []; an address has only the fields that are set', async ({
  graph,
}) => {
  const { items } = await graph.all('/me/contacts?$top=1000')
  const unset = new Set(items.map(({ assistantName }) => assistantName))
  expect(unset).toEqual(new Set([null, '']))
  expect(items.some(({ otherAddress }) => Object.keys(otherAddress as object).length === 0)).toBe(true)
  expect(
    items.some(({ homeAddress }) => [1, 2, 3, 4].includes(Object.keys(homeAddress as object).length)),
  ).toBe(true)
  expect(items.some(({ homePhones }) => (homePhones as unknown[]).length === 0)).toBe(true)
})

test('the etag is the change key, a birthday has a time, the id is not plain base64', async ({ graph }) => {
  const { items } = await graph.all('/me/contacts?$top=1000')
  for (const item of items) {
    expect(item['@odata.etag']).toBe(`W/"${String(item.changeKey)}"`)
    expect(item.id).toMatch(/^[\w-]+=*$/)
  }
  expect(items.some(({ changeKey }) => /[/+]/.test(String(changeKey)))).toBe(true)
  expect(items.some(({ birthday }) => /^\d{4}-\d\d-\d\dT11:59:00Z$/.test(String(birthday)))).toBe(true)
})

test('a move changes the ordinary id and keeps the immutable one; Graph says which one it returns', async ({
  graph,
  mailbox,
}) => {
  const contact = mailbox.add({ displayName: 'Mover' })
  const folder = mailbox.folders[1]!
  const before = await graph.get(`/me/contacts/${contact.id}`, IMMUTABLE)
  expect(before.headers.get('preference-applied')).toBe('IdType=ImmutableId')
  expect(before.body.id).not.toBe(contact.id)

  mailbox.move(contact.id, folder.id)
  expect((await graph.get(`/me/contacts/${contact.id}`)).error.code).toBe('ErrorItemNotFound')
  const after = await graph.get(`/me/contacts/${String(before.body.id)}`, IMMUTABLE)
  expect(after.body).toMatchObject({ id: before.body.id, parentFolderId: folder.id })
  expect(after.body.changeKey).not.toBe(before.body.changeKey)
  const listed = await graph.all(`/me/contactFolders/${folder.id}/contacts?$top=1000`)
  const ordinary = listed.items.find(({ displayName }) => displayName === 'Mover')!
  expect(ordinary.id).not.toBe(contact.id)
  expect(ordinary.id).not.toBe(before.body.id)
  expect(listed.last.headers.get('preference-applied')).toBeNull()
})

test('a change sets a new change key and the current time', async ({ graph, mailbox }) => {
  const old = mailbox.contacts()[5]!
  const changed = mailbox.change(old.id, { nickName: 'Nick' })
  const seen = (await graph.get(`/me/contacts/${old.id}`)).body
  expect(seen).toMatchObject({ nickName: 'Nick', changeKey: changed.changeKey, createdDateTime: old.created })
  expect(changed.changeKey).not.toBe(old.changeKey)
  expect(Math.abs(Date.now() - Date.parse(String(seen.lastModifiedDateTime)))).toBeLessThan(60_000)
})

test('answers have a request id, and repeat the client request id', async ({ graph }) => {
  const { headers } = await graph.get('/me/contacts', { 'client-request-id': 'mine' })
  expect(headers.get('request-id')).toMatch(/^[0-9a-f-]{36}$/)
  expect(headers.get('client-request-id')).toBe('mine')
  expect(headers.get('cache-control')).toBe('private')
})

import { expect } from 'vitest'
import { sharedSandbox } from '../../visited-sandbox.ts'

const test = sharedSandbox({ contacts: 30, folders: 0, distributionLists: 0 }).extend(
  'listed',
  ({ graph }) =>
    async (query: string) =>
      (await graph.all(`/me/contacts?$select=id,displayName&${query}`)).items,
)

test.beforeAll(({ mailbox }) => {
  mailbox.add({
    displayName: 'Extended',
    extended: [
      { id: 'String 0x3A1F', value: '+1 206 555 0100' },
      { id: 'String 0x3A21', value: '' },
      { id: 'String 0x3A50', value: 'https://people.example' },
    ],
  })
})

const asking = (...ids: string[]) =>
  `$expand=singleValueExtendedProperties($filter=${ids.map((id) => `id eq '${id}'`).join(' or ')})`
const named = (items: readonly Record<string, unknown>[]) =>
  items.find(({ displayName }) => displayName === 'Extended')

test('a list and a single contact return the requested properties, and no others', async ({
  graph,
  listed,
}) => {
  const query = asking('String 0x3A1F', 'String 0x03A21', 'String 0x3A57')
  const expected = [
    { id: 'String 0x3a1f', value: '+1 206 555 0100' },
    { id: 'String 0x3a21', value: '' },
  ]
  const item = named(await listed(query))
  expect(item?.['singleValueExtendedProperties']).toEqual(expected)
  const { body } = await graph.get(`/me/contacts/${String(item?.['id'])}?$select=id&${query}`)
  expect(body['singleValueExtendedProperties']).toEqual(expected)
})

test('a contact without them, and a request without $expand, have no such property', async ({ listed }) => {
  const some = await listed(asking('String 0x3A57'))
  expect(named(some)).not.toHaveProperty('singleValueExtendedProperties')
  for (const item of await listed('$top=50')) expect(item).not.toHaveProperty('singleValueExtendedProperties')
})

test('nextLinks keep $expand', async ({ graph }) => {
  const pages = await graph.all(`/me/contacts?$select=displayName&$top=10&${asking('String 0x3A1F')}`)
  expect(pages.pages).toBeGreaterThan(2)
  expect(named(pages.items)).toHaveProperty('singleValueExtendedProperties')
})

test('a request for all properties is refused, and so is any in a delta query', async ({ graph }) => {
  const refused = async (path: string) => {
    const { status, error } = await graph.get(path)
    return [status, error['code']]
  }
  expect(await refused('/me/contacts?$expand=singleValueExtendedProperties')).toEqual([400, 'BadRequest'])
  expect(await refused('/me/contacts?$expand=extensions')).toEqual([400, 'BadRequest'])
  expect(await refused(`/me/contacts/delta?${asking('String 0x3A1F')}`)).toEqual([
    400,
    'ErrorInvalidUrlQuery',
  ])
})

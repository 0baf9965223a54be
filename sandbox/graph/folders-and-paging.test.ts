import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type GraphVisitor, graphVisitor } from '../graph-visitor.ts'
import { type Sandbox, startSandbox } from '../index.ts'

let sandbox: Sandbox
let graph: GraphVisitor

beforeAll(async () => {
  sandbox = await startSandbox({ contacts: 300, folders: 5, distributionLists: 24 })
  graph = graphVisitor(sandbox)
})
afterAll(() => sandbox.close())

const idsOf = (items: readonly Record<string, unknown>[]): string[] =>
  items.map(({ id }) => String(id)).sort()

describe('folders', () => {
  test('/me/contacts is the default folder only, and the alias Contacts is that folder', async () => {
    const mailbox = sandbox.mailbox('user')
    const expected = mailbox.items(mailbox.defaultFolder.id).filter(({ kind }) => kind === 'contact')
    const { items } = await graph.all('/me/contacts')
    expect(idsOf(items)).toEqual(idsOf(expected as never))
    expect(items.length).toBeLessThan(300)
    expect(new Set(items.map(({ parentFolderId }) => parentFolderId))).toEqual(
      new Set([mailbox.defaultFolder.id]),
    )
    for (const alias of ['Contacts', 'contacts', mailbox.defaultFolder.id])
      expect(idsOf((await graph.all(`/me/contactFolders/${alias}/contacts`)).items)).toEqual(idsOf(items))
  })

  test('contactFolders leaves the default folder out and is one level deep; childFolders lead on', async () => {
    const mailbox = sandbox.mailbox('user')
    const { items: top } = await graph.all('/me/contactFolders')
    expect(top.map(({ id }) => id)).not.toContain(mailbox.defaultFolder.id)
    expect(top.every(({ parentFolderId }) => parentFolderId === mailbox.defaultFolder.id)).toBe(true)
    const found: string[] = []
    const walk = async (folders: typeof top): Promise<void> => {
      for (const { id } of folders) {
        found.push(String(id))
        await walk((await graph.all(`/me/contactFolders/${String(id)}/childFolders`)).items)
      }
    }
    await walk(top)
    expect(top.length).toBeLessThan(5)
    expect(found).toHaveLength(5)
    expect((await graph.get(`/me/contactFolders/${found[0] ?? ''}`)).body).toMatchObject(top[0] ?? {})
  })

  test('all folders together hold every contact once', async () => {
    const ids: string[] = []
    for (const { id } of sandbox.mailbox('user').folders)
      ids.push(...idsOf((await graph.all(`/me/contactFolders/${id}/contacts?$top=50`)).items))
    expect(ids).toHaveLength(300)
    expect(new Set(ids).size).toBe(300)
  })

  test('a contact of any folder is found by its id below /me/contacts, and only by its own folder below that', async () => {
    const mailbox = sandbox.mailbox('user')
    const elsewhere = mailbox.contacts().find(({ folderId }) => folderId !== mailbox.defaultFolder.id)!
    expect((await graph.get(`/me/contacts/${elsewhere.id}`)).body.id).toBe(elsewhere.id)
    expect(
      (await graph.get(`/me/contactFolders/${elsewhere.folderId}/contacts/${elsewhere.id}`)).status,
    ).toBe(200)
    expect((await graph.get(`/me/contactFolders/Contacts/contacts/${elsewhere.id}`)).status).toBe(404)
  })

  test('more folders than a page are paged too', async () => {
    const many = await startSandbox({ contacts: 0, folders: 40 })
    const first = await graphVisitor(many).get('/me/contactFolders')
    expect(first.value).toHaveLength(10)
    expect(first.nextLink).toContain('%24skip=10')
    await many.close()
  })
})

describe('paging', () => {
  test('a page is 10 where nobody asks for more, and 1000 at most', async () => {
    const big = await startSandbox({ contacts: 1100, folders: 0, distributionLists: 0 })
    const other = graphVisitor(big)
    expect((await other.get('/me/contacts')).value).toHaveLength(10)
    const largest = await other.get('/me/contacts?$top=5000')
    expect(largest.value).toHaveLength(1000)
    expect((await other.get(largest.nextLink!)).value).toHaveLength(100)
    expect((await other.get('/me/contacts', { prefer: 'odata.maxpagesize=77' })).value).toHaveLength(77)
    await big.close()
  })

  test('nextLink is absolute, repeats the query, and is encoded as Outlook does it', async () => {
    const { nextLink } = await graph.get(
      '/me/contacts?$select=id,displayName&$orderby=lastModifiedDateTime desc&$top=7&$count=true',
    )
    expect(nextLink).toBe(
      `${sandbox.graphUrl}/me/contacts?%24select=id%2cdisplayName&%24orderby=lastModifiedDateTime+desc&%24top=7&%24count=true&%24skip=7`,
    )
    const second = await graph.get(nextLink!)
    expect(second.value.length).toBeLessThanOrEqual(7)
    expect(second.nextLink).toContain('%24skip=14')
  })

  test('what is no contact counts in top, skip and count, but is left out: short pages, and empty ones', async () => {
    const { items, pages } = await graph.all('/me/contacts')
    const first = await graph.get('/me/contacts?$count=true')
    const counted = Number(first.body['@odata.count'])
    expect(counted).toBeGreaterThan(items.length)
    expect(pages).toBe(Math.ceil(counted / 10))
    expect(Number((await graph.get('/me/contacts/$count')).text)).toBe(counted)

    let page = first
    let empty = 0
    while (page.nextLink !== undefined) {
      if (page.value.length === 0) empty += 1
      page = await graph.get(page.nextLink)
      expect(page.body).not.toHaveProperty('@odata.count')
    }
    expect(empty).toBeGreaterThan(0)
  })

  test('there is no snapshot: what is removed meanwhile makes a reader miss one, what is added shows one twice', async () => {
    const alone = await startSandbox({ contacts: 20, folders: 0, distributionLists: 0 })
    const mailbox = alone.mailbox('user')
    const other = graphVisitor(alone)
    const all = mailbox.contacts().map(({ id }) => id)
    const first = await other.get('/me/contacts?$top=10')
    mailbox.remove(all[0]!)
    const second = await other.get(first.nextLink!)
    const seen = [...first.value, ...second.value].map(({ id }) => id)
    expect(seen).not.toContain(all[10])
    await alone.close()
  })

  test('orderby sorts by date or name, either way', async () => {
    const dates = async (order: string): Promise<string[]> =>
      (await graph.all(`/me/contacts?$top=100&$orderby=${order}`)).items.map((item) =>
        String(item.lastModifiedDateTime),
      )
    const ascending = await dates('lastModifiedDateTime')
    expect(ascending).toEqual([...ascending].sort())
    expect(await dates('lastModifiedDateTime desc')).toEqual([...ascending].sort().reverse())
    const names = (await graph.all('/me/contacts?$top=100&$orderby=displayName desc')).items.map(
      (item) => item.displayName as string | null,
    )
    const texts = names.map((name) => name ?? '')
    expect(texts).toEqual([...texts].sort().reverse())
  })

  test('select gives what is asked for, the id and the etag; an unknown property is refused', async () => {
    const { value } = await graph.get('/me/contacts?$select=displayName,emailAddresses&$top=1')
    expect(Object.keys(value[0]!)).toEqual(['@odata.etag', 'id', 'displayName', 'emailAddresses'])
    const refused = await graph.get('/me/contacts?$select=id,foo')
    expect(refused.status).toBe(400)
    expect(refused.error.code).toBe('BadRequest')
    expect(refused.error.message).toBe(
      "Parsing OData Select and Expand failed: Could not find a property named 'foo' on type 'microsoft.graph.contact'.",
    )
  })

  test('only the one documented filter works, and nonsense is refused', async () => {
    const contact = sandbox
      .mailbox('user')
      .items(sandbox.mailbox('user').defaultFolder.id)
      .find(({ fields }) => fields.emailAddresses[0]?.address?.includes('@'))!
    const address = contact.fields.emailAddresses[0]!.address!
    const found = await graph.get(`/me/contacts?$filter=emailAddresses/any(a:a/address eq '${address}')`)
    expect(found.value.map(({ id }) => id)).toContain(contact.id)
    expect((await graph.get("/me/contacts?$filter=surname eq 'x'")).error.code).toBe(
      'ErrorInvalidUrlQueryFilter',
    )
    for (const query of ['$top=-1', '$top=ten', '$skip=x'])
      expect((await graph.get(`/me/contacts?${query}`)).status).toBe(400)
  })
})

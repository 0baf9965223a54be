import { describe, expect } from 'vitest'
import { sharedSandbox, visitedSandbox } from '../visited-sandbox.ts'

const test = sharedSandbox({ contacts: 300, folders: 5, distributionLists: 24 })
const testManyFolders = visitedSandbox({ contacts: 0, folders: 40 })
const testManyContacts = visitedSandbox({ contacts: 1100, folders: 0, distributionLists: 0 })
const testTwoPages = visitedSandbox({ contacts: 20, folders: 0, distributionLists: 0 })

const idsOf = (items: readonly Record<string, unknown>[]): string[] =>
  items.map(({ id }) => String(id)).sort()

describe('folders', () => {
  test('/me/contacts is the default folder only, and the alias Contacts is that folder', async ({
    graph,
    mailbox,
  }) => {
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

  test('contactFolders omits the default folder and is one level deep; childFolders list deeper ones', async ({
    graph,
    mailbox,
  }) => {
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

  test('all folders together hold every contact once', async ({ graph, mailbox }) => {
    const ids: string[] = []
    for (const { id } of mailbox.folders)
      ids.push(...idsOf((await graph.all(`/me/contactFolders/${id}/contacts?$top=50`)).items))
    expect(ids).toHaveLength(300)
    expect(new Set(ids).size).toBe(300)
  })

  test('a contact of any folder is found by its id below /me/contacts, and only by its own folder below that', async ({
    graph,
    mailbox,
  }) => {
    const elsewhere = mailbox.contacts().find(({ folderId }) => folderId !== mailbox.defaultFolder.id)!
    expect((await graph.get(`/me/contacts/${elsewhere.id}`)).body.id).toBe(elsewhere.id)
    expect(
      (await graph.get(`/me/contactFolders/${elsewhere.folderId}/contacts/${elsewhere.id}`)).status,
    ).toBe(200)
    expect((await graph.get(`/me/contactFolders/Contacts/contacts/${elsewhere.id}`)).status).toBe(404)
  })

  testManyFolders('more folders than a page are paged too', async ({ graph }) => {
    const first = await graph.get('/me/contactFolders')
    expect(first.value).toHaveLength(10)
    expect(first.nextLink).toContain('%24skip=10')
  })
})

describe('paging', () => {
  testManyContacts(
    'a page has 10 contacts unless more are requested, and 1,000 at most',
    async ({ graph }) => {
      expect((await graph.get('/me/contacts')).value).toHaveLength(10)
      const largest = await graph.get('/me/contacts?$top=5000')
      expect(largest.value).toHaveLength(1000)
      expect((await graph.get(largest.nextLink!)).value).toHaveLength(100)
      expect((await graph.get('/me/contacts', { prefer: 'odata.maxpagesize=77' })).value).toHaveLength(77)
    },
  )

  test('nextLink is absolute, repeats the query, and is encoded as Outlook does it', async ({
    sandbox,
    graph,
  }) => {
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

  test('an item that is not a contact counts in top, skip and count but is omitted, so pages may be short or empty', async ({
    graph,
  }) => {
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

  testTwoPages(
    'there is no snapshot: after a removal a reader misses a contact, after an addition it sees one twice',
    async ({ graph, mailbox }) => {
      const all = mailbox.contacts().map(({ id }) => id)
      const seenWhile = async (happens: () => unknown) => {
        const first = await graph.get('/me/contacts?$top=10')
        happens()
        const second = await graph.get(first.nextLink!)
        return [...first.value, ...second.value].map(({ id }) => id)
      }
      expect(await seenWhile(() => mailbox.remove(all[0]!))).not.toContain(all[10])
      const seen = await seenWhile(() => mailbox.add({ displayName: 'New' }, { first: true }))
      expect(seen.filter((id) => id === all[10])).toHaveLength(2)
    },
  )

  test('orderby sorts by date or name, either way', async ({ graph }) => {
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

  test('select returns the requested properties, the id and the etag; an unknown property is refused', async ({
    graph,
  }) => {
    const { value } = await graph.get('/me/contacts?$select=displayName,emailAddresses&$top=1')
    expect(Object.keys(value[0]!)).toEqual(['@odata.etag', 'id', 'displayName', 'emailAddresses'])
    const refused = await graph.get('/me/contacts?$select=id,foo')
    expect(refused.status).toBe(400)
    expect(refused.error.code).toBe('BadRequest')
    expect(refused.error.message).toBe(
      "Parsing OData Select and Expand failed: Could not find a property named 'foo' on type 'microsoft.graph.contact'.",
    )
  })

  test('only the one documented filter works, and nonsense is refused', async ({
    sandbox,
    graph,
    mailbox,
  }) => {
    const contact = sandbox
      .mailbox('user')
      .items(mailbox.defaultFolder.id)
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

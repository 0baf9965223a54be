import { expect } from 'vitest'
import { visitedSandbox } from '../visited-sandbox.ts'

const test = visitedSandbox({ contacts: 20, folders: 0, distributionLists: 0 })

test('a delta link that was stored before a fault was set fails for ever, and new ones work', async ({
  sandbox,
  graph,
}) => {
  const delta = '/me/contacts/delta'
  const stored = (await graph.all(delta)).last.deltaLink!
  sandbox.settings.change({
    faults: [{ kind: 'status', status: 504, match: '*deltatoken*', issuedBefore: 'now' }],
  })
  for (let asked = 0; asked < 3; asked++) expect((await graph.get(stored)).status).toBe(504)
  const { responses } = (
    await graph.post('/$batch', {
      requests: [{ id: '1', method: 'GET', url: stored.slice(sandbox.graphUrl.length) }],
    })
  ).body as { responses: { status: number }[] }
  expect(responses).toMatchObject([{ status: 504 }])

  const fresh = (await graph.all(delta)).last.deltaLink!
  const latest = await graph.get(`${delta}?$deltatoken=latest`)
  for (const link of [fresh, latest.deltaLink!]) expect((await graph.get(link)).status).toBe(200)
})

test('a 401 can occur once: the token is accepted before and after it', async ({ sandbox, graph }) => {
  sandbox.settings.change({ faults: [{ kind: 'status', status: 401, skip: 1, times: 1 }] })
  const statuses: number[] = []
  for (let asked = 0; asked < 3; asked++) statuses.push((await graph.get('/me/contacts')).status)
  expect(statuses).toEqual([200, 401, 200])
})

test('a lie counts only the requests whose answers it changes', async ({ sandbox, graph }) => {
  sandbox.settings.change({ faults: [{ kind: 'false-removal', skip: 1, times: 1 }] })
  await graph.get('/me/contacts')
  const link = (await graph.all('/me/contacts/delta')).last.deltaLink!
  const removals: number[] = []
  for (let asked = 0; asked < 3; asked++) removals.push((await graph.get(link)).value.length)
  expect(removals).toEqual([0, 1, 0])
})

import { afterAll, expect, test } from 'vitest'
import { type Sandbox, type SandboxOptions, startSandbox } from '../sandbox/index.ts'
import { graphContactSource } from '../src/adapters/microsoft365/mailbox/graph-contact-source.ts'
import { contactSourceContract } from '../src/testing/contracts/contact-source-contract.ts'
import { readSource } from '../src/testing/read-source.ts'

/** Short, for tests that wait until they are over. */
const limits = { request: 1_000, retries: 2_000, firstBackoff: 5 }
/** For tests in which no request is to reach them, however slow the machine is. */
const patience = { request: 60_000, retries: 60_000, firstBackoff: 5 }

const started: Sandbox[] = []
afterAll(() => Promise.all(started.map((sandbox) => sandbox.close())))

const start = async (
  options: Partial<SandboxOptions> = {},
  { sparesPreflights = false, limits = patience } = {},
) => {
  const running = await startSandbox(options)
  started.push(running)
  let token = running.issueToken('user')
  const accessToken = async ({ refused }: { refused?: string }) => {
    if (refused === token) token = running.issueToken('user')
    return token
  }
  const source = graphContactSource({
    graphUrl: running.graphUrl,
    tokens: { accessToken },
    limits,
    sparesPreflights,
  })
  const graphRequests = () => running.requests.entries.filter(({ path }) => path.startsWith('/v1.0'))
  const ids = running
    .mailbox('user')
    .contacts()
    .map(({ immutableId }) => immutableId)
  return { running, source, ids, graphRequests }
}

for (const sparesPreflights of [false, true])
  contactSourceContract(sparesPreflights ? 'Graph in a page' : 'Graph', async () => {
    const settings = { contacts: 40, folders: 4 }
    const { running, source, ids, graphRequests } = await start(settings, { sparesPreflights, limits })
    return {
      source,
      ids,
      fallSilent: () => running.settings.change({ faults: [{ kind: 'silent' }] }),
      requests: () => graphRequests().length,
      dispose: () => running.close(),
    }
  })

test('with an option for pages, all requests go to one address, at most four at a time', async () => {
  const { source, ids, graphRequests } = await start(
    { contacts: 3_400, folders: 7 },
    { sparesPreflights: true },
  )
  const reading = await readSource(source)
  expect([...reading.ids].sort()).toEqual([...ids].sort())
  expect(reading.finished).toMatchObject({ verified: true })
  const sent = graphRequests().filter(({ method }) => method === 'POST')
  expect(new Set(sent.map(({ path }) => path))).toEqual(new Set(['/v1.0/$batch']))
  expect(graphRequests().filter(({ status }) => status !== 200)).toEqual([])
  expect(Math.max(...sent.map(({ inFlight }) => inFlight))).toBeLessThanOrEqual(4)
})

test('thousands of contacts in nested folders are read once each, with ids that survive a move', async () => {
  const { running, source, ids, graphRequests } = await start({
    contacts: 3_400,
    folders: 7,
    distributionLists: 60,
  })
  const reading = await readSource(source)
  expect([...reading.ids].sort()).toEqual([...ids].sort())
  expect(reading.finished).toMatchObject({ verified: true })
  // Graph counts distribution lists, which it does not list.
  expect(reading.reports[0]).toEqual({ type: 'contacts.counted', count: 3_460 })
  expect(Math.max(...graphRequests().map(({ inFlight }) => inFlight))).toBeLessThanOrEqual(3)
  expect(graphRequests().filter(({ status }) => status !== 200)).toEqual([])
  const texts = JSON.stringify(reading.pages)
  for (const { fields } of running.mailbox('user').contacts().slice(0, 200))
    if (fields.mobilePhone) expect(texts).toContain(JSON.stringify(fields.mobilePhone))
})

test('a person without a mailbox gets no-mailbox', async () => {
  const { running } = await start()
  const tokens = { accessToken: async () => running.issueToken('no-mailbox') }
  const source = graphContactSource({ graphUrl: running.graphUrl, tokens, limits: patience })
  await expect(readSource(source)).rejects.toMatchObject({ name: 'ImportFailure', code: 'no-mailbox' })
})

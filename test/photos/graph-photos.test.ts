import { describe, expect, test } from 'vitest'
import { graphSources } from '../../src/adapters/microsoft365/graph-sources.ts'
import { photoSourceContract } from '../../src/testing/contracts/photo-source-contract.ts'
import { readSource } from '../../src/testing/read-source.ts'
import { photoSandbox, photoSandboxOfTest } from './photo-sandbox.ts'

const PHOTOS = 'GET *photo/$value'
const BATCHES = 'POST *$batch'

const ids = (items: readonly { readonly immutableId: string }[], count = 20) =>
  items.slice(0, count).map(({ immutableId }) => immutableId)

photoSourceContract('Graph', async () => {
  const { sandbox, photos, mailbox, pictured, plain } = await photoSandbox()
  return {
    source: photos,
    pictured: new Map(
      pictured.map((item) => [item.immutableId, mailbox.photos.of(item) ?? new Uint8Array()]),
    ),
    plain: ids(plain),
    replace: (id, bytes) => {
      const item = mailbox.find(id)
      if (item) mailbox.photos.set(item, bytes)
    },
    fallSilent: () => sandbox.settings.change({ faults: [{ kind: 'silent' }] }),
    refuse: () => sandbox.settings.change({ faults: [{ kind: 'status', status: 403, match: PHOTOS }] }),
    dispose: () => sandbox.close(),
  }
})

test('twenty contacts cost one request', async () => {
  const { ask, pictured, sent } = await photoSandboxOfTest({ concurrency: null })
  expect((await ask(ids(pictured))).size).toBe(20)
  expect(sent().map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /v1.0/$batch'])
})

test('photos that are throttled are asked for again, and only these', async () => {
  const { sandbox, ask, pictured, sent } = await photoSandboxOfTest({ concurrency: 2 })
  const photos = await ask(ids(pictured))
  // Of each four parts, this tenant serves two.
  const batches = sandbox.requests.entries.filter(({ batched }) => batched)
  expect(batches.map(({ status }) => status)).toEqual(Array.from({ length: 18 }, () => 200))
  expect(photos.size).toBe(18)
  expect(sent()).toHaveLength(3)
})

test('one photo that is throttled for an hour costs no other, and can be asked for later', async () => {
  const { sandbox, ask, pictured } = await photoSandboxOfTest()
  const fault = { kind: 'status', status: 429, retryAfter: 3600, match: PHOTOS, times: 1 } as const
  sandbox.settings.change({ faults: [fault] })
  const asked = ids(pictured, 4)
  const photos = await ask(asked)
  expect([...photos.keys()].sort()).toEqual(asked.slice(1).sort())
  expect((await ask(asked)).size).toBe(4)
})

test('photos that are all throttled for an hour fail, and say when to try again', async () => {
  const { sandbox, ask, pictured } = await photoSandboxOfTest()
  sandbox.settings.change({ faults: [{ kind: 'status', status: 429, retryAfter: 3600, match: PHOTOS }] })
  await expect(ask(ids(pictured))).rejects.toMatchObject({
    code: 'throttled',
    details: { retryAt: expect.any(String) as string },
  })
})

describe('one bad answer costs no other:', () => {
  test.each(['html', 'svg', 'empty', 'huge'] as const)('%s in place of a photo is none', async (how) => {
    const { sandbox, ask, pictured } = await photoSandboxOfTest({ concurrency: null })
    sandbox.settings.change({ faults: [{ kind: 'bad-photo', how, match: PHOTOS, times: 1 }] })
    const asked = ids(pictured)
    const photos = await ask(asked)
    expect(asked.map((id) => photos.get(id) === null)).toEqual(asked.map((_, index) => index === 0))
  })

  test('a photo that is larger than a whole answer may be is none', async () => {
    const { sandbox, ask, pictured, sent } = await photoSandboxOfTest({ concurrency: null })
    const [large] = pictured
    const match = `GET *${large?.immutableId}/photo/$value`
    sandbox.settings.change({ faults: [{ kind: 'bad-photo', how: 'huge', bytes: 9_000_000, match }] })
    const asked = ids(pictured)
    const photos = await ask(asked)
    expect(asked.map((id) => photos.get(id) === null)).toEqual(asked.map((_, index) => index === 0))
    expect(sent().length).toBeLessThan(12)
  })

  test('twenty photos of the largest size come in several answers', async () => {
    const { ask, mailbox, pictured } = await photoSandboxOfTest({ concurrency: null })
    const file = new Uint8Array(1_000_000)
    file.set([0xff, 0xd8, 0xff])
    for (const item of pictured.slice(0, 20)) mailbox.photos.set(item, file)
    const photos = await ask(ids(pictured))
    expect([...photos.values()].map((photo) => photo?.bytes.length)).toEqual(
      Array.from({ length: 20 }, () => 1_000_000),
    )
  })

  test.each([
    ['text that is not base64', { kind: 'bad-photo', how: 'bad-base64', match: PHOTOS, times: 1 }],
    ['an HTML page as text', { kind: 'captive-portal', match: PHOTOS, times: 1 }],
  ] as const)('%s says nothing of the contact', async (_, fault) => {
    const { sandbox, ask, pictured } = await photoSandboxOfTest({ concurrency: null })
    sandbox.settings.change({ faults: [fault] })
    const asked = ids(pictured)
    expect([...(await ask(asked)).keys()].sort()).toEqual(asked.slice(1).sort())
  })

  test.each([
    ['a part that is left out', { kind: 'bad-batch', how: 'missing', at: 3, match: BATCHES, times: 1 }],
    ['an error of the server', { kind: 'status', status: 503, match: PHOTOS, times: 1 }],
    ['a token that one part refuses', { kind: 'status', status: 401, match: PHOTOS, times: 1 }],
    ['a batch that is cut off', { kind: 'truncate', match: BATCHES, times: 1 }],
    ['a batch that breaks', { kind: 'reset', bytes: 40, match: BATCHES, times: 1 }],
    ['a token that the batch refuses', { kind: 'token-expired', match: BATCHES, times: 1 }],
    ['a batch that is throttled', { kind: 'status', status: 429, retryAfter: 1, match: BATCHES, times: 1 }],
  ] as const)('%s is asked for again', async (_, fault) => {
    const { sandbox, ask, pictured } = await photoSandboxOfTest({ concurrency: null })
    sandbox.settings.change({ faults: [fault] })
    const photos = await ask(ids(pictured))
    expect([...photos.values()].filter((photo) => photo !== null)).toHaveLength(20)
  })

  test.each([
    ['HTML', { kind: 'captive-portal', match: BATCHES }],
    ['other JSON', { kind: 'bad-batch', how: 'no-batch', match: BATCHES }],
  ] as const)('a batch that is always %s says nothing, and is not asked for many times', async (_, fault) => {
    const { sandbox, ask, pictured, sent } = await photoSandboxOfTest({ concurrency: null })
    sandbox.settings.change({ faults: [fault] })
    expect(await ask(ids(pictured))).toEqual(new Map())
    expect(sent().length).toBeLessThanOrEqual(5)
  })
})

test('an answer of a million tiny values is not read', async () => {
  const { sandbox, pictured } = await photoSandboxOfTest({ concurrency: null })
  const { photos } = graphSources({
    graphUrl: sandbox.graphUrl,
    tokens: { accessToken: async () => sandbox.issueToken('user') },
    fetch: async (address, init) => {
      const text = await (await fetch(address, init)).text()
      return new Response(text.replace('{', `{"filler":[${'{},'.repeat(1_000_000)}0],`))
    },
  })
  const [asked = ''] = ids(pictured)
  expect(await photos.photos([asked], new AbortController().signal)).toEqual(new Map([[asked, null]]))
})

test('answers to another batch are none to this one', async () => {
  const { sandbox, pictured } = await photoSandboxOfTest({ concurrency: null })
  let first: string | null = null
  const { photos } = graphSources({
    graphUrl: sandbox.graphUrl,
    tokens: { accessToken: async () => sandbox.issueToken('user') },
    fetch: async (address, init) => {
      const text = await (await fetch(address, init)).text()
      return new Response((first ??= text))
    },
  })
  const { signal } = new AbortController()
  expect((await photos.photos(ids(pictured, 2), signal)).size).toBe(2)
  expect((await photos.photos(ids(pictured.slice(2), 2), signal)).size).toBe(0)
})

test.each([
  ['no permission for anything', { kind: 'status', status: 403, match: BATCHES }, 'permission-missing'],
  ['an outage', { kind: 'status', status: 503 }, 'service-unavailable'],
  ['a sign-in that has expired', { kind: 'status', status: 401, match: PHOTOS }, 'sign-in-expired'],
] as const)('%s fails for all', async (_, fault, code) => {
  const { sandbox, ask, pictured } = await photoSandboxOfTest()
  sandbox.settings.change({ faults: [fault] })
  await expect(ask(ids(pictured))).rejects.toMatchObject({ name: 'ImportFailure', code })
})

test('no connection fails as offline', async () => {
  const { photos } = graphSources({
    // Nothing listens there.
    graphUrl: 'http://127.0.0.1:2',
    tokens: { accessToken: async () => 'token' },
    limits: { retries: 50, firstBackoff: 5 },
  })
  await expect(photos.photos(['a', ''], new AbortController().signal)).rejects.toMatchObject({
    code: 'offline',
  })
})

test('an import and the photos of the same mailbox queue together', async () => {
  const { ask, contacts, pictured, sandbox } = await photoSandboxOfTest({ latency: 5 })
  const reading = readSource(contacts)
  const asked = Array.from({ length: 5 }, (_, index) => ask(ids(pictured.slice(index * 4), 4)))
  await Promise.all(asked)
  expect((await reading).finished).toMatchObject({ verified: true })
  expect(sandbox.requests.entries.filter(({ status }) => status === 429)).toEqual([])
})

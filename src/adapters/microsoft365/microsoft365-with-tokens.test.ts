import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ImportFailure } from '../../domain/failures.ts'
import { memoryStorage, openContactBook } from '../../index.ts'
import type { ContactBook, TokenRequest } from '../../index.ts'
import { emptyMailbox, localGraph } from '../../testing/local-graph.ts'
import { json } from '../../testing/local-service.ts'
import type { LocalService } from '../../testing/local-service.ts'
import { signInCore } from '../../testing/contracts/sign-in-core.ts'
import { microsoft365WithTokens } from './microsoft365-with-tokens.ts'
import type { Microsoft365WithTokensOptions } from './microsoft365-with-tokens.ts'
import { tokenProvider } from './sign-in/token-provider.ts'

const { signal } = new AbortController()

const jwt = (claims: object): string =>
  [{ alg: 'none' }, claims, {}]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')

const ada = jwt({ tid: 'tenant-1', oid: 'object-1', upn: 'ada@example.test', name: 'Ada Løvelace' })

const contact = { id: 'c1', displayName: 'Grace Hopper', parentFolderId: 'f', changeKey: '1' }

let graph: LocalService
let accepted: string
let asked: Omit<TokenRequest, 'signal'>[]
const books: ContactBook[] = []

beforeEach(async () => {
  accepted = ada
  asked = []
  graph = await localGraph({
    ...emptyMailbox,
    '/me/contacts': (response, request) =>
      request.headers.authorization === `Bearer ${accepted}`
        ? json({ value: [contact] })(response, request)
        : json({ error: { code: 'InvalidAuthenticationToken' } }, 401, {
            'www-authenticate': `Bearer error="insufficient_claims", claims="${btoa('{"nbf":1}')}"`,
          })(response, request),
  })
})
afterEach(async () => {
  for (const book of books.splice(0)) await book.close()
  await graph.close()
})

/** A function of a shell that records its requests and answers as the test says. */
const answering =
  (...answers: readonly (string | Error)[]) =>
  async ({ signal, ...request }: TokenRequest): Promise<string> => {
    asked.push(request)
    signal.throwIfAborted()
    const answer = answers[Math.min(asked.length, answers.length) - 1]
    if (typeof answer !== 'string') throw answer ?? new Error('no answer')
    return answer
  }

const linked = (options: Microsoft365WithTokensOptions) =>
  microsoft365WithTokens({ graphUrl: graph.url.href, ...options })

const imported = async (options: Microsoft365WithTokensOptions) => {
  const book = await openContactBook({ store: memoryStorage(), sources: [linked(options)] })
  books.push(book)
  const started = await book.signIn('microsoft365')
  if (!started.ok) throw new Error(started.refusal)
  return { book, outcome: await book.outcome(started.attempt) }
}

describe('an app that gets its own tokens', () => {
  it('imports with them, and links the account that the token is for', async () => {
    const { book, outcome } = await imported({ tokens: answering(ada) })
    expect(outcome).toMatchObject({ state: 'imported', completion: { imported: 1 } })
    expect(book.accounts.get()[0]?.account).toEqual({
      id: 'tenant-1.object-1',
      username: 'ada@example.test',
      name: 'Ada Løvelace',
    })
    expect(asked[0]).toEqual({ scopes: ['Contacts.Read'], interactive: true, chooseAccount: false })
    expect(asked.slice(1).every(({ interactive }) => !interactive)).toBe(true)
  })

  it('is asked for the scope of its own cloud', async () => {
    const { signIn } = microsoft365WithTokens({
      tokens: answering(ada),
      graphUrl: 'https://graph.microsoft.us',
    })
    await signIn.signIn({ attempt: 'a', chooseAccount: true }, signInCore().context)
    expect(asked).toEqual([
      { scopes: ['https://graph.microsoft.us/Contacts.Read'], interactive: true, chooseAccount: true },
    ])
  })

  it('is asked again, silently, with the refused token and the claims that Graph demands', async () => {
    accepted = 'new'
    const tokens = answering(ada, ada, 'new')
    const { outcome } = await imported({ tokens })
    expect(outcome.state).toBe('imported')
    expect(asked.at(-1)).toEqual({
      scopes: ['Contacts.Read'],
      interactive: false,
      chooseAccount: false,
      refused: ada,
      claims: '{"nbf":1}',
    })
  })

  it('reads through its own fetch', async () => {
    const paths: string[] = []
    await imported({
      tokens: answering(ada),
      fetch: (input, init) => {
        paths.push(new URL(input instanceof Request ? input.url : input).pathname)
        return fetch(input, init)
      },
    })
    expect(paths).toContain('/v1.0/me/contacts')
  })

  it('may itself name the account of an opaque token', async () => {
    accepted = 'opaque'
    const account = { id: 'mine', username: 'me@example.test' }
    const { book } = await imported({ tokens: answering('opaque'), account: () => account })
    expect(book.accounts.get()[0]?.account).toEqual(account)
  })

  it.each([
    ['a rejection', new Error('interaction_required'), 'sign-in-expired'],
    ['a failure of its own', new ImportFailure('consent-declined'), 'consent-declined'],
    ['what is no token', 'two words', 'sign-in-expired'],
    ['nothing', '', 'sign-in-expired'],
  ])('fails with %s', async (_, answer, code) => {
    const { outcome } = await imported({ tokens: answering(answer) })
    expect(outcome).toMatchObject({ state: 'failed', code })
    expect(graph.received).toEqual([])
  })

  it('fails when it gives the refused token once more, and that is refused again', async () => {
    accepted = 'another'
    const { outcome } = await imported({ tokens: answering(ada) })
    expect(outcome).toMatchObject({ state: 'failed', code: 'sign-in-expired' })
  })

  it('may give the refused token once more, because a good one is refused now and then', async () => {
    accepted = 'another'
    const tokens = async ({ refused }: TokenRequest) => {
      if (refused !== undefined) accepted = ada
      return ada
    }
    expect((await imported({ tokens })).outcome).toMatchObject({ state: 'imported' })
  })

  it('may throw synchronously, as a function that is not async does', async () => {
    const tokens = () => {
      throw new Error('not initialised')
    }
    expect((await imported({ tokens })).outcome).toMatchObject({ state: 'failed', code: 'sign-in-expired' })
  })

  it('may be JavaScript, and give no token at all', async () => {
    const tokens: () => Promise<unknown> = async () => undefined
    const { outcome } = await imported({ tokens: tokens as () => Promise<string> })
    expect(outcome).toMatchObject({ state: 'failed', code: 'sign-in-expired' })
  })

  it('must give an address that a token may be sent to', () => {
    for (const graphUrl of ['http://graph.example.test', 'nowhere'])
      expect(() => microsoft365WithTokens({ tokens: answering(ada), graphUrl })).toThrow('app-misconfigured')
  })
})

describe('its sign-in', () => {
  it('resolves immediately when it is cancelled, and uses no token that comes later', async () => {
    let give: (token: string) => void = () => undefined
    const { signIn } = linked({ tokens: () => new Promise((resolve) => (give = resolve)) })
    const core = signInCore()
    const done = signIn.signIn({ attempt: 'a' }, core.context)
    core.cancel()
    await done
    give(ada)
    await expect.poll(() => core.reports).toEqual([{ type: 'sign-in.answered' }])
  })

  it('does nothing for an attempt that was over before it began', async () => {
    const core = signInCore()
    core.cancel()
    await linked({ tokens: answering(ada) }).signIn.signIn({ attempt: 'a' }, core.context)
    expect(asked).toEqual([])
  })

  it('asks again before each attempt which account the access belongs to', async () => {
    const { signIn } = linked({ tokens: answering(ada, jwt({ tid: 't', oid: 'other' })) })
    expect(await signIn.access?.()).toMatchObject({ id: 'tenant-1.object-1' })
    expect(await signIn.access?.()).toEqual({ id: 't.other' })
  })

  it('forgets the token at a sign-out', async () => {
    const { signIn } = linked({ tokens: answering(ada) })
    await signIn.signIn({ attempt: 'a' }, signInCore().context)
    await signIn.signOut()
    await signIn.access?.()
    expect(asked).toHaveLength(2)
    await signIn.close()
  })

  it('keeps the current token if the core does not accept the new one', async () => {
    const provider = tokenProvider({ tokens: answering('first', 'second') }, [])
    await provider.signIn({ attempt: 'a' }, signInCore().context)
    const core = signInCore()
    core.answers['consent.granted'] = () => ({ accepted: false, reason: 'different-account' })
    await provider.signIn({ attempt: 'b' }, core.context)
    expect(await provider.accessToken({ signal })).toBe('first')
  })

  it('shares one new token among the requests that were refused together', async () => {
    const provider = tokenProvider({ tokens: answering('new') }, [])
    const renewed = [1, 2, 3].map(() => provider.accessToken({ signal, refused: 'old' }))
    expect(await Promise.all(renewed)).toEqual(['new', 'new', 'new'])
    expect(asked).toHaveLength(1)
  })
})

it('tokens that are not a function are refused immediately, and not as an expired sign-in', () => {
  const options: object = {}
  expect(() => microsoft365WithTokens(options as Parameters<typeof microsoft365WithTokens>[0])).toThrow(
    TypeError,
  )
})

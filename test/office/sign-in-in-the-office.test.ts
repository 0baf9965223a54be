import { describe, expect, test, vi } from 'vitest'
import type { MicrosoftSignInOptions } from '../../src/adapters/microsoft365/sign-in/microsoft-sign-in.node.ts'
import { type SignInCore, signInCore } from '../../src/testing/contracts/sign-in-core.ts'
import { signInSetup } from '../sign-in-setup.ts'

const setup = signInSetup()
const { signal } = new AbortController()

const refusal = (code: string) =>
  new TypeError('fetch failed', { cause: Object.assign(new Error('secret'), { code }) })

/** The network of an office, which may refuse, with an error or an answer of its own. */
const network = () => {
  let refuse: (() => Promise<Response>) | null = null
  let refusals = 0
  const send: typeof fetch = async (address, init) => {
    if (refuse === null) return fetch(address, init)
    refusals++
    return refuse()
  }
  return {
    fetch: send,
    refuseWith: (refusing: () => Promise<Response>) => void (refuse = refusing),
    recover: () => void (refuse = null),
    refusals: () => refusals,
  }
}

const refused: [string, () => Promise<Response>, object][] = [
  [
    'certificate-untrusted',
    () => Promise.reject(refusal('SELF_SIGNED_CERT_IN_CHAIN')),
    { cause: 'SELF_SIGNED_CERT_IN_CHAIN' },
  ],
  ['connection-not-secure', () => Promise.reject(refusal('ERR_SSL_WRONG_VERSION_NUMBER')), {}],
  ['proxy-needs-sign-in', async () => new Response('', { status: 407 }), { status: 407 }],
  ['network-sign-in', async () => new Response('', { status: 511 }), { status: 511 }],
]

/** Begins to sign in at an authority that has yet to be discovered, and shows the person nothing. */
const signIn = async (
  options: Partial<MicrosoftSignInOptions>,
): Promise<{ failed: unknown; core: SignInCore }> => {
  const core = signInCore()
  const made = setup.make(options)
  const failed: unknown = await made.signIn({ attempt: 'a' }, core.context).then(
    () => null,
    (error: unknown) => error,
  )
  return { failed, core }
}

describe.each(refused)('%s', (code, refuse, details) => {
  test.each(['https://login.example.test/tenant', 'http://localhost:1/common'])(
    'ends a sign-in at %s before a tab opens',
    async (authority) => {
      const office = network()
      office.refuseWith(refuse)
      const openBrowser = vi.fn(async () => false)
      const { failed, core } = await signIn({ authority, fetch: office.fetch, openBrowser })
      expect(failed).toMatchObject({ name: 'ImportFailure', code, details })
      expect(openBrowser).not.toHaveBeenCalled()
      expect(core.progress).toEqual([])
    },
  )

  test('ends a sign-in whose code cannot be redeemed', async () => {
    const office = network()
    const begun = await setup.begin(setup.make({ fetch: office.fetch }))
    office.refuseWith(refuse)
    await begun.visit()
    await expect(begun.done).rejects.toMatchObject({ code, details })
  })

  test('opens no tab if it stops the renewal of an access that may be good', async () => {
    const office = network()
    const made = await setup.signedIn({ fetch: office.fetch })
    office.refuseWith(refuse)
    const core = signInCore()
    await expect(made.signIn({ attempt: 'a' }, core.context)).rejects.toMatchObject({ code })
    expect(core.progress).toEqual([])
  })

  test('fails a renewal immediately, and the next one works once the network does', async () => {
    const office = network()
    const made = await setup.signedIn({ fetch: office.fetch })
    office.refuseWith(refuse)
    await expect(made.accessToken({ signal, refused: 'access-1' })).rejects.toMatchObject({ code, details })
    expect(office.refusals()).toBe(1)
    office.recover()
    expect(await made.accessToken({ signal, refused: 'access-1' })).toBe('access-2')
  })

  test('ends the wait for a code that is typed elsewhere', async () => {
    const office = network()
    const body = {
      device_code: 'd',
      user_code: 'u',
      verification_uri: 'https://login.example.test/device',
      expires_in: 900,
      interval: 0.01,
    }
    setup.authority.answer = (request) => {
      if (!request.has('grant_type')) return { body }
      office.refuseWith(refuse)
      return { status: 400, body: { error: 'authorization_pending' } }
    }
    const { failed } = await signIn({ deviceCode: true, fetch: office.fetch })
    expect(failed).toMatchObject({ code, details })
  })
})

describe('a credential that Entra finds expired or not yet valid', () => {
  const answering = async (number: number, date: Date) => {
    const made = await setup.signedIn({
      fetch: async (address, init) => {
        const response = await fetch(address, init)
        const headers = new Headers(response.headers)
        headers.set('date', date.toUTCString())
        return new Response(await response.arrayBuffer(), { status: response.status, headers })
      },
    })
    const body = { error: 'invalid_grant', error_codes: [number], error_description: `AADSTS${number}: x` }
    setup.authority.answer = () => ({ status: 400, body })
    return made.accessToken({ signal, refused: 'access-1' }).then(
      () => null,
      (error: unknown) => (error as { code: string }).code,
    )
  }
  const hour = 3_600_000

  test.each([
    [700024, hour, 'clock-wrong'],
    [700024, -hour, 'clock-wrong'],
    [500133, hour, 'clock-wrong'],
    [50013, hour, 'clock-wrong'],
    [700024, 0, 'sign-in-expired'],
    [70008, hour, 'sign-in-expired'],
  ])('(AADSTS%i), with %i ms between its time and ours, is %s', async (number, difference, code) => {
    expect(await answering(number, new Date(Date.now() + difference))).toBe(code)
  })
})

test('a renewal continues immediately when the network is back', async () => {
  const office = network()
  const events = new EventTarget()
  const made = await setup.signedIn({ fetch: office.fetch, network: events, silentTimeout: 100_000 })
  // Each pause is twice as long as the one before.
  office.refuseWith(async () => {
    if (office.refusals() > 6) office.recover()
    setTimeout(() => events.dispatchEvent(new Event('online')), 10)
    throw refusal('ENOTFOUND')
  })
  const start = performance.now()
  expect(await made.accessToken({ signal, refused: 'access-1' })).toBe('access-2')
  expect(performance.now() - start).toBeLessThan(10_000)
})

import { writeFileSync } from 'node:fs'
import { describe, expect, it, vi } from 'vitest'
import { signInSetup } from '../../../../../test/sign-in-setup.ts'

const setup = signInSetup()
const { signal } = new AbortController()

describe('an access token', () => {
  it('comes from the cache as long as it is good', async () => {
    const made = await setup.signedIn()
    for (let i = 0; i < 3; i++) expect(await made.accessToken({ signal })).toBe('access-1')
    expect(setup.authority.requests).toHaveLength(1)
  })

  it('that Graph refused is not handed out again', async () => {
    const made = await setup.signedIn()
    expect(await made.accessToken({ signal, refused: 'access-1' })).toBe('access-2')
    expect(setup.authority.requests[1]?.get('grant_type')).toBe('refresh_token')
    expect(setup.authority.requests[1]?.get('refresh_token')).toBe('refresh-1')
    expect(await made.accessToken({ signal })).toBe('access-2')
  })

  it('is renewed once, however many requests ask for it', async () => {
    const made = await setup.signedIn()
    const asked = [1, 2, 3, 4].map(() => made.accessToken({ signal, refused: 'access-1' }))
    expect(await Promise.all(asked)).toEqual(Array(4).fill('access-2'))
    expect(await made.accessToken({ signal, refused: 'access-1' })).toBe('access-2')
    expect(setup.authority.requests).toHaveLength(2)
  })

  it('that is asked for while another is renewed is the renewed one', async () => {
    const made = await setup.signedIn()
    setup.authority.answer = () => ({ ...setup.authority.grant(), delay: 200 })
    const renewed = made.accessToken({ signal, refused: 'access-1' })
    await vi.waitFor(() => expect(setup.authority.requests).toHaveLength(2), 60_000)
    expect(await made.accessToken({ signal })).toBe('access-2')
    expect(await renewed).toBe('access-2')
  })

  it('is requested with the claims that Graph demands, and serves all requests from then on', async () => {
    const made = await setup.signedIn()
    const claims = '{"access_token":{"nbf":{"essential":true,"value":"1604106651"}}}'
    expect(await made.accessToken({ signal, refused: 'access-1', claims })).toBe('access-2')
    expect(JSON.parse(setup.authority.requests[1]?.get('claims') ?? '')).toMatchObject({
      access_token: { nbf: { essential: true, value: '1604106651' }, xms_cc: { values: ['CP1'] } },
    })
    expect(await made.accessToken({ signal })).toBe('access-2')
    expect(await made.accessToken({ signal, claims })).toBe('access-3')
  })

  it('that is about to expire is renewed in advance', async () => {
    const made = await setup.signedIn()
    setup.authority.answer = () => setup.authority.grant({ expires_in: 200 })
    await made.accessToken({ signal, refused: 'access-1' })
    expect(await made.accessToken({ signal })).toBe('access-3')
  })

  it('fails if no account is signed in, and the person is not asked', async () => {
    await expect(setup.make().accessToken({ signal })).rejects.toMatchObject({ code: 'sign-in-expired' })
    expect(setup.authority.requests).toEqual([])
  })

  it('fails after a permission was withdrawn, and says which', async () => {
    const made = await setup.signedIn()
    const refuse = async (body: object) => {
      setup.authority.answer = () => ({ status: 400, body })
      return made.accessToken({ signal, refused: 'access-1' }).then(String, (error: unknown) => error)
    }
    const removed = { error: 'invalid_grant', suberror: 'consent_required', error_codes: [65001] }
    expect(await refuse({ ...removed, error_description: 'AADSTS65001: ada@example.org' })).toMatchObject({
      code: 'permission-removed',
      details: { serviceCode: 'AADSTS65001' },
    })
    expect(await refuse({ error: 'invalid_grant', error_codes: [700082] })).toMatchObject({
      code: 'sign-in-expired',
      details: { serviceCode: 'AADSTS700082' },
    })
    expect(await refuse({ error: 'invalid_grant' })).toMatchObject({ code: 'sign-in-expired' })
  })

  it('is requested again after a temporary failure', async () => {
    const made = await setup.signedIn()
    const faults = [
      { status: 503, body: '<html>' },
      { status: 500, body: { error: 'server_error' } },
    ]
    setup.authority.answer = () => faults.pop() ?? setup.authority.grant()
    expect(await made.accessToken({ signal, refused: 'access-1' })).toBe('access-2')
    expect(setup.authority.requests).toHaveLength(4)
  })

  it.each([
    [503, '<html>', 'service-unavailable'],
    [429, '', 'throttled'],
    [503, '{}', 'service-unavailable'],
    [200, '<html>captive portal</html>', 'bad-answer'],
    [200, '{}', 'bad-answer'],
    [200, 'null', 'bad-answer'],
  ])('is given up for what stood in its way at last (%s %s)', async (status, body, code) => {
    const made = await setup.signedIn({ silentTimeout: 800 })
    setup.authority.answer = () => ({ status, body })
    await expect(made.accessToken({ signal, refused: 'access-1' })).rejects.toMatchObject({ code })
    setup.authority.answer = () => setup.authority.grant()
    expect(await made.accessToken({ signal, refused: 'access-1' })).toBe('access-2')
  })

  it('is not requested again before the authority allows it', async () => {
    const made = await setup.signedIn()
    const faults = [{ status: 503, headers: { 'retry-after': '1.5' }, body: '' }]
    const times: number[] = []
    setup.authority.answer = () => {
      times.push(performance.now())
      return faults.pop() ?? setup.authority.grant()
    }
    expect(await made.accessToken({ signal, refused: 'access-1' })).toBe('access-2')
    const [first = 0, second = 0] = times
    expect(second - first).toBeGreaterThan(1450)
  })

  it('fails immediately if the authority asks for a retry after the time limit, and says when', async () => {
    const made = await setup.signedIn()
    setup.authority.answer = () => ({ status: 429, headers: { 'retry-after': '3600' }, body: '' })
    await expect(made.accessToken({ signal, refused: 'access-1' })).rejects.toMatchObject({
      code: 'throttled',
      details: { retryAt: expect.any(String) as string },
    })
    expect(setup.authority.requests).toHaveLength(2)
  })

  it('is given up when the answer is too large', async () => {
    const made = await setup.signedIn()
    const body = ' '.repeat(64 * 1024 * 1024 + 1)
    setup.authority.answer = () => ({ status: 200, body })
    const renewal = made.accessToken({ signal, refused: 'access-1' })
    await expect(renewal).rejects.toMatchObject({ code: 'bad-answer' })
  })

  it('is given up after its time limit', async () => {
    const made = await setup.signedIn({ silentTimeout: 200 })
    setup.authority.answer = () => ({ delay: 20_000 })
    await expect(made.accessToken({ signal, refused: 'access-1' })).rejects.toMatchObject({ code: 'offline' })
  })

  it('is no longer waited for after an abort', async () => {
    const made = await setup.signedIn()
    setup.authority.answer = () => ({ ...setup.authority.grant(), delay: 500 })
    const abort = new AbortController()
    const wanted = made.accessToken({ signal, refused: 'access-1' })
    const unwanted = made.accessToken({ signal: abort.signal, refused: 'access-1' })
    await vi.waitFor(() => expect(setup.authority.requests).toHaveLength(2), 60_000)
    const reason = new Error('cancelled')
    abort.abort(reason)
    await expect(unwanted).rejects.toBe(reason)
    expect(await wanted).toBe('access-2')
    await expect(made.accessToken({ signal: abort.signal })).rejects.toBe(reason)
  })

  it('of another authority is not used', async () => {
    await setup.signedIn()
    const elsewhere = setup.make({
      authority: 'https://login.elsewhere.example/common',
      authorityMetadata: metadata,
    })
    await expect(elsewhere.accessToken({ signal })).rejects.toMatchObject({ code: 'sign-in-expired' })
  })

  it('fails if the authority cannot be found', async () => {
    await setup.signedIn()
    const unreachable = setup.make({ authority: 'http://localhost:1/common', silentTimeout: 1000 })
    await expect(unreachable.accessToken({ signal })).rejects.toMatchObject({ code: 'offline' })
    writeFileSync(setup.tokenFile, 'damaged')
    await expect(unreachable.accessToken({ signal })).rejects.toMatchObject({ code: 'sign-in-expired' })
  })
})

const metadata = JSON.stringify({
  issuer: 'https://login.elsewhere.example/v2.0',
  authorization_endpoint: 'https://login.elsewhere.example/authorize',
  token_endpoint: 'https://login.elsewhere.example/token',
  jwks_uri: 'https://login.elsewhere.example/keys',
})

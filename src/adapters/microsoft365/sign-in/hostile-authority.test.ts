import { describe, expect, it } from 'vitest'
import { signInSetup } from '../../../../test/sign-in-setup.ts'
import { signInCore } from '../../../testing/contracts/sign-in-core.ts'

const setup = signInSetup()
const { signal } = new AbortController()

/** The outcome of a sign-in whose code is answered like this. */
const redeemed = async () => {
  const { core, done, visit } = await setup.begin(setup.make())
  await visit()
  const code: unknown = await done.then(
    () => 'granted',
    (error: unknown) => Reflect.get(Object(error), 'code') as unknown,
  )
  return { code, account: core.reports.flatMap((report) => ('account' in report ? report.account : []))[0] }
}

describe('metadata', () => {
  const endpoints = {
    authorization_endpoint: 'https://login.example.org/authorize',
    token_endpoint: 'https://login.example.org/token',
  }

  it.each([
    { authorization_endpoint: 'http://login.example.org/authorize' },
    { authorization_endpoint: 'javascript:alert(1)' },
    { authorization_endpoint: 'file:///etc/passwd' },
    { authorization_endpoint: 'https://login.microsoftonline.com@evil.example/authorize' },
    { authorization_endpoint: 42 },
    { token_endpoint: 'http://login.example.org/token' },
    { token_endpoint: undefined },
  ])('with %j opens no browser and gets no code, fetched or given', async (wrong) => {
    const given = {
      authority: 'https://login.example.org/common',
      authorityMetadata: JSON.stringify({ issuer: 'https://login.example.org', ...endpoints, ...wrong }),
    }
    Object.assign(setup.authority.metadata, endpoints, wrong)
    for (const options of [given, {}]) {
      const core = signInCore()
      const opened: string[] = []
      const openBrowser = async (address: string) => opened.push(address) > 0
      const made = setup.make({ ...options, openBrowser })
      await expect(made.signIn({ attempt: 'a' }, core.context)).rejects.toMatchObject({
        code: 'app-misconfigured',
      })
      expect([...core.progress, ...opened]).toEqual([])
    }
  })

  it('that is not JSON means a misconfigured app', async () => {
    const made = setup.make({ authority: 'https://login.example.org/common', authorityMetadata: '<html>' })
    await expect(made.signIn({ attempt: 'a' }, signInCore().context)).rejects.toMatchObject({
      code: 'app-misconfigured',
    })
  })

  it('has its address shown as parsed', async () => {
    const authorization_endpoint = 'https://l\u043egin.example.org/\u001b[2J\u202eauthorize'
    Object.assign(setup.authority.metadata, { authorization_endpoint })
    const { address, core, done } = await setup.begin(setup.make())
    expect(address).toMatch(/^https:\/\/xn--[a-z0-9-]+\.example\.org\/%1B\[2J%E2%80%AEauthorize\?[!-~]+$/)
    core.cancel()
    await done
  })
})

describe('a token answer', () => {
  it.each([
    { access_token: 42 },
    { access_token: {} },
    { access_token: '' },
    { access_token: 'a\r\nx-evil: b' },
    { access_token: 'a b' },
    { id_token: 'garbage' },
    { id_token: 42 },
  ])('with %j is no token answer', async (values) => {
    setup.authority.answer = () => setup.authority.grant(values)
    expect(await redeemed()).toMatchObject({ code: 'bad-answer', account: undefined })
  })

  it.each([
    { scope: 42 },
    { token_type: 42 },
    { refresh_token: 42 },
    { client_info: 42 },
    { expires_in: 'x' },
  ])('with %j counts without that', async (values) => {
    setup.authority.answer = () => setup.authority.grant(values)
    expect(await redeemed()).toMatchObject({ code: 'granted' })
  })

  it('names a person only by texts as long as names can be', async () => {
    setup.authority.answer = () => setup.authority.grant({}, { preferred_username: 7, name: 'x'.repeat(1e6) })
    expect(await redeemed()).toEqual({ code: 'granted', account: { id: 'tenant-1.object-1' } })
    setup.authority.answer = () => setup.authority.grant({}, { tid: 5, oid: {} })
    expect(await redeemed()).toMatchObject({ code: 'bad-answer' })
  })
})

describe('a refusal in an odd form', () => {
  const odd = [
    { error: { code: 'invalid_grant' }, error_codes: [53003] },
    { error: 'invalid_grant', error_codes: '53003', error_description: 42, suberror: [] },
    { error: 'invalid_grant', error_codes: ['53003'], correlation_id: {}, claims: 1 },
  ]

  it.each(odd)('(%j) is identified by its number when a code is redeemed', async (body) => {
    setup.authority.answer = () => ({ status: 400, body })
    expect(await redeemed()).toMatchObject({ code: 'sign-in-blocked' })
  })

  it.each(odd)('(%j) is not an internal failure when a token is renewed', async (body) => {
    const made = await setup.signedIn()
    setup.authority.answer = () => ({ status: 400, body })
    await expect(made.accessToken({ signal, refused: 'access-1' })).rejects.toMatchObject({
      code: expect.stringMatching(/^sign-in-(expired|blocked)$/) as string,
    })
  })
})

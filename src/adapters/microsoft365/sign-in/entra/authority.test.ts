import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { resolveAuthority } from './authority.ts'

const closings: (() => void)[] = []
afterEach(() => closings.splice(0).forEach((close) => close()))

/** A provider on this machine that answers each path with the given text. */
const provider = async (answers: (origin: string) => Record<string, string>): Promise<string> => {
  const server = createServer((request, response) => {
    const body = answers(origin)[request.url ?? '']
    response.writeHead(body === undefined ? 404 : 200).end(body ?? '<html>')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  closings.push(() => server.close().closeAllConnections())
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`
  return origin
}

const metadata = (origin: string) =>
  JSON.stringify({ authorization_endpoint: `${origin}/authorize`, token_endpoint: `${origin}/token` })

describe('an authority', () => {
  it('on https is used as it is; MSAL knows those of Microsoft, and must be told to trust others', async () => {
    for (const authority of [
      'https://login.microsoftonline.com/common',
      'https://login.microsoftonline.us/organizations',
      'https://login.partner.microsoftonline.cn/contoso.cn',
    ])
      expect(await resolveAuthority(authority)).toEqual({ authority, knownAuthorities: [] })
    expect(await resolveAuthority('https://login.example.org/tenant')).toEqual({
      authority: 'https://login.example.org/tenant',
      knownAuthorities: ['login.example.org'],
    })
    expect(
      (await resolveAuthority('https://login.microsoftonline.com.evil.example/common')).knownAuthorities,
    ).toEqual(['login.microsoftonline.com.evil.example'])
  })

  it('of Microsoft without a tenant means all tenants, in every cloud', async () => {
    for (const host of [
      'login.microsoftonline.com',
      'login.microsoftonline.us',
      'login.partner.microsoftonline.cn',
    ])
      for (const end of ['', '/'])
        expect((await resolveAuthority(`https://${host}${end}`)).authority).toBe(`https://${host}/common`)
  })

  it('elsewhere needs a tenant, unless its host names one', async () => {
    for (const authority of ['https://login.example.org', 'https://contoso.b2clogin.com/'])
      await expect(resolveAuthority(authority)).rejects.toMatchObject({ code: 'app-misconfigured' })
    expect(await resolveAuthority('https://contoso.ciamlogin.com/')).toMatchObject({
      authority: 'https://contoso.ciamlogin.com/',
    })
  })

  it.each(['/common/v2.0', '/common'])(
    'on this machine may speak http; its metadata is at %s',
    async (path) => {
      const origin = await provider((origin) => ({
        [`${path}/.well-known/openid-configuration`]: metadata(origin),
      }))
      const { port } = new URL(origin)
      expect(await resolveAuthority(`${origin}/common/`)).toEqual({
        authority: `https://login.port-${port}.localhost/common`,
        knownAuthorities: [`login.port-${port}.localhost`],
        authorityMetadata: metadata(origin),
      })
    },
  )

  it('on another machine must not use plain http', async () => {
    for (const authority of [
      'http://login.example.org/common',
      'http://10.0.0.1/common',
      'ftp://localhost/',
      'x',
      '',
    ])
      await expect(resolveAuthority(authority)).rejects.toMatchObject({ code: 'app-misconfigured' })
  })

  it('on this machine must not send codes elsewhere over plain http, and must answer with metadata', async () => {
    for (const body of [
      metadata('http://login.example.org'),
      JSON.stringify({ authorization_endpoint: 'https://a.example' }),
      '<html>',
      'null',
      '[]',
      metadata('http://localhost') + ' '.repeat(64 * 1024 * 1024),
    ]) {
      const origin = await provider(() => ({ '/common/v2.0/.well-known/openid-configuration': body }))
      await expect(resolveAuthority(`${origin}/common`)).rejects.toMatchObject({ code: 'app-misconfigured' })
    }
  })

  it('that does not answer is offline', async () => {
    await expect(resolveAuthority('http://localhost:1/common')).rejects.toMatchObject({ code: 'offline' })
    const aborted = AbortSignal.abort()
    const origin = await provider(() => ({}))
    await expect(resolveAuthority(`${origin}/common`, { signal: aborted })).rejects.toMatchObject({
      code: 'offline',
    })
  })
})

import { afterEach, describe, expect, test } from 'vitest'
import {
  type OfficeProxy,
  officeProxy,
  type OfficeProxyOptions,
  type OfficeService,
  officeService,
} from '../../../test/office/office-network.ts'
import { ImportFailure } from '../../domain/failures.ts'
import { connectionFailure } from '../http/connection/connection-failure.ts'
import { TransientError } from '../http/retry/transient-error.ts'
import type { Environment } from './proxy-for.ts'
import { systemFetch } from './system-fetch.ts'

const parts: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const part of parts.splice(0)) await part.close()
})

const service = async (pem?: string, date?: string): Promise<OfficeService> => {
  const made = await officeService((_, response) => {
    if (date !== undefined) response.setHeader('date', date)
    response.end('fine')
  }, pem)
  parts.push(made)
  return made
}

const proxyTo = async (port: number, options: OfficeProxyOptions = {}): Promise<OfficeProxy> => {
  const made = await officeProxy({ hosts: { 'graph.example.test': port }, ...options })
  parts.push(made)
  return made
}

const text = async (address: string, env: Environment): Promise<string> =>
  (await systemFetch(env)(address)).text()

/** The code of a failed request, whether it is tried again, and the details. */
const failure = async (address: string, env: Environment) => {
  try {
    await systemFetch(env)(address)
  } catch (error) {
    const found = connectionFailure(error, address)
    expect(found).toBeInstanceOf(found instanceof TransientError ? TransientError : ImportFailure)
    return { code: found.code, isTransient: found instanceof TransientError, details: found.details }
  }
  throw new Error('it succeeded')
}

describe('through a proxy', () => {
  test('a host is reached even if only the proxy knows its name', async () => {
    const proxy = await proxyTo((await service()).port)
    expect(await text('http://graph.example.test/v1.0', { HTTP_PROXY: `127.0.0.1:${proxy.port}` })).toBe(
      'fine',
    )
    expect(proxy.tunnels).toEqual([{ target: 'graph.example.test:80', authorization: undefined }])
  })

  test('the user name and the password of the setting are sent to the proxy alone', async () => {
    const headers: object[] = []
    const open = await officeService((request, response) => {
      headers.push(request.headers)
      response.end('fine')
    })
    parts.push(open)
    const proxy = await proxyTo(open.port, { login: 'ada:p@ss' })
    const env = { HTTP_PROXY: `http://ada:p%40ss@127.0.0.1:${proxy.port}` }
    expect(await text('http://graph.example.test/', env)).toBe('fine')
    expect(headers).toEqual([
      expect.not.objectContaining({ 'proxy-authorization': expect.anything() as string }),
    ])
  })

  test('hosts of NO_PROXY and this machine are reached without it', async () => {
    const { port } = await service()
    const proxy = await proxyTo(port)
    const env = { HTTP_PROXY: `127.0.0.1:${proxy.port}`, NO_PROXY: 'example.test' }
    expect(await text(`http://127.0.0.1:${port}/`, env)).toBe('fine')
    expect(await failure('http://graph.example.test/', env)).toMatchObject({ code: 'offline' })
    expect(proxy.tunnels).toEqual([])
  })

  test('a setting that is changed later is used', async () => {
    const { port } = await service()
    const proxy = await proxyTo(port)
    const env: Record<string, string> = {}
    const send = systemFetch(env)
    await expect(send('http://graph.example.test/')).rejects.toThrow()
    env['HTTP_PROXY'] = `127.0.0.1:${proxy.port}`
    expect(await (await send('http://graph.example.test/')).text()).toBe('fine')
  })

  test('an abort ends a request immediately', async () => {
    const proxy = await proxyTo(1, { status: 0 })
    const abort = new AbortController()
    const sent = systemFetch({ HTTP_PROXY: `127.0.0.1:${proxy.port}` })('http://graph.example.test/', {
      signal: abort.signal,
    })
    abort.abort(new Error('enough'))
    await expect(sent).rejects.toThrow('enough')
  })
})

describe('a proxy that refuses', () => {
  const refusal = async (options: OfficeProxyOptions, login = '') => {
    const proxy = await proxyTo((await service()).port, options)
    const found = await failure('http://graph.example.test/', {
      HTTP_PROXY: `http://${login}127.0.0.1:${proxy.port}`,
    })
    expect(JSON.stringify(found)).not.toContain('secret')
    expect(found.details.host).toBe(`127.0.0.1:${proxy.port}`)
    return found
  }

  test.each([
    ['no password', ''],
    ['the wrong password', 'ada:secret@'],
  ])('wants a sign-in: %s', async (_, login) => {
    expect(await refusal({ login: 'ada:right' }, login)).toMatchObject({
      code: 'proxy-needs-sign-in',
      isTransient: false,
      details: { status: 407 },
    })
  })

  test.each([
    [403, false],
    [400, false],
    [404, false],
    [502, true],
    [503, true],
    [504, true],
    [429, true],
  ])('a tunnel with %i', async (status, isTransient) => {
    expect(await refusal({ status }, 'ada:secret@')).toMatchObject({
      code: 'proxy-refused',
      isTransient,
      details: { status },
    })
  })

  test('with 511 because the network wants a sign-in', async () => {
    expect(await refusal({ status: 511 })).toMatchObject({ code: 'network-sign-in', isTransient: false })
  })
})

describe('a proxy that is not there', () => {
  test('is named if nothing listens', async () => {
    const gone = await officeProxy()
    await gone.close()
    const { port } = gone
    expect(
      await failure('https://graph.example.test/', { HTTPS_PROXY: `http://ada:secret@127.0.0.1:${port}` }),
    ).toEqual({
      code: 'proxy-unreachable',
      isTransient: true,
      details: { host: `127.0.0.1:${port}`, cause: 'ECONNREFUSED' },
    })
  })

  test('is named if its name cannot be resolved', async () => {
    expect(
      await failure('https://graph.example.test/', { HTTPS_PROXY: 'proxy.example.test:8080' }),
    ).toMatchObject({
      code: 'proxy-unreachable',
      details: { host: 'proxy.example.test:8080' },
    })
  })

  test('is named if it closes the connection', async () => {
    const broken = await officeService((request) => request.socket.destroy())
    parts.push(broken)
    expect(
      await failure('https://graph.example.test/', { HTTPS_PROXY: `127.0.0.1:${broken.port}` }),
    ).toMatchObject({
      code: 'proxy-unreachable',
      isTransient: true,
      details: { host: `127.0.0.1:${broken.port}` },
    })
  })
})

describe('a proxy with https', () => {
  test('whose certificate is not trusted is named', async () => {
    const proxy = await proxyTo(1, { secure: 'valid.pem' })
    expect(
      await failure('https://graph.example.test/', { HTTPS_PROXY: `https://127.0.0.1:${proxy.port}` }),
    ).toEqual({
      code: 'certificate-untrusted',
      isTransient: false,
      details: { host: `127.0.0.1:${proxy.port}`, cause: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' },
    })
  })

  test('that speaks plain http is misconfigured', async () => {
    const proxy = await proxyTo(1)
    expect(
      await failure('https://graph.example.test/', { HTTPS_PROXY: `https://127.0.0.1:${proxy.port}` }),
    ).toMatchObject({ code: 'proxy-misconfigured', isTransient: false })
  })
})

describe.each(['direct', 'through a proxy'])('a secure connection, %s,', (way) => {
  const failureOf = async (pem?: string, date?: string) => {
    const { port } = await service(pem, date)
    if (way === 'direct') return failure(`https://127.0.0.1:${port}/`, {})
    const proxy = await proxyTo(port)
    return failure('https://graph.example.test/', { HTTPS_PROXY: `127.0.0.1:${proxy.port}` })
  }
  const host =
    way === 'direct' ? (expect.stringMatching(/^127\.0\.0\.1:\d+$/) as string) : 'graph.example.test'

  test('with a certificate of an unknown authority is not used, and host and cause are named', async () => {
    expect(await failureOf('valid.pem')).toEqual({
      code: 'certificate-untrusted',
      isTransient: false,
      details: { host, cause: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' },
    })
  })

  test('to a service that speaks plain http names the failure of TLS', async () => {
    expect(await failureOf()).toMatchObject({
      code: 'connection-not-secure',
      isTransient: true,
      details: { host, cause: expect.stringMatching(/^(EPROTO|ERR_SSL_)/) as string },
    })
  })
})

import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { ImportFailure } from '../../../domain/failures.ts'
import { TransientError } from '../retry/transient-error.ts'
import {
  connectionFailure,
  type ConnectionFacts,
  failureOfNetwork,
  isAboutConnection,
} from './connection-failure.ts'

const coded = (code: string, more: ConnectionFacts & { message?: string } = {}) => {
  const { message = 'secret text', ...facts } = more
  return Object.assign(new Error(message), { code }, facts)
}

/** The error with which `fetch` rejects. */
const fetchFailed = (cause: unknown) => new TypeError('fetch failed', { cause })

const explained = (error: unknown) => {
  const failure = connectionFailure(error, 'https://ada:secret@graph.example.test:8443/v1.0/me?secret')
  expect(failure.cause === undefined || failure.cause === error).toBe(true)
  return {
    code: failure.code,
    retries: failure instanceof TransientError && (failure.fewTries ? 'few' : 'all'),
    details: failure.details,
  }
}

const host = 'graph.example.test:8443'

test.each([
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REVOKED',
  'CERT_UNTRUSTED',
  'CERT_SIGNATURE_FAILURE',
  'INVALID_PURPOSE',
  'INVALID_CA',
  'ERR_TLS_CERT_ALTNAME_INVALID',
])('%s is a certificate that is not trusted, and no retry helps', (cause) => {
  expect(explained(fetchFailed(coded(cause)))).toEqual({
    code: 'certificate-untrusted',
    retries: false,
    details: { host, cause },
  })
})

test.each(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID'])(
  '%s is blamed on the clock only with evidence',
  (code) => {
    expect(explained(fetchFailed(coded(code, { clockIsWrong: true }))).code).toBe('clock-wrong')
    expect(explained(fetchFailed(coded(code, { clockIsWrong: false }))).code).toBe('certificate-untrusted')
  },
)

test.each(['EPROTO', 'ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION'])(
  '%s is no secure connection, which is tried a few times',
  (cause) => {
    expect(explained(fetchFailed(coded(cause)))).toEqual({
      code: 'connection-not-secure',
      retries: 'few',
      details: { host, cause },
    })
  },
)

test.each([
  ['ENOTFOUND', 'offline'],
  ['EAI_AGAIN', 'offline'],
  ['ECONNREFUSED', 'offline'],
  ['ENETUNREACH', 'offline'],
  ['EHOSTUNREACH', 'offline'],
  ['ETIMEDOUT', 'offline'],
  ['UND_ERR_CONNECT_TIMEOUT', 'offline'],
  ['UND_ERR_ABORTED', 'offline'],
  ['ECONNRESET', 'service-unavailable'],
  ['UND_ERR_SOCKET', 'service-unavailable'],
])('%s is %s and tried again', (cause, code) => {
  expect(explained(fetchFailed(coded(cause)))).toEqual({ code, retries: 'all', details: {} })
})

describe('the failure of a proxy', () => {
  const proxy = 'proxy.test:8080'

  test.each([
    'ENOTFOUND',
    'ECONNREFUSED',
    'ECONNRESET',
    'UND_ERR_SOCKET',
    'UND_ERR_HEADERS_TIMEOUT',
    'EACCES',
  ])('%s means that it is not there', (cause) => {
    expect(explained(fetchFailed(coded(cause, { proxy })))).toEqual({
      code: 'proxy-unreachable',
      retries: 'all',
      details: { host: proxy, cause },
    })
  })

  test('is named for a certificate that is not trusted', () => {
    expect(explained(fetchFailed(coded('SELF_SIGNED_CERT_IN_CHAIN', { proxy }))).details.host).toBe(proxy)
  })

  test.each([
    [407, 'proxy-needs-sign-in', false],
    [511, 'network-sign-in', false],
    [403, 'proxy-refused', false],
    [502, 'proxy-refused', 'all'],
  ])('the tunnel status %i is %s', (status, code, retries) => {
    const known = { code, retries, details: { host: proxy, status } }
    expect(explained(fetchFailed(coded('', { proxy, tunnelStatus: status })))).toEqual(known)
    // A shell's own fetch may use undici's agent, whose error has the status only in its message.
    const message = `Proxy response (${status}) !== 200 when HTTP Tunneling`
    expect(explained(fetchFailed(coded('UND_ERR_ABORTED', { message })))).toEqual({
      code,
      retries,
      details: { status },
    })
  })
})

test.each([
  ['net::ERR_CERT_AUTHORITY_INVALID', 'certificate-untrusted'],
  ['net::ERR_CERT_DATE_INVALID', 'certificate-untrusted'],
  ['net::ERR_SSL_PROTOCOL_ERROR', 'connection-not-secure'],
  ['net::ERR_PROXY_CONNECTION_FAILED', 'proxy-unreachable'],
  ['net::ERR_TUNNEL_CONNECTION_FAILED', 'proxy-refused'],
  ['net::ERR_PROXY_AUTH_UNSUPPORTED', 'proxy-needs-sign-in'],
  ['net::ERR_INTERNET_DISCONNECTED', 'offline'],
])('the fetch of Chromium says %s: %s', (message, code) => {
  expect(explained(new Error(message)).code).toBe(code)
})

test('Chromium does not say which proxy failed, so no host is named', () => {
  expect(explained(new Error('net::ERR_PROXY_CONNECTION_FAILED')).details).toEqual({
    cause: 'ERR_PROXY_CONNECTION_FAILED',
  })
})

test('the cause may be deeply nested, or one of several', () => {
  const both = new AggregateError([coded('ENETUNREACH'), coded('SELF_SIGNED_CERT_IN_CHAIN')])
  expect(explained(fetchFailed(both)).code).toBe('certificate-untrusted')
  expect(explained(fetchFailed(fetchFailed(fetchFailed(both)))).code).toBe('certificate-untrusted')
  const refused = new AggregateError([coded('ECONNREFUSED'), coded('ECONNREFUSED')])
  expect(explained(fetchFailed(refused)).code).toBe('offline')
})

test('a 407 that fetch hides means that the proxy needs a sign-in', () => {
  expect(explained(fetchFailed(new Error('')))).toEqual({
    code: 'proxy-needs-sign-in',
    retries: false,
    details: { status: 407 },
  })
  expect(explained(fetchFailed(new Error('other side closed'))).code).toBe('offline')
  expect(explained(fetchFailed(new AggregateError([], ''))).code).toBe('offline')
  expect(explained(fetchFailed(undefined)).code).toBe('offline')
})

test('a cycle of causes is not followed forever', () => {
  const circle = coded('ENOTFOUND')
  circle.cause = fetchFailed(circle)
  expect(explained(circle).code).toBe('offline')
})

test.each([undefined, null, 'text', 7, {}, { code: 7, message: 7 }, { errors: 'none', cause: 'none' }])(
  'anything else that is thrown (%j) is offline',
  (thrown) => {
    expect(explained(thrown)).toMatchObject({ code: 'offline', details: {} })
  },
)

describe('in a page, whose errors have no cause', () => {
  const inPage = (onLine: boolean) => {
    vi.stubGlobal('navigator', { onLine })
    onTestFinished(() => void vi.unstubAllGlobals())
  }
  const errors = ['Failed to fetch', 'Load failed', 'NetworkError when attempting to fetch resource.']

  test.each(errors)('%s is offline only if the browser says so', (message) => {
    inPage(false)
    expect(explained(new TypeError(message))).toEqual({ code: 'offline', retries: 'all', details: {} })
    inPage(true)
    expect(explained(new TypeError(message)).code).toBe('service-unavailable')
  })

  test('a cause that is known counts more than what the browser says', () => {
    inPage(true)
    expect(explained(new Error('net::ERR_INTERNET_DISCONNECTED')).code).toBe('offline')
  })
})

test("an ImportFailure of a shell's own fetch is passed on unchanged", () => {
  const failure = new ImportFailure('proxy-misconfigured', { cause: 'HTTPS_PROXY' })
  expect(connectionFailure(fetchFailed(failure), 'https://graph.example.test')).toBe(failure)
})

test('no text of an error is kept, and of the address only the host', () => {
  const shown = JSON.stringify(
    ['EPROTO', 'CERT_HAS_EXPIRED', 'ECONNREFUSED', 'Secret Text'].map((code) =>
      explained(fetchFailed(coded(code, { proxy: 'proxy.test' }))),
    ),
  )
  expect(shown).not.toMatch(/secret/i)
})

test('only 407 and 511 come from the network', () => {
  const codeOf = (status: number) => failureOfNetwork({ status })?.code
  expect(codeOf(407)).toBe('proxy-needs-sign-in')
  expect(codeOf(511)).toBe('network-sign-in')
  expect([200, 302, 401, 403, 404, 429, 500, 503].map(codeOf)).toEqual(Array(8).fill(undefined))
})

test('a failure of the connection is not blamed on one request', () => {
  expect(isAboutConnection(new ImportFailure('proxy-needs-sign-in'))).toBe(true)
  expect(isAboutConnection(new ImportFailure('bad-answer'))).toBe(false)
})

import { describe, expect, test } from 'vitest'
import { isImportFailure } from '../../domain/failures.ts'
import { type Environment, proxyFor } from './proxy-for.ts'

const graph = 'https://graph.example.test/v1.0'
const originFor = (env: Environment, address = graph) => proxyFor(new URL(address), env)?.origin ?? null

describe('the proxy for an address', () => {
  test.each<[Environment, string | null]>([
    [{}, null],
    [{ HTTPS_PROXY: 'http://a.test:1' }, 'http://a.test:1'],
    [{ https_proxy: 'http://a.test:1' }, 'http://a.test:1'],
    [{ https_proxy: 'http://a.test:1', HTTPS_PROXY: 'http://b.test:2' }, 'http://a.test:1'],
    [{ https_proxy: '', HTTPS_PROXY: 'http://b.test:2' }, 'http://b.test:2'],
    [{ HTTPS_PROXY: '  ' }, null],
    [{ HTTP_PROXY: 'http://a.test:1' }, 'http://a.test:1'],
    [{ HTTPS_PROXY: 'http://a.test:1', HTTP_PROXY: 'http://b.test:2' }, 'http://a.test:1'],
    [{ ALL_PROXY: 'http://a.test:1' }, 'http://a.test:1'],
    [{ all_proxy: 'socks5://a.test:1', HTTPS_PROXY: 'http://b.test:2' }, 'http://b.test:2'],
    [{ HTTPS_PROXY: 'a.test:8080' }, 'http://a.test:8080'],
    [{ HTTPS_PROXY: ' HTTP://A.test:8080/ ' }, 'http://a.test:8080'],
    [{ HTTPS_PROXY: 'https://a.test' }, 'https://a.test'],
    [{ HTTPS_PROXY: 'http://a.test:1', NO_PROXY: 'example.test' }, null],
    [{ HTTPS_PROXY: 'http://a.test:1', no_proxy: '*' }, null],
    [{ HTTPS_PROXY: 'socks5://a.test:1', NO_PROXY: '*' }, null],
  ])('is, with %j, %s', (env, origin) => {
    expect(originFor(env)).toBe(origin)
  })

  test.each([
    'http://localhost:1',
    'http://127.0.0.1:1',
    'http://127.9.9.9',
    'http://[::1]:1',
    'https://a.localhost',
  ])('is never one for this machine: %s', (address) => {
    expect(originFor({ HTTP_PROXY: 'http://a.test:1', HTTPS_PROXY: 'not a proxy' }, address)).toBe(null)
  })

  test.each([
    ['ada:secret', 'ada:secret'],
    ['ada:s%23c%40ret', 'ada:s#c@ret'],
    ['OFFICE%5Cada:secret', 'OFFICE\\ada:secret'],
    ['ada:100%', 'ada:100%'],
    ['ada', 'ada:'],
    ['j%C3%B6rg:p%C3%A4ss', 'jörg:päss'],
  ])('gets the user name and the password of %s@', (given, sent) => {
    const proxy = proxyFor(new URL(graph), { HTTPS_PROXY: `http://${given}@a.test:1` })
    expect(proxy).toEqual({
      origin: 'http://a.test:1',
      host: 'a.test:1',
      authorization: `Basic ${Buffer.from(sent).toString('base64')}`,
    })
  })
})

test.each([
  'socks5://ada:secret@a.test:1',
  'socks://a.test',
  'ftp://a.test',
  'http://',
  'http://a.test:port',
  'http://ada:sec/ret@a.test:1',
  'http://ada:1#secret@a.test:1',
  'http://ada:1?secret@a.test:1',
  'not a proxy',
  '://',
])('%s is no proxy that can be used, which the failure says without the value', (value) => {
  let failure: unknown
  try {
    proxyFor(new URL(graph), { HTTPS_PROXY: value })
  } catch (error) {
    failure = error
  }
  expect(isImportFailure(failure) && { code: failure.code, details: failure.details }).toEqual({
    code: 'proxy-misconfigured',
    details: { cause: 'HTTPS_PROXY' },
  })
  expect(JSON.stringify(failure) + String((failure as Error).stack)).not.toContain('secret')
})

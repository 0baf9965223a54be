import { expect, test } from 'vitest'
import { challenges } from './challenges.ts'

const plain = (header: string) =>
  challenges(header).map(({ scheme, parameters }) => [scheme, Object.fromEntries(parameters)])

test('one challenge with quoted and plain parameters', () => {
  expect(plain('Bearer realm="", error=insufficient_claims, Client_Id="00000003-0000"')).toEqual([
    ['bearer', { realm: '', error: 'insufficient_claims', client_id: '00000003-0000' }],
  ])
})

test('several challenges in one header are told apart, whatever commas their values hold', () => {
  const header =
    'PoP nonce="a, Bearer claims=no", Bearer realm="x", errorDescription="revoked, sign in, again", claims="e30="'
  expect(plain(header)).toEqual([
    ['pop', { nonce: 'a, Bearer claims=no' }],
    ['bearer', { realm: 'x', errordescription: 'revoked, sign in, again', claims: 'e30=' }],
  ])
})

test('schemes without parameters, and with one opaque value', () => {
  expect(plain('Negotiate, NTLM TlRMTVNTUAACAAA==, Bearer')).toEqual([
    ['negotiate', {}],
    ['ntlm', {}],
    ['bearer', {}],
  ])
})

test('an escaped quote does not end a value', () => {
  expect(plain('Basic realm="say \\"hi\\", you", charset=UTF-8')).toEqual([
    ['basic', { realm: 'say "hi", you', charset: 'UTF-8' }],
  ])
})

test.each(['', '   ', ',,,', '=', '"', 'realm="orphan"'])('nonsense %j offers nothing', (header) => {
  expect(challenges(header)).toEqual([])
})

test('a long hostile header is read in no time', () => {
  const started = performance.now()
  challenges(`Bearer ${'a'.repeat(100_000)}="${'\\'.repeat(100_001)}`)
  challenges(', '.repeat(100_000) + '"')
  expect(performance.now() - started).toBeLessThan(2_000)
})

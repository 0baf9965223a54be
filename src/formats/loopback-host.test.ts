import { expect, test } from 'vitest'
import { isLoopbackHost } from './loopback-host.ts'

test.each(['localhost', 'graph.localhost', '127.0.0.1', '127.255.0.9', '[::1]'])(
  '%s is this machine',
  (name) => {
    expect(isLoopbackHost(name)).toBe(true)
    expect(isLoopbackHost(new URL(`http://${name}:8080/`).hostname)).toBe(true)
  },
)

test.each([
  'localhost.evil.test',
  'evillocalhost',
  '127.0.0.1.evil.test',
  '127.1',
  '10.0.0.1',
  '0.0.0.0',
  '[::2]',
  '::1',
  '',
])('%j is not', (name) => {
  expect(isLoopbackHost(name)).toBe(false)
})

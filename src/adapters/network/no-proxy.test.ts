import { describe, expect, test } from 'vitest'
import { isExcepted } from './no-proxy.ts'

const graph = 'https://graph.example.test/v1.0'

describe('NO_PROXY', () => {
  test.each([
    ['*', graph],
    ['graph.example.test', graph],
    ['GRAPH.Example.Test', graph],
    ['example.test', graph],
    ['.example.test', graph],
    ['*.example.test', graph],
    ['other.test, .example.test', graph],
    ['other.test .example.test', graph],
    ['other.test,*', graph],
    ['example.test:443', graph],
    ['.example.test:8443', 'https://graph.example.test:8443'],
    ['example.test.', graph],
    ['10.1.2.3', 'https://10.1.2.3'],
    ['10.0.0.0/8', 'https://10.1.2.3'],
    ['10.1.2.3:443', 'https://10.1.2.3'],
    ['fd00::/8', 'https://[fd00::1]'],
    ['fd00::1', 'https://[fd00::1]'],
    ['[fd00::1]', 'https://[fd00::1]'],
    ['[fd00::1]:443', 'https://[fd00::1]'],
  ])('%s names %s', (list, address) => {
    expect(isExcepted(list, new URL(address))).toBe(true)
  })

  test.each([
    ['', graph],
    [' , ', graph],
    ['.', graph],
    ['ample.test', graph],
    ['graph.example', graph],
    ['example.test:8443', graph],
    ['10.0.0.0/8', 'https://11.1.2.3'],
    ['10.0.0.0/8', graph],
    ['10.0.0.0/99', 'https://10.1.2.3'],
    ['10.0.0.0/', 'https://10.1.2.3'],
    ['10.0.0.0/8/8', 'https://10.1.2.3'],
    ['10.1.2.3:80', 'https://10.1.2.3'],
    ['1.2.3', 'https://10.1.2.3'],
    ['[', graph],
  ])('%s does not name %s', (list, address) => {
    expect(isExcepted(list, new URL(address))).toBe(false)
  })
})

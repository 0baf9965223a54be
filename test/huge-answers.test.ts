import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { afterEach, expect, test } from 'vitest'
import { localService, type LocalAnswer, type LocalService } from '../src/testing/local-service.ts'

let service: LocalService | undefined
afterEach(() => service?.close())

const fixture = fileURLToPath(new URL('huge-answers.fixture.mjs', import.meta.url))

const read = async (answer: LocalAnswer) => {
  service = await localService(answer)
  const { stdout } = await promisify(execFile)(process.execPath, [fixture, service.url.href])
  return JSON.parse(stdout) as { code: string | null; memory: number }
}

/** `megabytes` MB of a repeated text, compressed: gzip members may follow each other (RFC 1952, section 2.2). */
const bomb = (value: string, megabytes: number): Buffer => {
  const member = gzipSync(value.repeat(2 ** 20 / value.length))
  return Buffer.concat([
    gzipSync('{"value":['),
    ...Array.from({ length: megabytes }, () => member),
    gzipSync('{}]}'),
  ])
}

test.each([
  ['500 MB of spaces', bomb(' ', 500)],
  ['60 MB of the shortest values', bomb('{},', 60)],
])('half a megabyte that unpacks to %s ends the import within little memory', async (_, packed) => {
  expect(packed.length).toBeLessThan(600_000)
  const { code, memory } = await read((response, { method }) => {
    if (method === 'GET') response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed)
    else response.writeHead(404).end('{}')
  })
  expect(code).toBe('bad-answer')
  // Up to three answers are read at once.
  expect(memory).toBeLessThan(500)
})

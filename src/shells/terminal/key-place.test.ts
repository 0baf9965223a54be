import { Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { ImportFailure } from '../../index.ts'
import type { KeyPlace } from '../../index.ts'
import { messages } from '../../messages.ts'
import type { OpenedBook } from './parts.ts'
import { Output } from './output/output.ts'
import { showKeyFallback } from './key-place.ts'

const said = async (keyRing: boolean, place: KeyPlace | ImportFailure | null): Promise<string> => {
  const chunks: string[] = []
  const decodeStrings = false
  const write = (chunk: string, _encoding: string, done: () => void) => {
    chunks.push(chunk)
    done()
  }
  const [stdout, stderr] = [new Writable({ decodeStrings, write }), new Writable({ decodeStrings, write })]
  const output = new Output({ stdout, stderr, json: false, term: 'xterm' })
  const keyPlace = () => (place instanceof ImportFailure ? Promise.reject(place) : Promise.resolve(place))
  const book = { keyPlace } as unknown as OpenedBook['book']
  await showKeyFallback({ messages: messages('en'), output }, { book, keyRing }, 'microsoft365')
  return chunks.join('')
}

const inFile = { kind: 'file', path: '/home/mira/contacts.db.keys/0a1b.key' } as const

test('prints a note about a key in a file if keys may go to the key ring', async () => {
  expect(await said(true, inFile)).toContain('/home/mira/contacts.db.keys. ')
  expect(await said(true, inFile)).toContain('key ring of this device does not answer')
})

test('prints nothing otherwise', async () => {
  expect(await said(false, inFile)).toBe('')
  expect(await said(true, { kind: 'key-ring' })).toBe('')
  expect(await said(true, null)).toBe('')
  expect(await said(true, new ImportFailure('storage-locked'))).toBe('')
})

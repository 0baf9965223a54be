import { expect, test } from 'vitest'
import { uniqueId, uuidOf } from './unique-id.ts'

test('a UUID of a name is that of other programs: uuid5 of Python makes the same', () => {
  const dns = '6ba7b810-9dad-11d1-80b4-00c04fd430c8'
  expect(uuidOf('www.example.com', dns)).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2')
})

test('the UID of a key never changes: what was exported once must be found again', () => {
  expect(uniqueId('k')).toBe('urn:uuid:4d53c262-984a-59c6-99ad-b94c2c6d2423')
})

import { join } from 'node:path'
import { expect, it } from 'vitest'
import { fileOption } from './file-option.ts'

const home = join('/home', 'mira')
const folders = { home: () => home, current: () => home }

it('replaces ~ after an equals sign with the home folder, because a shell does not', () => {
  expect(fileOption('store', '~/contacts.db', folders)).toBe(join(home, 'contacts.db'))
  expect(fileOption('store', '~', folders)).toBe(home)
})

it('leaves other paths as they are', () => {
  for (const path of ['a~b.db', './~x', '/tmp/~/x', 'C:\\~', undefined])
    expect(fileOption('store', path, folders)).toBe(path)
})

it('refuses the home folder of another user', () => {
  for (const path of ['~zoe/contacts.db', '~zoe'])
    expect(() => fileOption('token-file', path, folders)).toThrow(/--token-file .*~zoe: write out its path/)
})

it('asks for the whole path if the folder that the path begins in does not exist', () => {
  const missing = () => {
    throw new Error('ENOENT')
  }
  const nowhere = { home: missing, current: missing }
  expect(() => fileOption('store', '~/contacts.db', nowhere)).toThrow(
    /no home folder, so --store .* whole path/,
  )
  expect(() => fileOption('store', 'contacts.db', nowhere)).toThrow(/current folder no longer exists/)
  expect(fileOption('store', '/contacts.db', nowhere)).toBe('/contacts.db')
})

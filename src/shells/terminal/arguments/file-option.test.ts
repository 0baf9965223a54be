import { join } from 'node:path'
import { expect, it } from 'vitest'
import { fileOption } from './file-option.ts'

const home = join('/home', 'mira')

it('finds the home folder, which a shell leaves to the program after an equals sign', () => {
  expect(fileOption('store', '~/contacts.db', home)).toBe(join(home, 'contacts.db'))
  expect(fileOption('store', '~', home)).toBe(home)
})

it('leaves other paths as they are', () => {
  for (const path of ['a~b.db', './~x', '/tmp/~/x', 'C:\\~', undefined])
    expect(fileOption('store', path, home)).toBe(path)
})

it('says that it does not know the folders of other users', () => {
  for (const path of ['~zoe/contacts.db', '~zoe'])
    expect(() => fileOption('token-file', path, home)).toThrow(/--token-file .*~zoe: write out its path/)
})

import { describe, expect, it } from 'vitest'
import { commands } from '../commands.ts'
import { nearest } from './did-you-mean.ts'
import { optionTable } from './options.ts'
import { otherNames } from './other-names.ts'

const names = commands.map(({ name }) => name)
const options = Object.keys(optionTable)

describe('the suggestion is', () => {
  it.each([
    ['improt', 'import'],
    ['imprt', 'import'],
    ['IMPORT', 'import'],
    ['refesh', 'refresh'],
    ['signout', 'sign-out'],
    ['sign_out', 'sign-out'],
    ['stauts', 'status'],
    ['hist', 'history'],
    ['lsit', 'list'],
  ])('the command similar to %s', (typed, meant) => expect(nearest(typed, names)).toBe(meant))

  it.each([
    ['--stroe', 'store'],
    ['-store', 'store'],
    ['--Store', 'store'],
    ['--tokenfile', 'token-file'],
    ['--jsno', 'json'],
    ['--devicecode', 'device-code'],
    ['--client', 'client-id'],
  ])('the option similar to %s', (typed, meant) => expect(nearest(typed, options)).toBe(meant))

  it.each(['xyzzy', 'frobnicate', 'flood', 'nope', 'a', '', '-', '--', '🙂'])('nothing for %j', (typed) => {
    expect(nearest(typed, names)).toBeNull()
    expect(nearest(typed, options)).toBeNull()
  })

  it('an existing command for each name from other programs', () => {
    for (const command of Object.values(otherNames)) expect(names).toContain(command)
    for (const other of Object.keys(otherNames)) expect(names).not.toContain(other)
  })
})

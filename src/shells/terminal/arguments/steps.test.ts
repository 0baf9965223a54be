import { describe, expect, it } from 'vitest'
import { commandLine, terminalSteps } from './steps.ts'

describe('a next step', () => {
  it('is a command with the options for the same contacts and the same tenant', () => {
    const steps = terminalSteps('npx device-contacts', {
      store: ['--store', '/data/my contacts.db'],
      tenant: ['--client-id', '1-2'],
    })
    expect(steps.restart).toBe(
      `use "npx device-contacts restart --client-id 1-2 --store '/data/my contacts.db'"`,
    )
    expect(steps.cancel).toBe(`use "npx device-contacts cancel --store '/data/my contacts.db'"`)
  })

  it('offers a sign-in with a code if one can sign in to the tenant', () => {
    const again = { store: ['--store', 'a.db'], tenant: ['--client-id', '1-2', '--device-code'] }
    expect(terminalSteps('x', again).restartWithCode).toBe(
      'use "x restart --client-id 1-2 --device-code --store a.db"',
    )
    expect(terminalSteps('x', { ...again, tenant: ['--token-file', 'f'] }).restartWithCode).toBeUndefined()
  })

  it('has its own command for each step', () => {
    expect(terminalSteps('x', { store: [], tenant: [] })).toEqual({
      signIn: 'use "x import"',
      restart: 'use "x restart"',
      refresh: 'use "x refresh"',
      cancel: 'use "x cancel"',
      approveRemoval: 'use "x approve"',
      signOut: 'use "x sign-out"',
    })
  })

  it('is quoted so that a shell does not change it', () => {
    expect(commandLine('x', 'list', ['--store', `a'; rm -rf $HOME #`])).toBe(
      `x list --store 'a'\\''; rm -rf $HOME #'`,
    )
    expect(commandLine('x', 'list', ['--store', 'C:\\Users\\a.db'])).toBe('x list --store C:\\Users\\a.db')
  })
})

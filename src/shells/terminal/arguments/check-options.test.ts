import { describe, expect, it } from 'vitest'
import { checkOptions, checkWords } from './check-options.ts'
import { importCommand } from '../commands/import.ts'
import { listCommand } from '../commands/contacts/list.ts'
import { refreshCommand } from '../commands/refresh.ts'
import { showCommand } from '../commands/contacts/show.ts'
import { statusCommand } from '../commands/status.ts'

describe('options are refused if they', () => {
  it('do not fit the command', () => {
    expect(() => checkOptions(listCommand, ['store', 'json'])).not.toThrow()
    expect(() => checkOptions(listCommand, ['client-id'])).toThrow('cannot be used with the command list')
    expect(() => checkOptions(refreshCommand, ['contacts'], ['contacts'])).not.toThrow()
    expect(() => checkOptions(refreshCommand, ['interactive'], ['contacts'])).toThrow(
      'cannot be used with the command refresh',
    )
  })

  it('name a service without a client id or a token', () => {
    for (const name of ['authority', 'graph-url', 'tenant'] as const) {
      expect(() => checkOptions(importCommand, [name])).toThrow(`--${name} also needs --client-id ID`)
      expect(() => checkOptions(importCommand, [name, 'client-id'])).not.toThrow()
    }
    expect(() => checkOptions(importCommand, ['graph-url', 'token-file', 'inspect'])).not.toThrow()
  })

  it('ask for two ways to sign in', () => {
    expect(() => checkOptions(importCommand, ['client-id', 'token-file', 'device-code'])).toThrow(
      'either --token-file or --device-code',
    )
  })
})

describe('the words after a command', () => {
  it('are refused where it takes none or one', () => {
    expect(() => checkWords(listCommand, [])).not.toThrow()
    expect(() => checkWords(listCommand, ['ann', 'lee'])).not.toThrow()
    expect(() => checkWords(statusCommand, ['again'])).toThrow('Unexpected argument "again"')
    expect(() => checkWords(showCommand, ['abcdef'])).not.toThrow()
    expect(() => checkWords(showCommand, ['abcdef', 'x'])).toThrow('Unexpected argument "x"')
    expect(() => checkWords(showCommand, [])).toThrow('needs the key of a contact')
  })
})

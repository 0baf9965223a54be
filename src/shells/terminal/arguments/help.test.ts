import { describe, expect, it } from 'vitest'
import { commands } from '../commands.ts'
import { commandHelp, programHelp } from './help.ts'
import { optionTable } from './options.ts'

describe('help', () => {
  it('names every command', () => {
    const help = programHelp('npx device-contacts', commands)
    for (const { name, summary } of commands) expect(help).toMatch(new RegExp(`^  ${name} +${summary}$`, 'm'))
    expect(help).toContain('Usage: npx device-contacts <command>')
  })

  it.each(commands.map((command) => [command.name, command] as const))(
    'of %s explains every option that it takes, in lines that fit a terminal',
    (_name, command) => {
      const help = commandHelp('device-contacts', command)
      for (const option of command.options) expect(help).toContain(`  --${option}`)
      expect(Math.max(...help.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(104)
    },
  )

  it('explains every option', () => {
    const helps = commands.map((command) => commandHelp('x', command)).join()
    for (const option of Object.keys(optionTable))
      if (option !== 'version') expect(helps).toContain(`--${option}`)
  })
})

import { describe, expect, it } from 'vitest'
import { checkOptions } from '../../src/shells/terminal/arguments/check-options.ts'
import { commandHelp, programHelp } from '../../src/shells/terminal/arguments/help.ts'
import { parseOptions } from '../../src/shells/terminal/arguments/parse-options.ts'
import { UsageError } from '../../src/shells/terminal/arguments/usage-error.ts'
import { commands as shellCommands } from '../../src/shells/terminal/commands.ts'
import { sandboxExtension } from './extension.ts'
import { Settings } from '../../sandbox/settings.ts'
import { sandboxChoices } from './options.ts'

const { additions, options: added, check, examples } = sandboxExtension
const commands = [...shellCommands, ...sandboxExtension.commands]

/** Checks a command line as the shell does. */
const checked = (...args: string[]) => {
  const { command: name, given, options } = parseOptions(args, added)
  const command = commands.find((each) => each.name === name)
  if (!command) throw new Error(`no command ${name}`)
  checkOptions(command, given, additions[command.name]?.options)
  check(given, options)
  return sandboxChoices(options)
}

describe('the settings of the sandbox', () => {
  it('are read from the options', () => {
    expect(checked('import', '--contacts=12', '--interactive')).toMatchObject({
      contacts: 12,
      interactive: true,
    })
    expect(checked('sandbox', '--port', '8080', '--latency', '0')).toMatchObject({ port: 8080, latency: 0 })
    expect(checked('import', '--robot', 'decline')).toMatchObject({ robot: 'decline' })
  })

  it('are undefined if they are not given', () => {
    expect(checked('import')).toEqual({
      contacts: undefined,
      edits: undefined,
      seed: undefined,
      latency: undefined,
      faults: [],
      robot: undefined,
      interactive: false,
      port: undefined,
      spaRedirects: [],
      web: false,
    })
  })

  it('may contain several faults', () => {
    const { faults } = checked('import', '--fault', '{"kind":"loop"}', '--fault', '{"kind":"drip"}')
    expect(faults).toEqual([{ kind: 'loop' }, { kind: 'drip' }])
  })

  it('may register several pages, as they are typed', () => {
    const pages = ['http://localhost:5173', 'http://127.0.0.1:8080/answer.html?a=b']
    const { spaRedirects } = checked('sandbox', ...pages.flatMap((page) => ['--spa-redirect', page]))
    expect(spaRedirects).toEqual(pages)
    expect(() => new Settings().change({ spaRedirects })).not.toThrow()
  })

  it.each([
    [['sandbox', '--spa-redirect', 'https://app.example/'], /must be an http address of localhost/],
    [['sandbox', '--spa-redirect', 'http://a.localhost/'], /must be an http address of localhost/],
    [['sandbox', '--spa-redirect', 'http://localhost:1/#a'], /without #/],
    [['sandbox', '--spa-redirect', 'localhost:5173'], /such as http:/],
    [['import', '--spa-redirect', 'http://localhost'], /cannot be used with the command import/],
    [['import', '--contacts', 'ten'], /--contacts must be a whole number from 0 to 1000000/],
    [['import', '--contacts', '1e3'], /whole number/],
    [['import', '--contacts=-1'], /whole number/],
    [['import', '--contacts', '1000001'], /whole number/],
    [['sandbox', '--port', '65536'], /from 0 to 65535/],
    [['import', '--fault', '{'], /--fault must be JSON/],
    [['import', '--robot', 'dance'], /accept, decline or abandon/],
    [['import', '--robot', 'accept', '--interactive'], /either --interactive or --robot/],
    [['refresh', '--interactive'], /cannot be used with the command refresh/],
    [['list', '--contacts', '1'], /cannot be used with the command list/],
    [['import', '--client-id', 'x', '--contacts', '1'], /--contacts is for the sandbox/],
    [['import', '--token-file', 'x', '--interactive'], /for the sandbox/],
  ])('are refused with one sentence: %j', (args, sentence) => {
    const refused = () => checked(...args)
    expect(refused).toThrow(UsageError)
    expect(refused).toThrow(sentence)
    expect(refused).toThrow(/^[A-Z][^\n]*\.$/)
  })
})

describe('the help', () => {
  it('names the command of the sandbox, and how to try the program', () => {
    const help = programHelp('npx device-contacts', commands, { examples })
    expect(help).toMatch(/^ {2}sandbox +run the sandbox tenant until Ctrl-C$/m)
    expect(help).toMatch(/^To try it without an account: +npx device-contacts import$/m)
  })

  it.each(commands.map((command) => [command.name, command] as const))(
    'of %s explains the options that the sandbox adds, in lines that fit a terminal',
    (name, command) => {
      const help = commandHelp('device-contacts', command, sandboxExtension)
      for (const option of additions[name]?.options ?? []) expect(help).toContain(`  --${option}`)
      expect(Math.max(...help.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(104)
    },
  )

  it('leaves no option out', () => {
    const helps = commands.map((command) => commandHelp('x', command, sandboxExtension)).join()
    for (const option of Object.keys(added)) expect(helps).toContain(`--${option}`)
  })
})

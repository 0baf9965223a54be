import { describe, expect, it } from 'vitest'
import type { AddedOption } from './options.ts'
import { parseOptions } from './parse-options.ts'
import { UsageError } from './usage-error.ts'

const added: Readonly<Record<string, AddedOption>> = {
  contacts: { type: 'string', help: 'how many' },
  fault: { type: 'string', multiple: true, help: 'what goes wrong' },
}

const complaint = (...args: string[]): string => {
  try {
    parseOptions(args)
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError)
    return (error as Error).message
  }
  throw new Error('nothing was found wrong')
}

describe('a command line', () => {
  it('may have its options anywhere', () => {
    const { command, options, given } = parseOptions(
      ['--json', 'import', '--store', 'a b.db', '--contacts=12'],
      added,
    )
    expect(command).toBe('import')
    expect(options).toMatchObject({ json: true, store: 'a b.db', added: { contacts: '12' } })
    expect([...given].sort()).toEqual(['contacts', 'json', 'store'])
  })

  it('has the usual options for help and the version', () => {
    for (const args of [['help'], ['--help'], ['-h']])
      expect(parseOptions(args)).toMatchObject({ command: undefined, help: true })
    for (const args of [
      ['help', 'import'],
      ['import', '--help'],
      ['-h', 'import'],
    ])
      expect(parseOptions(args)).toMatchObject({ command: 'import', help: true })
    for (const args of [['version'], ['--version'], ['-v']])
      expect(parseOptions(args)).toMatchObject({ command: undefined, version: true })
    expect(complaint('help', 'import', 'list')).toBe('Unexpected argument "list".')
  })

  it('hands over what follows the command', () => {
    expect(parseOptions(['find', 'ann', '--json', 'bee', '--', '--x']).words).toEqual(['ann', 'bee', '--x'])
  })

  it('has undefined values for options that are not given', () => {
    const { options } = parseOptions(['status'])
    expect(options).toMatchObject({ store: undefined, json: false, clientId: undefined, added: {} })
  })

  it('keeps the options of an extension separate and unchanged', () => {
    const { options } = parseOptions(['import', '--json', '--fault', '{', '--fault', '}'], added)
    expect(options.added).toEqual({ fault: ['{', '}'] })
    expect(() => parseOptions(['import', '--contacts', '12'])).toThrow('--contacts')
  })

  it.each([
    [['import', '--nope'], /--nope/],
    [['import', '--store'], /--store/],
    [['import', '--store='], /--store needs a value/],
    [['import', '--json=yes'], /--json/],
    [['import', '--source', 'yahoo'], /--source must be microsoft365/],
    [['import', '--graph-url', 'graph'], /--graph-url must be an https:\/\/ address/],
    [['import', '--graph-url', 'http://graph.example'], /on this machine only/],
    [['import', '--authority', 'file:///etc/passwd'], /--authority must be/],
  ])('%j is answered with one sentence', (args, sentence) => {
    expect(complaint(...args)).toMatch(sentence)
    expect(complaint(...args)).toMatch(/^[A-Z][^\n]*\.$/)
  })

  it.each([
    [['import', '--stroe', 'x'], 'Unknown option --stroe. Did you mean "--store"?'],
    [['import', '-store', 'x'], 'Unknown option -store. Did you mean "--store"?'],
    [['import', '--Json'], 'Unknown option --Json. Did you mean "--json"?'],
    [['import', '--xyzzy'], 'Unknown option --xyzzy.'],
    [['import', '--toString'], 'Unknown option --toString.'],
    [['import', '--store'], 'Option --store needs a value.'],
    [['import', '--store', ''], 'Option --store needs a value.'],
    [
      ['import', '--store', '--json'],
      'Option --store needs a value. If "--json" is meant as the value, write --store=--json.',
    ],
    [['import', '--store', 'a', '--store', 'b'], 'Option --store was given twice, with different values.'],
    [['import', '--json=yes'], 'Option --json takes no value.'],
    [
      ['import', '--source', 'microsoft356'],
      'Option --source must be microsoft365, google or outlook. Did you mean "microsoft365"?',
    ],
  ])('%j is answered with a suggestion', (args, sentence) => expect(complaint(...args)).toBe(sentence))

  it('leads to suggestions only of options that the command takes', () => {
    expect(() => parseOptions(['list', '--contact', '3'], added, ['store', 'json'])).toThrow(
      /^Unknown option --contact\.$/,
    )
    expect(() => parseOptions(['import', '--contact', '3'], added, ['contacts'])).toThrow('"--contacts"')
  })

  it('may have a negative number as a value, which the option then checks', () => {
    expect(parseOptions(['import', '--contacts', '-5'], added).options.added).toEqual({ contacts: '-5' })
    expect(parseOptions(['import', '--store=-x']).options.store).toBe('-x')
    expect(parseOptions(['import', '--store', 'a', '--store=a']).options.store).toBe('a')
  })

  it.each([
    'http://localhost:8080/v1.0',
    'http://127.0.0.1:1',
    'http://[::1]:1',
    'https://graph.microsoft.us',
  ])('may have %s as an address', (address) =>
    expect(parseOptions(['import', '--graph-url', address]).options.graphUrl).toBe(address),
  )
})

describe('the address of an inspector', () => {
  const address = (...args: string[]) => parseOptions(['import', ...args]).options.inspect

  it('follows =, and without one a page of this machine is meant', () => {
    const onPage = (...args: string[]) => parseOptions(['import', ...args]).options.inspectsOnPage
    expect([address(), onPage()]).toEqual([undefined, false])
    expect([address('--inspect'), onPage('--inspect')]).toEqual([undefined, true])
    expect([address('--inspect', '--json'), onPage('--inspect', '--json')]).toEqual([undefined, true])
    expect(onPage('--inspect=ws://127.0.0.1:9/x')).toBe(false)
    expect(address('--inspect=ws://127.0.0.1:9/x')).toBe('ws://127.0.0.1:9/x')
    expect(address('--inspect=https://inspector.example/a?b#c')).toBe('wss://inspector.example/a?b')
    expect(address('--inspect=http://[::1]:9')).toBe('ws://[::1]:9/')
  })

  it.each([
    '--inspect=',
    '--inspect=8080',
    '--inspect=localhost:8080',
    '--inspect=http://inspector.example',
    '--inspect=ws://192.0.2.1:8080',
    '--inspect=file:///x',
    '--inspect=wss://name:word@inspector.example',
    '--inspect=ws://localhost.example',
  ])('is refused: %s', (option) => {
    expect(complaint('import', option)).toContain('--inspect')
  })
})

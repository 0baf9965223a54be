import { describe, expect, it } from 'vitest'
import { parseOptions } from './parse-options.ts'
import { UsageError } from './usage-error.ts'

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
  it('is read wherever its options stand', () => {
    const { command, options, given } = parseOptions([
      '--json',
      'import',
      '--store',
      'a b.db',
      '--contacts=12',
    ])
    expect(command).toBe('import')
    expect(options).toMatchObject({ json: true, store: 'a b.db', sandbox: { contacts: 12 } })
    expect([...given].sort()).toEqual(['contacts', 'json', 'store'])
  })

  it('leaves open what was not said', () => {
    const { options } = parseOptions(['status'])
    expect(options).toMatchObject({ store: undefined, json: false, clientId: undefined, port: undefined })
    expect(options.sandbox).toMatchObject({ contacts: undefined, robot: undefined, faults: [] })
  })

  it('takes several faults', () => {
    const { options } = parseOptions(['import', '--fault', '{"kind":"loop"}', '--fault', '{"kind":"drip"}'])
    expect(options.sandbox.faults).toEqual([{ kind: 'loop' }, { kind: 'drip' }])
  })

  it.each([
    [['import', '--nope'], /--nope/],
    [['import', 'again'], /Unexpected argument "again"/],
    [['import', '--store'], /--store/],
    [['import', '--store='], /--store needs a value/],
    [['import', '--json=yes'], /--json/],
    [['import', '--contacts', 'ten'], /--contacts must be a whole number from 0 to 1000000/],
    [['import', '--contacts', '1e3'], /whole number/],
    [['import', '--contacts=-1'], /whole number/],
    [['import', '--contacts', '1000001'], /whole number/],
    [['sandbox', '--port', '65536'], /from 0 to 65535/],
    [['import', '--source', 'google'], /--source must be microsoft365/],
    [['import', '--graph-url', 'graph'], /--graph-url must be an https:\/\/ address/],
    [['import', '--graph-url', 'http://graph.example'], /on this machine only/],
    [['import', '--authority', 'file:///etc/passwd'], /--authority must be/],
    [['import', '--fault', '{'], /--fault must be JSON/],
    [['import', '--robot', 'dance'], /accept, decline or abandon/],
  ])('%j is answered with one sentence', (args, sentence) => {
    expect(complaint(...args)).toMatch(sentence)
    expect(complaint(...args)).toMatch(/^[A-Z][^\n]*\.$/)
  })

  it.each([
    'http://localhost:8080/v1.0',
    'http://127.0.0.1:1',
    'http://[::1]:1',
    'https://graph.microsoft.us',
  ])('takes %s as an address', (address) =>
    expect(parseOptions(['import', '--graph-url', address]).options.graphUrl).toBe(address),
  )
})

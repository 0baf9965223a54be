import { parseArgs } from 'node:util'

export const sectionNames = [
  'import',
  'sources',
  'refresh',
  'replay',
  'rebuild',
  'history',
  'responsiveness',
  'first-screen',
  'search',
  'order',
  'whois',
  'web',
  'list',
] as const
export type SectionName = (typeof sectionNames)[number]

export interface BenchOptions {
  readonly quick: boolean
  readonly only: readonly SectionName[]
  /** The file for the results, as JSON. */
  readonly out: string
}

export const usage = `npm run bench -- [--quick] [--only ${sectionNames.join('|')}]... [--out FILE]`

/** Throws a `TypeError` for a wrong command line. */
export const readOptions = (args: readonly string[]): BenchOptions => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [] },
      out: { type: 'string', default: 'bench-results.json' },
    },
  })
  const only = values.only.map((name) => {
    const known = sectionNames.find((candidate) => candidate === name)
    if (known === undefined) throw new TypeError(`There is no part called ${name}`)
    return known
  })
  return { quick: values.quick, only: only.length > 0 ? only : sectionNames, out: values.out }
}

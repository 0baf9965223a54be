import { parseArgs } from 'node:util'
import { faultCases } from './faults/fault-cases.ts'

export const partNames = ['faults', 'append'] as const
export type PartName = (typeof partNames)[number]

export interface PeersOptions {
  readonly quick: boolean
  readonly only: readonly PartName[]
  /** Names of faults; empty: all. */
  readonly faults: readonly string[]
  /** Seconds after which an import under a fault is stopped. */
  readonly limit: number
  /** The file for the results, as JSON. */
  readonly out: string
}

export const usage = `npm run bench:peers -- [--quick] [--only ${partNames.join('|')}]... [--fault NAME]... [--limit SECONDS] [--out FILE]`

/** Throws a `TypeError` for a wrong command line. */
export const readOptions = (args: readonly string[]): PeersOptions => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [] },
      fault: { type: 'string', multiple: true, default: [] },
      limit: { type: 'string', default: '45' },
      out: { type: 'string', default: 'bench-peers-results.json' },
    },
  })
  const only = values.only.map((name) => {
    const known = partNames.find((candidate) => candidate === name)
    if (known === undefined) throw new TypeError(`There is no part called ${name}`)
    return known
  })
  for (const fault of values.fault)
    if (!faultCases.some(({ name }) => name === fault))
      throw new TypeError(`There is no fault called ${fault}`)
  const limit = Number(values.limit)
  if (!(limit > 0)) throw new TypeError('--limit must be a number of seconds above 0')
  return {
    quick: values.quick,
    only: only.length > 0 ? only : partNames,
    faults: values.fault,
    limit,
    out: values.out,
  }
}

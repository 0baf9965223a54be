/**
 * `npm run bench:fleet [-- --out FILE]`: simulates many devices that refresh at nine in the morning. Prints tables,
 * writes them as JSON, and draws `docs/fleet.svg`. Each simulation is a separate process, one per core at a time.
 */
import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs, promisify } from 'node:util'
import { fleetChart } from './chart.ts'
import {
  fleetOf,
  listings,
  morning,
  rollOut,
  scenarios,
  sideBySide,
  tenths,
  type ScenarioName,
  type Size,
} from './scenarios.ts'
import { simulateFleet, type FleetOutcome } from './simulate-fleet.ts'
import { summary } from './summary.ts'
import { summaryTable } from './summary-table.ts'

interface Run {
  readonly name: ScenarioName
  readonly size: Size
}

const options = {
  out: { type: 'string', default: 'fleet-results.json' },
  /** One run as JSON. The main process starts each simulation with it. */
  run: { type: 'string' },
} as const

const { values } = parseArgs({ options })

/** A simulation mostly allocates small, short-lived objects: a larger young generation halves its time. */
const NURSERY = '--max-semi-space-size=128'

const inFreshProcess = async (run: Run): Promise<FleetOutcome> => {
  const args = [NURSERY, fileURLToPath(import.meta.url), '--run', JSON.stringify(run)]
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 64 * 1024 * 1024 })
  return JSON.parse(stdout) as FleetOutcome
}

const all = async (runs: readonly Run[]): Promise<FleetOutcome[]> => {
  const outcomes: FleetOutcome[] = []
  const waiting = runs.entries()
  const work = async () => {
    for (const [index, run] of waiting) outcomes[index] = await inFreshProcess(run)
  }
  await Promise.all(Array.from({ length: availableParallelism() }, work))
  return outcomes
}

const main = async () => {
  const names = Object.keys(scenarios) as ScenarioName[]
  const product = ['ours', 'spread'] as const
  const compared = [morning, ...tenths, sideBySide].map((size) => ({ size, names }))
  const sizes = [...compared, ...listings.map((size) => ({ size, names: product }))]
  const outcomes = await all(sizes.flatMap(({ size, names }) => names.map((name) => ({ name, size }))))

  const results = sizes.map(({ size, names }) => ({
    size,
    rows: names.map((name) => {
      const outcome = outcomes.shift()
      if (outcome === undefined) throw new Error('A simulation gave nothing')
      return { name, title: scenarios[name].title, outcome, summary: summary(outcome) }
    }),
  }))
  for (const { size, rows } of results) console.log(summaryTable(size, rows))
  console.log('Devices that list completely on each morning, if all listed on morning 0:')
  console.log(rollOut.flatMap((devices, day) => (devices === 0 ? [] : [`${day}: ${devices}`])).join(', '))

  const panels = results[0]?.rows ?? []
  const picture = new URL('docs/fleet.svg', import.meta.resolve('device-contacts/package.json'))
  await writeFile(picture, fleetChart(morning, panels))
  const tellable = results.map(({ size, rows }) => ({
    size,
    rows: rows.map(({ outcome: { sent, refused }, ...row }) => ({ ...row, sent, refused })),
  }))
  await writeFile(values.out, JSON.stringify(tellable, null, 2))
  console.log(`Written to docs/fleet.svg and ${values.out}`)
}

if (values.run === undefined) await main()
else {
  Error.stackTraceLimit = 0 // Each 429 creates an error whose stack is never read.
  const { name, size } = JSON.parse(values.run) as Run
  process.stdout.write(JSON.stringify(await simulateFleet(fleetOf(name, size))))
}

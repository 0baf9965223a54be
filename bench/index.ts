/** `npm run bench`: measures all parts in one run, prints tables and writes them as JSON. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inFreshProcess } from './harness/fresh-process.ts'
import { machine } from './harness/machine.ts'
import { readOptions, usage } from './options.ts'
import type { BenchOptions } from './options.ts'
import { markdown } from './harness/report.ts'
import type { Table } from './harness/report.ts'
import { sections } from './sections/sections.ts'
import type { Setting } from './sections/section.ts'

const full = {
  contacts: 10_000,
  rounds: 5,
  slowdowns: [1, 4],
  events: [1_000, 10_000, 100_000],
  attempts: [1, 10, 100],
  cancels: 100,
}
const quick = {
  contacts: 10_000,
  rounds: 3,
  slowdowns: [1, 4],
  events: [1_000, 10_000],
  attempts: [1, 10],
  cancels: 20,
}

const run = async (options: BenchOptions) => {
  const at = machine()
  const size = options.quick ? quick : full
  const { node, sqlite, platform, processor, cores, memoryGb, load } = at
  console.log(
    `Node ${node}, ${sqlite ?? 'no'} SQLite, ${platform}, ${processor}, ${cores} cores, ${memoryGb} GB`,
  )
  console.log(
    `load ${load.toFixed(1)} at the start; medians of ${size.rounds} interleaved rounds, fresh processes\n`,
  )

  const folder = await mkdtemp(join(tmpdir(), 'device-contacts-bench-'))
  const setting: Setting = { ...size, start: inFreshProcess, folder }
  const tables: Table[] = []
  try {
    for (const name of options.only)
      for await (const table of sections[name](setting)) {
        console.log(markdown(table))
        tables.push(table)
      }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  const results = tables.map(({ title, rows }) => ({ title, rows }))
  await writeFile(
    options.out,
    JSON.stringify({ at: new Date().toISOString(), machine: at, results }, null, 2),
  )
  console.log(`Written to ${options.out}`)
}

const options = () => {
  try {
    return readOptions(process.argv.slice(2))
  } catch (error) {
    console.error(`${(error as Error).message}\n${usage}`)
    process.exit(2)
  }
}

await run(options())

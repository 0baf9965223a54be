/** `npm run bench:peers`: compares faults survived and append times with libraries that this one does not use. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inFreshProcess } from '../harness/fresh-process.ts'
import { machine } from '../harness/machine.ts'
import { markdown } from '../harness/report.ts'
import { appendSection } from './append/append.ts'
import { contenderNames } from './contenders/contenders.ts'
import { faultTable } from './faults/fault-table.ts'
import type { FaultRow } from './faults/fault-table.ts'
import { runFaults } from './faults/run-faults.ts'
import { readOptions, usage } from './options.ts'
import type { PeersOptions } from './options.ts'

const FAULT_CONTACTS = 3000
const APPEND_CONTACTS = 10_000

const faults = async ({ limit, faults: only }: PeersOptions) => {
  const rows: FaultRow[] = []
  const setting = { start: inFreshProcess, contacts: FAULT_CONTACTS, limit: limit * 1000, only }
  for await (const row of runFaults(setting)) {
    rows.push(row)
    console.error(`${row.fault.name}: done`)
  }
  console.log(`### Import of ${FAULT_CONTACTS.toLocaleString('en')} contacts with one fault\n`)
  console.log(`✓: the outcome was right. Imports were stopped after ${limit} s.\n`)
  console.log(`${faultTable(rows, contenderNames)}\n`)
  return { faults: rows }
}

const append = async ({ quick }: PeersOptions) => {
  const folder = await mkdtemp(join(tmpdir(), 'device-contacts-bench-'))
  const rounds = quick ? 3 : 7
  const size = { contacts: APPEND_CONTACTS, rounds, events: [], slowdowns: [], cancels: 0, attempts: [] }
  const tables: object[] = []
  try {
    for await (const table of appendSection({ ...size, start: inFreshProcess, folder })) {
      console.log(markdown(table))
      tables.push({ title: table.title, rows: table.rows })
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  return { append: tables }
}

const parts = { faults, append }

const run = async (options: PeersOptions) => {
  const at = machine()
  const { node, sqlite, platform, processor, cores, memoryGb, load } = at
  console.log(
    `Node ${node}, ${sqlite ?? 'no'} SQLite, ${platform}, ${processor}, ${cores} cores, ${memoryGb} GB, load ${load.toFixed(1)} at the start\n`,
  )
  let results = {}
  for (const name of options.only) results = { ...results, ...(await parts[name](options)) }
  await writeFile(
    options.out,
    JSON.stringify({ at: new Date().toISOString(), machine: at, limit: options.limit, ...results }, null, 2),
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

import { join } from 'node:path'
import { describe, expect } from 'vitest'
import { isSoak } from '../test/soak.ts'
import { test } from '../test/temp-folder.ts'
import { sectionNames } from './options.ts'
import { markdown } from './harness/report.ts'
import type { Table } from './harness/report.ts'
import { runTask } from './harness/run-task.ts'
import { sections } from './sections/sections.ts'
import type { Setting } from './sections/section.ts'
import type { StartTask } from './tasks.ts'

let folder: string
test.beforeAll(({ sharedFolder }) => {
  folder = sharedFolder
})

const inThisProcess: StartTask = async (name, input) => {
  const ended = new AbortController()
  const result = await runTask(name, input, ended.signal)
  return { ...result, stop: async () => ended.abort() }
}

const run = async (name: keyof typeof sections): Promise<Table[]> => {
  const setting: Setting = {
    start: inThisProcess,
    folder,
    contacts: 30,
    rounds: 1,
    slowdowns: [1],
    events: [40],
    attempts: [1, 2],
    cancels: 2,
  }
  const tables: Table[] = []
  for await (const table of sections[name](setting)) tables.push(table)
  return tables
}

/** In ms: one part opens nine browsers, which takes minutes where others keep the machine busy. */
const PATIENCE = 400_000

/** The lists take as long as all other parts: they have nine browsers. */
const measured = sectionNames.filter((name) => isSoak || name !== 'list')

describe('every part of the benchmark measures each contender', () => {
  test.each(measured)('%s', { timeout: PATIENCE }, async (name) => {
    const tables = await run(name)
    expect(tables.length).toBeGreaterThan(0)
    for (const { columns, rows } of tables) {
      expect(rows.length).toBeGreaterThan(1)
      for (const row of rows) {
        expect(Object.values(row.medians).every((value) => Number.isFinite(value) && value >= 0)).toBe(true)
        // Other columns may be empty.
        expect(columns[0]?.of(row)).toBeGreaterThan(0)
      }
      for (const column of columns) expect(rows.some((row) => !Number.isNaN(column.of(row)))).toBe(true)
    }
  })
})

test('an import that returns fewer contacts than the mailbox has is an error, not a fast import', async () => {
  const graph = await inThisProcess('recorded-graph', {
    contacts: 5,
    latencies: [0],
    notes: 'short',
    deltaLatest: 'anchor',
  })
  const { origins, token } = graph.output
  const input = { origin: origins[0] ?? '', token, contacts: 6 }
  try {
    await expect(inThisProcess('import-fetch', input)).rejects.toThrow('5 contacts instead of 6')
    await expect(inThisProcess('import-sdk', { ...input, pageSize: 2 })).rejects.toThrow('instead of 6')
    const file = join(folder, 'less.db')
    await expect(inThisProcess('import-ours', { ...input, file })).rejects.toThrow('instead of 6')
  } finally {
    await graph.stop()
  }
})

test('a table is Markdown with its ratios and its notes', () => {
  const row = { name: 'a', note: 'half of it', medians: { ms: 1234.5 }, ratio: 1.5, samples: [] }
  const columns = [
    { label: 'ms', of: () => 1234.5 },
    { label: 'x', of: () => NaN },
  ]
  expect(markdown({ title: 'T', columns, rows: [row] }).split('\n')).toEqual([
    '### T',
    '',
    '|     |    ms |  x |',
    '| --- | ----: | -: |',
    '| a ¹ | 1,235 |    |',
    '',
    '¹ a: half of it',
    '',
  ])
})

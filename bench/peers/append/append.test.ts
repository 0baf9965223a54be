import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'vitest'
import { test } from '../../../test/temp-folder.ts'
import { runTask } from '../../harness/run-task.ts'
import type { Setting } from '../../sections/section.ts'
import type { StartTask, TaskInput, TaskName, TaskOutput } from '../../tasks.ts'
import { appendOurs } from './append-ours.ts'
import { appendSection } from './append.ts'

let folder: string
test.beforeAll(({ sharedFolder }) => {
  folder = sharedFolder
})

/** Runs every task but that of Emmett, which is not installed for tests. */
const withoutEmmett =
  (emmett: TaskOutput<'append-emmett'>): StartTask =>
  async <N extends TaskName>(name: N, input: TaskInput<N>) => {
    const ended = new AbortController()
    const stop = async () => ended.abort()
    if (name === 'append-emmett') return { output: emmett as TaskOutput<N>, peakMemory: 1, stop }
    return { ...(await runTask(name, input, ended.signal)), stop }
  }

const measure = async (emmett: TaskOutput<'append-emmett'>, contacts: number) => {
  const start = withoutEmmett(emmett)
  const setting: Setting = {
    start,
    folder: await mkdtemp(join(folder, 'run-')),
    contacts,
    rounds: 1,
    events: [],
    slowdowns: [],
    cancels: 0,
    attempts: [],
  }
  const tables = []
  for await (const table of appendSection(setting)) tables.push(table)
  return tables
}

test('our store takes all contacts, and is compared with one event per contact in that of Emmett', async () => {
  const [table] = await measure({ ms: 1000, contacts: 1100 }, 1100)
  expect(table!.rows.map(({ name }) => name)).toEqual([
    'Emmett, one event per contact',
    'Emmett, one event per page',
    'device-contacts, one event per page',
  ])
  const { medians, ratio } = table!.rows[2]!
  expect(medians).toMatchObject({ contacts: 1100 })
  expect(ratio).toBe(medians['ms']! / 1000)
})

test('a store that does not have all contacts in the end is an error, not a fast store', async () => {
  await expect(measure({ ms: 1, contacts: 19 }, 20)).rejects.toThrow('19 contacts stored instead of 20')
})

test('our store encrypts the payloads that it appends', async () => {
  const fresh = await mkdtemp(join(folder, 'encrypted-'))
  const [file, list] = [join(fresh, 'contacts.db'), join(fresh, 'list.json')]
  await writeFile(list, JSON.stringify([{ id: 'one', givenName: 'Wilhelmina' }]))
  expect(await appendOurs({ file, list })).toMatchObject({ contacts: 1 })
  const stored = await readFile(file)
  expect(stored.includes('page.fetched')).toBe(true)
  expect(stored.includes('Wilhelmina')).toBe(false)
})

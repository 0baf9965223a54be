import { createWriteStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { expect } from 'vitest'
import { soakRounds } from '../soak.ts'
import { test } from '../temp-folder.ts'
import { lastRecord } from '../terminal-command.ts'
import { startIn } from '../terminal-process.ts'

/** Of 10 MB. A soak takes the largest file that is promised, of 200 MB. */
const MANY = soakRounds({ whole: 1_013_000, share: 50_000 })

function* tableOf(contacts: number) {
  yield 'First Name,Last Name,E-mail Address,Mobile Phone,Notes\r\n'
  for (let index = 0; index < contacts; index++)
    yield `Ann,Lee ${index},ann${index}@example.test,+1 206 555 ${index},"met in ""Oslo""\r\n${'x'.repeat(130)}"\r\n`
}

const preloaded = `--import=${new URL('peak-memory.fixture.mjs', import.meta.url).href}`

/** What the command says of the import, and the memory in MB that it needed at most. */
const importOf = async (folder: string, contacts: number) => {
  const [file, store] = [join(folder, `${contacts}.csv`), join(folder, `${contacts}.db`)]
  await pipeline(Readable.from(tableOf(contacts)), createWriteStream(file))
  const args = ['import', '--source', 'outlook', '--file', file, '--store', store, '--json']
  const ended = await startIn({ NODE_OPTIONS: preloaded }, ...args).ended
  const peak = Number(/peak (\d+) MB/.exec(ended.stderr)?.[1])
  return { record: lastRecord(ended), peak, bytes: (await stat(store)).size }
}

test('of a table of any size, the command stores what fits and counts the rest, in little memory', async ({
  folder,
}) => {
  const { peak: idle } = await importOf(folder, 1)
  const { record, peak, bytes } = await importOf(folder, MANY)
  expect(record).toMatchObject({ imported: 10_000, available: MANY, onDevice: 10_000, skipped: 0 })
  expect(peak - idle).toBeLessThan(150)
  // With only those that fit.
  expect(bytes).toBeLessThan(16 * 1024 ** 2)
})

import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import { test } from './imported-store.ts'
import { lastRecord, run } from './terminal-process.ts'

const program = fileURLToPath(new URL('../dist/bin/device-contacts.js', import.meta.url))

/** Linux has a file that is always full. */
const FULL = '/dev/full'

test.skipIf(!existsSync(FULL))(
  'a result that cannot be written is said, without a stack',
  async ({ importedStore }) => {
    const store = await importedStore(20)
    for (const command of ['list', 'status']) {
      const [code, stderr] = await new Promise<[number | null, string]>((resolve) => {
        const line = `exec "$0" "$@" > ${FULL}`
        const child = execFile(
          'sh',
          ['-c', line, process.execPath, program, command, '--store', store],
          (_, _stdout, stderr) => resolve([child.exitCode, stderr]),
        )
      })
      expect(code).toBe(1)
      expect(stderr).toBe(
        'Not all of the result could be written. Check that there is space left for it, then try again.\n',
      )
    }
  },
)

test('an import from the sandbox into a place that cannot be written ends, and says why', async ({
  folder,
}) => {
  const file = join(folder, 'file')
  await writeFile(file, 'no folder')
  const ended = await run('import', '--contacts', '20', '--store', join(file, 'contacts.db'), '--json')
  expect(ended.code).toBe(1)
  expect(lastRecord(ended)).toMatchObject({ state: 'failed', code: 'storage-unavailable' })
})

import { execFile } from 'node:child_process'
import { stat, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect } from 'vitest'
import { test } from '../temp-folder.ts'
import { sampleContacts } from '../../src/testing/sample-contacts.ts'
import { account, names, refreshAll } from '../core/device.ts'
import { copyOf, makeStore, openAt } from './base-store.ts'
import { useBook } from './book-user.ts'

const program = fileURLToPath(new URL('../../dist/bin/device-contacts.js', import.meta.url))

const BLOCK = 512
const OLD = 300
const NEW = 600

let root: string
let base: string
let blocks: number
test.beforeAll(async ({ sharedFolder }) => {
  root = sharedFolder
  base = await makeStore(root, OLD)
  blocks = (await stat(base)).size / BLOCK
})

/** No file may grow beyond these sizes: from none at all to more than a refresh needs. */
const limits = [0, 0.05, 0.15, 0.3, 0.5, 0.7, 1, 1.4, 2, 6]

test.skipIf(process.platform === 'win32')(
  'on a disk that is full the list can be read; a refresh fails as such, and works once there is room',
  async () => {
    const ends = new Set<string>()
    for (const limit of limits) {
      const store = await copyOf(base, root)
      const fileLimit = Math.floor(blocks * limit)
      const results = await useBook({ store, fileLimit, contacts: NEW, steps: ['open', 'refresh', 'look'] })
      expect(results.open, `limit ${limit}`).toMatchObject({ state: 'imported', count: OLD, shown: OLD })
      const { refresh } = results
      const isDone = refresh?.code === null
      if (!isDone) expect(refresh).toMatchObject({ code: 'storage-full' })
      const isRefused = refresh !== undefined && !('state' in refresh)
      const state = isDone || isRefused ? 'imported' : 'failed'
      const shown = isDone ? NEW : OLD
      expect(results.look, `limit ${limit}`).toMatchObject({ state, count: shown, shown })
      ends.add(isDone ? 'done' : isRefused ? 'not begun' : 'failed')

      const opened = await openAt(store)
      expect(names(opened.book)).toHaveLength(shown)
      // Nothing runs what the process did not live to record as failed.
      if (account(opened.book).state === 'fetching') await opened.book.cancel('microsoft365')
      expect(await refreshAll(opened, sampleContacts(NEW))).toMatchObject({ state: 'imported' })
      expect(names(opened.book)).toHaveLength(NEW)
      await opened.book.close()
    }
    expect([...ends].sort()).toEqual(['done', 'failed', 'not begun'])
  },
)

test.skipIf(process.platform === 'win32')(
  'on the command line, the next step of a refresh that finds no room is a refresh',
  async () => {
    const store = await copyOf(base, root)
    const token = `${store}.token`
    await writeFile(token, 'a-token')
    const service = ['--graph-url', 'http://localhost:1', '--token-file', token]
    const command = [process.execPath, program, 'refresh', '--store', store, ...service, '--json']
    const refresh = promisify(execFile)('sh', ['-c', 'ulimit -f 0; exec "$0" "$@"', ...command])
    const { stdout } = await refresh.catch((error: unknown) => error as { readonly stdout: string })
    expect(JSON.parse(stdout)).toMatchObject({
      code: 'storage-full',
      next: expect.stringContaining('device-contacts refresh') as string,
    })
  },
)

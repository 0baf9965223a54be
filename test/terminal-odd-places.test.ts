import { execFile, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import { openDriver } from '../src/adapters/stores/sqlite/driver/open-driver.ts'
import { test } from './imported-store.ts'
import { lastRecord, run } from './terminal-command.ts'

const program = fileURLToPath(new URL('../dist/bin/device-contacts.js', import.meta.url))

/** Linux has a file that is always full. */
const FULL = '/dev/full'

test.skipIf(!existsSync(FULL))(
  'a result that cannot be written is reported without a stack trace',
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

test('an import from the sandbox into a place that cannot be written to fails, and says why', async ({
  folder,
}) => {
  const file = join(folder, 'file')
  await writeFile(file, 'no folder')
  const ended = await run('import', '--contacts', '20', '--store', join(file, 'contacts.db'), '--json')
  expect(ended.code).toBe(1)
  expect(lastRecord(ended)).toMatchObject({ state: 'failed', code: 'storage-unavailable' })
})

test('on an old Node, the command says in one line which version it needs', () => {
  const old = `data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'18.20.4'}})`
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', old, program, 'import', '--json'],
    { encoding: 'utf8' },
  )
  expect([status, stdout]).toEqual([1, ''])
  expect(stderr).toMatch(/^device-contacts needs Node 20\.19 or newer, and this is Node 18\.20\.4\. .+\n$/)
})

test('on a Node without SQLite and without the optional package, the command says so', ({ folder }) => {
  const missing = `data:text/javascript,${encodeURIComponent(`
    import { register } from 'node:module'
    const builtin = process.getBuiltinModule
    process.getBuiltinModule = (name) => (name === 'node:sqlite' ? undefined : builtin(name))
    register('data:text/javascript,' + encodeURIComponent(
      "export const resolve = async (name, context, next) => { if (name === 'libsql') throw new Error('missing'); return next(name, context) }",
    ))`)}`
  const { status, stdout } = spawnSync(
    process.execPath,
    ['--import', missing, program, 'import', '--json', '--store', join(folder, 'contacts.db')],
    { encoding: 'utf8' },
  )
  expect(status).toBe(1)
  expect(JSON.parse(stdout)).toMatchObject({ state: 'failed', code: 'storage-unsupported' })
})

test('a store that a backup keeps locked is reported as in use, and stays intact', async ({
  importedStore,
}) => {
  const store = await importedStore(20)
  const backup = await openDriver(store)
  backup.exec('BEGIN IMMEDIATE')
  try {
    const refreshed = await run('refresh', '--store', store, '--json')
    expect(refreshed.code).toBe(1)
    expect(lastRecord(refreshed)).toMatchObject({ state: 'failed', code: 'storage-busy' })
    expect(refreshed.stderr).toContain('Another program, such as a backup, is using the file')
    expect(refreshed.stderr).toContain('The 20 contacts on this device are unchanged')
  } finally {
    backup.exec('ROLLBACK')
    backup.close()
  }
  expect((await run('list', '--store', store, '--json')).stdout.trim().split('\n')).toHaveLength(20)
  expect((await run('refresh', '--store', store)).code).toBe(0)
})

test.skipIf(process.platform === 'win32')(
  'a folder that was removed under the command is said to be gone, and whole paths work in it',
  async ({ folder, importedStore }) => {
    const store = await importedStore(20)
    const gone = join(folder, 'gone')
    const status = (path: string) =>
      spawnSync(
        'sh',
        [
          '-c',
          'mkdir "$1" && cd "$1" && rmdir "$1" && exec "$0" "$2" status --store "$3"',
          process.execPath,
          gone,
          program,
          path,
        ],
        { encoding: 'utf8' },
      )
    const relative = status('contacts.db')
    expect([relative.status, relative.stdout]).toEqual([2, ''])
    expect(relative.stderr).toMatch(/^The current folder no longer exists/)
    expect(status(store)).toMatchObject({ status: 0, stderr: '' })
  },
)

test('a user without a home whom the system does not know can import and list', ({ folder }) => {
  const unknown = `data:text/javascript,${encodeURIComponent(`
    import os from 'node:os'
    import { syncBuiltinESMExports } from 'node:module'
    os.homedir = os.userInfo = () => { throw Object.assign(new Error(), { code: 'ERR_SYSTEM_ERROR' }) }
    syncBuiltinESMExports()`)}`
  const command = (...args: string[]) =>
    spawnSync(process.execPath, ['--import', unknown, program, ...args, '--json'], {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'] ?? '', TMPDIR: folder },
    })
  expect(command('import', '--contacts', '3')).toMatchObject({ status: 0 })
  expect(command('list').stdout.trim().split('\n')).toHaveLength(3)
})

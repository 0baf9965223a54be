import { join } from 'node:path'
import { describe, expect } from 'vitest'
import { test as it } from './imported-store.ts'
import { newFolder } from './temp-folder.ts'
import { lastRecord, records, run } from './terminal-command.ts'
import { start } from './terminal-process.ts'
import { throttledAfter } from './throttled.ts'

const storeIn = async (): Promise<string> => join(await newFolder(), 'contacts.db')

const CONTACTS = 1_000

/** Some pages arrive with complete notes, then Graph demands a long wait. */
const throttled = throttledAfter(20)

/** Starts an import, and waits until it has recorded some pages. It would take long to finish. */
const fetching = async (store: string, ...options: string[]) => {
  const service = ['--contacts', String(CONTACTS), '--fault', throttled]
  const process = start('import', '--store', store, ...service, ...options)
  await process.said(/^[1-9]\d* of about 1,\d+ contacts · Microsoft asked us to wait \d+ s/m)
  return process
}

describe('Ctrl-C', () => {
  const signals = [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
    ['SIGQUIT', 131],
  ] as const
  it.each(signals)(
    'as %s cancels the import, exits with %i, and says how to start again',
    async (signal, code) => {
      const store = await storeIn()
      const process = await fetching(store, '--json')
      process.kill(signal)
      const ended = await process.ended
      expect(ended.code).toBe(code)
      expect(ended.stderr).toContain('was cancelled')
      expect(ended.stderr).toContain(`use "device-contacts restart --store ${store}"`)
      expect(lastRecord(ended)).toMatchObject({ state: 'cancelled', code: null, imported: null, onDevice: 0 })
      expect(records(await run('status', '--store', store, '--json'))).toMatchObject([{ state: 'cancelled' }])
    },
  )

  it('while the person is asked to sign in cancels as well', async () => {
    const process = start('import', '--store', await storeIn(), '--robot', 'abandon')
    await process.said(/robot is signing in/)
    process.kill('SIGINT')
    expect(await process.ended).toMatchObject({ code: 130, stdout: '' })
  })
})

describe('cancel in a second terminal', () => {
  it('ends the import of the first, which says so', async () => {
    const store = await storeIn()
    const process = await fetching(store)
    expect((await run('status', '--store', store)).stdout).toContain('Another window or program')
    expect(await run('cancel', '--store', store)).toMatchObject({ code: 0 })
    const ended = await process.ended
    expect(ended.code).toBe(1)
    expect(ended.stderr).toContain('was cancelled')
    expect(await run('cancel', '--store', store)).toMatchObject({ code: 1 })
  })

  it('a second import is refused while the first one runs', async () => {
    const store = await storeIn()
    const process = await fetching(store)
    const second = await run('import', '--store', store, '--json')
    expect(second.code).toBe(1)
    expect(lastRecord(second)).toMatchObject({ refusal: 'running-elsewhere', state: 'fetching' })
    process.kill('SIGINT')
    expect((await process.ended).code).toBe(130)
  })
})

describe('a cancelled refresh', () => {
  const slow = JSON.stringify({ kind: 'status', status: 429, retryAfter: 90 })

  it('says so in both terminals and in the status, and the next step is a refresh', async ({
    importedStore,
  }) => {
    const store = await importedStore(40)
    const process = start('refresh', '--store', store, '--fault', slow)
    await process.said(/Microsoft asked us to wait \d+ s/)
    const cancelled = 'The refresh from Microsoft 365 was cancelled.'
    expect((await run('cancel', '--store', store)).stdout).toContain(cancelled)
    const ended = await process.ended
    expect(ended.stderr).toContain(cancelled)
    const next = `To update your contacts, use "device-contacts refresh --store ${store}".`
    expect(ended.stderr).toContain(next)
    expect(ended.stderr).toMatch(/^The 40 contacts on this device are unchanged/m)
    const { stdout } = await run('status', '--store', store)
    expect(stdout).toContain(cancelled)
    expect(stdout).toContain(next)
  })
})

describe('after a restart', () => {
  it('what was cancelled is imported', async () => {
    const store = await storeIn()
    const process = await fetching(store)
    process.kill('SIGINT')
    await process.ended
    expect(lastRecord(await run('import', '--store', store, '--json'))).toMatchObject({
      code: 'restart-first',
    })
    const restart = await run('restart', '--store', store, '--json')
    expect(restart.code).toBe(0)
    expect(lastRecord(restart)).toMatchObject({ state: 'imported', imported: CONTACTS })
  })
})

describe.each(['import', 'restart'])('a process that was killed during an import, and then %s', (command) => {
  it('loses and doubles no contact', async () => {
    const store = await storeIn()
    const process = await fetching(store)
    process.kill('SIGKILL')
    await process.ended
    const status = records(await run('status', '--store', store, '--json'))
    expect(status).toMatchObject([{ state: 'fetching', runner: 'nobody', list: null }])
    const ended = await run(command, '--store', store, '--json')
    expect(ended.code).toBe(0)
    expect(lastRecord(ended)).toMatchObject({ state: 'imported', imported: CONTACTS })
    const ids = records(await run('list', '--store', store, '--json')).map(({ sourceId }) => sourceId)
    expect(ids).toHaveLength(CONTACTS)
    expect(new Set(ids).size).toBe(CONTACTS)
  })
})

it('a process that was killed while it asked for a sign-in leaves an import that starts again', async () => {
  const store = await storeIn()
  const process = start('import', '--store', store, '--contacts', '40', '--robot', 'abandon')
  await process.said(/robot is signing in/)
  process.kill('SIGKILL')
  await process.ended
  const ended = await run('import', '--store', store, '--json')
  expect(ended.code).toBe(0)
  expect(ended.stderr).toContain('Starting again')
  expect(lastRecord(ended)).toMatchObject({ state: 'imported', imported: 40 })
})

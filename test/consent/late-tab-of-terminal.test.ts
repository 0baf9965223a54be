import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Sandbox } from '../../sandbox/index.ts'
import { robotWalk, startSandbox } from '../../sandbox/index.ts'
import { newFolder } from '../temp-folder.ts'
import { lastRecord, records, run } from '../terminal-command.ts'
import { start } from '../terminal-process.ts'

let sandbox: Sandbox
let folder: string

beforeEach(async () => {
  sandbox = await startSandbox({ contacts: 12, distributionLists: 0 })
  folder = await newFolder()
})
afterEach(async () => {
  // Processes that still wait for a tab of this store end when it is removed.
  await rm(folder, { recursive: true })
  await sandbox.close()
})

const store = () => join(folder, 'contacts.db')

const tenant = () => [
  ...['--store', store(), '--client-id', sandbox.clientId],
  ...['--authority', sandbox.authority, '--graph-url', sandbox.graphUrl],
]

/** Starts a command that waits for the person, and returns the link that it shows. */
const waiting = async (command: string, ...options: string[]) => {
  const process = start(command, ...tenant(), ...options)
  const [, link = ''] = await process.said(/^\s+(http:\/\/localhost:\d+\/[2-9a-z]{10})$/m)
  const { headers } = await fetch(link, { redirect: 'manual' })
  // The person has opened the sign-in page in the browser.
  return { ...process, link, address: headers.get('location') ?? '' }
}

const visit = (address: string) => robotWalk(address, { decision: 'accept' })

/** Retries, because the process left behind takes a moment to start. */
const visitLate = async (address: string): Promise<string> => {
  const deadline = Date.now() + 20_000
  for (;;) {
    try {
      return await visit(address)
    } catch (error) {
      if (Date.now() > deadline) throw error
    }
  }
}

/** Whether a process listens for the tab. */
const isAwaited = (address: string): Promise<boolean> =>
  fetch(new URL(address).searchParams.get('redirect_uri') ?? '').then(
    () => true,
    () => false,
  )

const becomes = (address: string, awaited: boolean) =>
  expect.poll(() => isAwaited(address), { timeout: 20_000, interval: 100 }).toBe(awaited)

/** Limits how long a test waits for an event that may never come. */
const patience = { timeout: 20_000, interval: 100 }

/** The processes left behind for this store: their arguments, and the names in their environment. */
const helpers = async () => {
  const found: { args: string[]; names: string[] }[] = []
  for (const id of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const read = async (name: string) =>
      (await readFile(`/proc/${id}/${name}`, 'utf8').catch(() => ''))
        .split('\0')
        .filter((part) => part !== '')
    const args = await read('cmdline')
    if (!args.includes(store()) || !args.some((arg) => arg.endsWith('late-redirects.js'))) continue
    found.push({ args, names: (await read('environ')).map((entry) => entry.split('=', 1)[0] ?? '') })
  }
  return found
}

const recorded = async () =>
  records(await run('events', '--store', store(), '--json')).map(({ type }) => type)

describe('a tab that outlives its terminal', () => {
  it('says after Ctrl-C that the import was cancelled; its sign-in is ignored, and no process stays behind', async () => {
    const { kill, ended, address } = await waiting('import')
    kill('SIGINT')
    expect((await ended).code).toBe(130)
    expect(await visitLate(address)).toContain('This import was cancelled')
    await becomes(address, false)
    expect(await recorded()).toEqual(['attempt.requested', 'attempt.cancelled', 'report.ignored'])
    expect(sandbox.requests.entries.some(({ path }) => path.endsWith('/token'))).toBe(false)
  })

  it('says the same after a cancel in a second terminal, and a restart works meanwhile', async () => {
    const { ended, address } = await waiting('import')
    expect(await run('cancel', '--store', store())).toMatchObject({ code: 0 })
    expect((await ended).code).toBe(1)
    const again = await waiting('restart', '--json')
    expect(await visitLate(address)).toContain('This import was cancelled')
    expect(await visit(again.address)).toContain('Done')
    expect(lastRecord(await again.ended)).toMatchObject({ state: 'imported', imported: 12 })
    expect(await recorded()).toContain('report.ignored')
  })

  it('says the same after a sign-out, and nothing from before it is left', async () => {
    const { ended, address } = await waiting('import')
    expect(await run('sign-out', '--store', store())).toMatchObject({ code: 0 })
    const first = await ended
    expect(first).toMatchObject({ code: 1, stderr: expect.stringContaining('You signed out') as string })
    expect(first.stderr).toMatch(/use "device-contacts import --client-id .*"\.$/m)
    expect(await visitLate(address)).toContain('This import was cancelled')
    await becomes(address, false)
    expect(await recorded()).toEqual(['account.signed-out'])
    expect(records(await run('status', '--store', store(), '--json'))).toMatchObject([{ state: 'idle' }])
  })

  it.each(['SIGHUP', 'SIGTERM', 'SIGQUIT'] as const)('is answered after %s too', async (signal) => {
    const { kill, ended, address } = await waiting('import')
    kill(signal)
    await ended
    expect(await visit(address)).toContain('This import was cancelled')
    expect(await recorded()).toEqual(['attempt.requested', 'attempt.cancelled', 'report.ignored'])
  })

  it('is never refused between Ctrl-C and the start of the process left behind', async () => {
    const { kill, ended, address } = await waiting('import')
    const origin = new URL(address).searchParams.get('redirect_uri') ?? ''
    const isOver = ended.then(() => true)
    const ask = async () => expect((await fetch(`${origin}/favicon.ico`)).status).toBe(404)
    kill('SIGINT')
    // Ask again and again until the command has ended.
    while (!(await Promise.race([isOver, ask()]))) await ask()
    for (let more = 0; more < 50; more++) await ask()
    expect(await visit(address)).toContain('This import was cancelled')
    await becomes(address, false)
  })

  it.skipIf(process.platform !== 'linux')(
    'is left to one process, with no secret in its arguments or its environment, which a sign-out ends',
    async () => {
      const tabs: string[] = []
      for (const command of ['import', 'restart', 'restart']) {
        const { kill, ended, address } = await waiting(command)
        tabs.push(address)
        kill('SIGINT')
        await ended
      }
      await expect.poll(async () => (await helpers()).length, patience).toBe(1)
      const [helper] = await helpers()
      expect(helper?.args.slice(2)).toEqual([store()])
      expect(
        helper?.names.filter(
          (name) => !['NODE_CHANNEL_FD', 'NODE_CHANNEL_SERIALIZATION_MODE'].includes(name),
        ),
      ).toEqual([])
      for (const address of tabs.slice(0, 2))
        await expect
          .poll(() => visit(address).catch(() => ''), patience)
          .toContain('This import was cancelled')
      expect(await run('sign-out', '--store', store())).toMatchObject({ code: 0 })
      await expect.poll(helpers, patience).toEqual([])
      expect(await isAwaited(tabs[2] ?? '')).toBe(false)
      expect(await recorded()).toEqual(['account.signed-out'])
      expect((await readdir(folder)).filter((name) => name.includes('late'))).toEqual([])
    },
  )

  it('is not answered once its contacts are removed', async () => {
    const { kill, ended, address } = await waiting('import')
    kill('SIGINT')
    await ended
    await becomes(address, true)
    await rm(store())
    await becomes(address, false)
  })
})

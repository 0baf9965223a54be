import type { SettingsChange } from '../../sandbox/index.ts'
import { afterAll, afterEach, expect } from 'vitest'
import { test } from '../temp-folder.ts'
import type { BookProcess } from '../crash/book-process.ts'
import { account, eventTypes, run, shown, startScene } from '../crash/scene.ts'
import type { Scene } from '../crash/scene.ts'
import { soakRounds } from '../soak.ts'

/** A slow machine may take long to notice an event, but not forever. */
const BOUND = { timeout: 10_000, interval: 20 }
/** Makes an import last until the test ends it. */
const stuck = {
  faults: [
    { kind: 'silent', match: 'GET /v1.0/me/contacts?*top=' },
    { kind: 'silent', match: 'POST /v1.0/$batch' },
  ] satisfies SettingsChange['faults'],
}
const running = { faults: [] }

let scene: Scene
/** A folder with a list, and the list. */
let linked: string
let list: readonly string[]

test.beforeAll(async ({ sharedFolder }) => {
  scene = await startScene(sharedFolder, { contacts: 600, folders: 3 })
  linked = await scene.folder()
  const book = await scene.open(linked)
  await run(book, 'signIn')
  list = shown(book)
  await book.close()
})
afterEach(() => scene.sandbox.settings.change(running))
afterAll(() => scene.close())

const opened = async (folder: string): Promise<BookProcess> => {
  const process = await scene.process(folder)
  await process.call('open')
  return process
}

const stateIn = async (process: BookProcess) => (await process.call('account')).state

/** The number of listings so far: each requests the folders once. */
const listings = () => scene.sandbox.requests.matching('GET /v1.0/me/contactFolders?').length

/** Waits until the import in this process requests contacts: then only an answer can wake it. */
const fetching = async (process: BookProcess) => {
  const isStuck = () =>
    scene.sandbox.requests.entries.some(({ path }) => path.includes('$batch') || path.includes('$top=1000'))
  await expect.poll(isStuck, BOUND).toBe(true)
  expect(await stateIn(process)).toBe('fetching')
}

test('a second import on the same store is refused while the first one runs', async () => {
  const folder = await scene.folder()
  const [first, second] = [await opened(folder), await opened(folder)]
  scene.sandbox.settings.change(stuck)
  const started = await first.call('signIn')
  expect(started).toMatchObject({ ok: true })
  expect(await second.call('signIn')).toEqual({ ok: false, refusal: 'running-elsewhere' })
  expect(await second.call('restart')).toEqual({ ok: false, refusal: 'running-elsewhere' })
  expect(await second.call('refresh')).toEqual({ ok: false, refusal: 'running-elsewhere' })
  expect(await second.call('resume')).toMatchObject([{ as: 'elsewhere' }])
  expect(await first.call('account')).toMatchObject({ runner: 'here' })
  expect(await second.call('account')).toMatchObject({ runner: 'elsewhere' })
  await Promise.all([first.kill(), second.kill()])
})

test('cancel in a second process stops the import in the first, whose list stays', async () => {
  const folder = await scene.folder(linked)
  const [first, second] = [await opened(folder), await opened(folder)]
  scene.sandbox.requests.clear()
  scene.sandbox.settings.change(stuck)
  const started = await first.call('refresh')
  if (!started.ok) expect.fail(started.refusal)
  await fetching(first)
  const begin = performance.now()
  expect(await second.call('cancel')).toMatchObject({ ok: true })
  expect(await first.call('outcome', { parameters: [started.attempt] })).toMatchObject({ state: 'cancelled' })
  expect(performance.now() - begin).toBeLessThan(BOUND.timeout)
  for (const process of [first, second]) {
    expect(await process.call('account')).toMatchObject({ state: 'cancelled', list: { count: 600 } })
    expect([...(await process.call('contacts'))].sort()).toEqual(list)
  }
  // The lock is free again.
  scene.sandbox.settings.change(running)
  const restarted = await second.call('restart')
  if (!restarted.ok) expect.fail(restarted.refusal)
  expect(await second.call('outcome', { parameters: [restarted.attempt] })).toMatchObject({
    state: 'imported',
  })
  await Promise.all([first.kill(), second.kill()])
})

test('signing out in a second process stops the import in the first, and empties both', async () => {
  const folder = await scene.folder(linked)
  const [first, second] = [await opened(folder), await opened(folder)]
  scene.sandbox.requests.clear()
  scene.sandbox.settings.change(stuck)
  const started = await first.call('refresh')
  if (!started.ok) expect.fail(started.refusal)
  await fetching(first)
  const outcome = first.call('outcome', { parameters: [started.attempt] })
  expect(await second.call('signOut')).toMatchObject({ ok: true })
  expect(await outcome).toMatchObject({ state: 'cancelled' })
  for (const process of [first, second]) {
    expect(await process.call('account')).toMatchObject({ state: 'idle', list: null, account: null })
    expect(await process.call('contacts')).toEqual([])
  }
  await Promise.all([first.kill(), second.kill()])
})

test('a process that imports nothing shows the list that another one has imported', async () => {
  const folder = await scene.folder()
  const [first, second] = [await opened(folder), await opened(folder)]
  await first.call('signIn')
  await expect.poll(() => stateIn(second), BOUND).toBe('imported')
  expect([...(await second.call('contacts'))].sort()).toEqual(scene.mailbox())
  await Promise.all([first.kill(), second.kill()])
})

const TOGETHER = soakRounds({ whole: 30, share: 5 })
const NEW_STORES = soakRounds({ whole: 5, share: 1 })

test('of two that start at the same moment exactly one runs, every time', { timeout: 240_000 }, async () => {
  const folder = await scene.folder()
  const processes = [await opened(folder), await opened(folder)]
  scene.sandbox.settings.change(stuck)
  const both = (name: 'signIn' | 'restart') => {
    const at = Date.now() + 30
    return Promise.all(processes.map((process) => process.call(name, { at })))
  }
  const winners = new Set<number>()
  for (let round = 1; round <= TOGETHER; round++) {
    scene.sandbox.requests.clear()
    const results = await both(round === 1 ? 'signIn' : 'restart')
    const winner = results.findIndex(({ ok }) => ok)
    winners.add(winner)
    expect(results, `round ${round}`).toContainEqual({ ok: false, refusal: 'running-elsewhere' })
    expect(winner, `round ${round}`).not.toBe(-1)
    if (round % 5 === 0) {
      await fetching(processes[winner]!)
      expect(listings()).toBe(1)
    }
    expect(await processes[1 - winner]!.call('cancel')).toMatchObject({ ok: true })
    for (const process of processes) await expect.poll(() => stateIn(process), BOUND).toBe('cancelled')
  }
  await Promise.all(processes.map((process) => process.kill()))
  const book = await scene.open(folder)
  const types = await eventTypes(book)
  for (const type of ['attempt.requested', 'attempt.cancelled']) {
    expect(types.filter((recorded) => recorded === type)).toHaveLength(TOGETHER)
  }
  await book.close()
})

test('two that create the store and sign in at the same moment share it', async () => {
  for (let round = 1; round <= NEW_STORES; round++) {
    const folder = await scene.folder()
    const processes = await Promise.all([scene.process(folder), scene.process(folder)])
    scene.sandbox.settings.change(stuck)
    const at = Date.now() + 50
    await Promise.all(processes.map((process) => process.call('open', { at })))
    const results = await Promise.all(processes.map((process) => process.call('signIn')))
    expect(
      results.filter(({ ok }) => ok),
      `round ${round}`,
    ).toHaveLength(1)
    expect(results, `round ${round}`).toContainEqual({ ok: false, refusal: 'running-elsewhere' })
    await Promise.all(processes.map((process) => process.kill()))
  }
})

test('if the running process is killed, another one sees that none runs, and resumes', async () => {
  const folder = await scene.folder(linked)
  const [first, second] = [await opened(folder), await opened(folder)]
  scene.sandbox.requests.clear()
  scene.sandbox.settings.change(stuck)
  await first.call('refresh')
  await fetching(first)
  await expect.poll(() => stateIn(second), BOUND).toBe('fetching')
  await first.kill()
  scene.sandbox.settings.change(running)
  const [resumed] = await second.call('resume')
  expect(resumed).toMatchObject({ as: 'continued' })
  expect(await second.call('outcome', { parameters: [resumed?.attempt ?? ''] })).toMatchObject({
    state: 'imported',
  })
  await second.kill()
  const book = await scene.open(folder)
  expect(account(book)).toMatchObject({ state: 'imported', runner: null })
  expect(shown(book)).toEqual(scene.mailbox())
  await book.close()
})

test('if the running process is killed, the open ones show it, and one that resumes attempts continues by itself', async () => {
  const folder = await scene.folder(linked)
  const [first, second, third] = [await opened(folder), await opened(folder), await opened(folder)]
  const runnerIn = async (process: BookProcess) => (await process.call('account')).runner
  scene.sandbox.requests.clear()
  scene.sandbox.settings.change(stuck)
  await first.call('refresh')
  await fetching(first)
  await expect.poll(() => runnerIn(second), BOUND).toBe('elsewhere')
  await first.kill()
  for (const process of [second, third]) await expect.poll(() => runnerIn(process), BOUND).toBe('nobody')
  expect(await second.call('account')).toMatchObject({ state: 'fetching', commands: { restart: null } })

  expect(await second.call('resume')).toMatchObject([{ as: 'continued' }])
  expect(await third.call('resume')).toMatchObject([{ as: 'elsewhere' }])
  scene.sandbox.settings.change(running)
  await second.kill()
  await expect.poll(() => stateIn(third), BOUND).toBe('imported')
  await third.kill()
  const book = await scene.open(folder)
  expect(shown(book)).toEqual(scene.mailbox())
  await book.close()
})

import { setTimeout as sleep } from 'node:timers/promises'
import { faker } from '@faker-js/faker'
import { afterAll, expect } from 'vitest'
import { test } from '../temp-folder.ts'
import { soakRounds } from '../soak.ts'
import type { BookProcess } from './book-process.ts'
import { changeMailbox } from './change-mailbox.ts'
import { account, resumeOrRestart, run, shown, startScene, withoutRequests } from './scene.ts'
import type { Scene } from './scene.ts'

/** CRASH_ROUNDS=500 CRASH_SEED=7 npx vitest run test/crash/kill-at-random.test.ts */
const rounds = Number(process.env['CRASH_ROUNDS'] ?? soakRounds({ whole: 24, share: 5 }))
const seed = Number(process.env['CRASH_SEED'] ?? 1)

let scene: Scene
/** How long a whole import takes on this machine, in ms. */
let whole: number

test.beforeAll(async ({ sharedFolder }) => {
  faker.seed(seed)
  // Slow enough for many crashes between two answers.
  scene = await startScene(sharedFolder, { contacts: 1_200, folders: 3, latency: 15 })
  const process = await scene.process(await scene.folder())
  const begin = performance.now()
  await goOn(process)
  whole = performance.now() - begin
  await process.kill()
})
afterAll(() => scene.close())

/** Does what a person would do next, to the end. */
const goOn = async (process: BookProcess): Promise<void> => {
  await process.call('open')
  const [resumed] = await process.call('resume')
  if (resumed?.as === 'continued') {
    const { state } = await process.call('outcome', { parameters: [resumed.attempt] })
    if (state === 'imported') return
  }
  const { state } = await process.call('account')
  const started = await process.call(
    state === 'idle' ? 'signIn' : state === 'imported' ? 'refresh' : 'restart',
  )
  if (started.ok) await process.call('outcome', { parameters: [started.attempt] })
}

test(
  `${rounds} times killed at random moments (seed ${seed}), the list is always a whole one`,
  { timeout: 120_000 + rounds * 20_000 },
  async ({ annotate }) => {
    const folder = await scene.folder()
    let list: readonly string[] = []
    const left: Record<string, number> = {}
    let ended = { rounds: 0, afterDeath: 0, isLast: true }
    let round = 0
    const unfinished = () => round - ended.rounds - (left['imported'] ?? 0)
    // If the machine has become faster than it was at first, a few more rounds find an import to interrupt.
    while (round < rounds || (unfinished() === 0 && round < 4 * rounds)) {
      round++
      const process = await scene.process(folder)
      const over = goOn(process).then(
        () => true,
        () => false,
      )
      const delay = faker.number.float({ max: whole * 0.8 })
      const isOver = await Promise.race([over, sleep(delay, null).then(() => false)])
      await process.kill()
      await over

      const book = await withoutRequests(() => scene.open(folder))
      const found = shown(book)
      const isNew = same(found, scene.mailbox())
      expect(isNew || same(found, list), `round ${round}, killed after ${delay} ms`).toBe(true)
      // An attempt of a killed process was resumed or started again, and succeeded.
      if (isOver) expect(isNew).toBe(true)
      list = found
      const { state } = account(book)
      expect(['idle', 'consenting', 'fetching', 'imported', 'failed']).toContain(state)
      await book.close()
      // An attempt that will be resumed must find the mailbox as it was.
      if (state === 'imported') changeMailbox(scene.sandbox, 10)
      if (!isOver) left[state] = (left[state] ?? 0) + 1
      ended = {
        rounds: ended.rounds + Number(isOver),
        afterDeath: ended.afterDeath + Number(isOver && !ended.isLast),
        isLast: isOver,
      }
    }
    const book = await scene.open(folder)
    const { state } = account(book)
    const outcome = await (state === 'imported' ? run(book, 'refresh') : resumeOrRestart(book))
    expect(outcome).toMatchObject({ state: 'imported' })
    expect(shown(book)).toEqual(scene.mailbox())
    await book.close()
    expect(unfinished()).toBeGreaterThan(0)
    await annotate(
      `${round} rounds: killed ${round - ended.rounds} times, which left ${JSON.stringify(left)}; ` +
        `ended well ${ended.rounds} times, ${ended.afterDeath} of them right after a kill, and so did the last.`,
    )
  },
)

const same = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((entry, index) => entry === b[index])

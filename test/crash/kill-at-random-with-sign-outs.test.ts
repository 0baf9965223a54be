import { setTimeout as sleep } from 'node:timers/promises'
import { faker } from '@faker-js/faker'
import { afterAll, expect } from 'vitest'
import { foundIn, keysIn } from '../erase/found-in.ts'
import { soakRounds } from '../soak.ts'
import { test } from '../temp-folder.ts'
import type { BookProcess } from './book-process.ts'
import { personalTexts } from './personal-texts.ts'
import { changeMailbox } from './change-mailbox.ts'
import { account, eventTypes, resumeOrRestart, run, shown, startScene } from './scene.ts'
import type { Scene } from './scene.ts'
import { leftIn } from './steps.ts'

/** CRASH_ROUNDS=500 CRASH_SEED=7 npx vitest run test/crash/kill-at-random-with-sign-outs.test.ts */
const rounds = Number(process.env['CRASH_ROUNDS'] ?? soakRounds({ whole: 60, share: 5 }))
const seed = Number(process.env['CRASH_SEED'] ?? 1)

/** More steps on disk than a linking takes, including those of a sign-out that it finishes first. */
const MOST_STEPS = 75

let scene: Scene
/** How long a whole linking takes on this machine, in ms. */
let whole: number

test.beforeAll(async ({ sharedFolder }) => {
  faker.seed(seed)
  scene = await startScene(sharedFolder, { contacts: 200, folders: 2, latency: 5, encryptsTokens: true })
  const process = await scene.process(await scene.folder())
  const begin = performance.now()
  await goOn(process, 'refresh')
  whole = performance.now() - begin
  await process.kill()
})
afterAll(() => scene.close())

/** Does what a person would do next, to the end: links if nothing is linked, else continues after the crash. */
const goOn = async (process: BookProcess, wish: 'refresh' | 'signOut'): Promise<string> => {
  await process.call('open')
  const { state } = await process.call('account')
  if (wish === 'signOut' && state !== 'idle') {
    const { ok } = await process.call('signOut')
    await process.call('close')
    return ok ? 'signed out' : 'refused'
  }
  const [resumed] = await process.call('resume')
  const parameters = [resumed?.attempt ?? '']
  const outcome = resumed?.as === 'continued' ? await process.call('outcome', { parameters }) : null
  // If a process was killed after it recorded the consent and before it wrote the tokens, a new sign-in is needed.
  if (outcome?.state !== 'imported') {
    const by = state === 'idle' ? 'signIn' : state === 'imported' ? 'refresh' : 'restart'
    const started = await process.call(by)
    if (started.ok) await process.call('outcome', { parameters: [started.attempt] })
  }
  await process.call('close')
  return 'linked'
}

/** Lets a process continue until it is killed, at a random time or before a random step on disk. Null if it was. */
const killedAtRandom = async (folder: string): Promise<string | null> => {
  const process = await scene.process(folder)
  const isByTime = faker.datatype.boolean()
  const delay = faker.number.float({ max: whole })
  const step = faker.number.int({ min: 1, max: MOST_STEPS })
  if (!isByTime) await process.call('dieAt', { parameters: ['disk: ', step] })
  const over = goOn(process, faker.datatype.boolean() ? 'signOut' : 'refresh').catch(() => null)
  const ended = isByTime ? await Promise.race([over, sleep(delay, null)]) : await over
  await process.kill()
  await over
  return ended
}

test(
  `${rounds} times killed at random (seed ${seed}), linked and signed out again, nothing is lost and nothing left`,
  { timeout: 120_000 + rounds * 20_000 },
  async ({ annotate }) => {
    const folder = await scene.folder()
    let list: readonly string[] = []
    const results: Record<string, number> = {}
    for (let round = 1; round <= rounds; round++) {
      const ended = await killedAtRandom(folder)
      const book = await scene.open(folder)
      const { state, list: view } = account(book)
      const at = `round ${round}, ${ended ?? 'killed'}, then ${state}`
      results[`${ended ?? 'killed'}, then ${state}`] ??= 0
      results[`${ended ?? 'killed'}, then ${state}`]!++

      const found = shown(book)
      if (state === 'idle') {
        expect(found, at).toEqual([])
        // It was empty, or the sign-out is the one event that it has.
        expect(['', 'account.signed-out'], at).toContain((await eventTypes(book)).join())
        expect(await leftIn(folder), at).toEqual([])
        expect(await foundIn(folder, personalTexts(scene.sandbox)), at).toEqual([])
      } else {
        const whole = [list, scene.mailbox()].map((whole) => whole.join())
        expect(whole, at).toContain(found.join())
        expect(view?.status ?? 'ready', at).toBe('ready')
        expect((await keysIn(folder)).filter(isKey).length, at).toBeLessThanOrEqual(1)
      }
      if (ended === 'signed out') expect(state, at).toBe('idle')
      if (ended === 'linked') expect(found, at).toEqual(scene.mailbox())
      list = found
      await book.close()
      // An attempt that will be resumed must find the mailbox as it was.
      if (state === 'imported') changeMailbox(scene.sandbox, 5)
    }
    const book = await scene.open(folder)
    const { state } = account(book)
    if (state === 'idle') await run(book, 'signIn')
    else await (state === 'imported' ? run(book, 'refresh') : resumeOrRestart(book))
    expect(shown(book)).toEqual(scene.mailbox())
    expect(await book.signOut('microsoft365')).toMatchObject({ ok: true })
    await book.close()
    expect(await leftIn(folder)).toEqual([])
    await annotate(`${rounds} rounds: ${JSON.stringify(results)}`)
  },
)

const isKey = (name: string): boolean => name.endsWith('.key')

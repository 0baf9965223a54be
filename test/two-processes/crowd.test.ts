import { cp, rm } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { faker } from '@faker-js/faker'
import { afterAll, expect } from 'vitest'
import { ProcessEnded } from '../crash/book-process.ts'
import type { BookProcess } from '../crash/book-process.ts'
import { personalTexts } from '../crash/personal-texts.ts'
import { account, shown, startScene } from '../crash/scene.ts'
import type { Scene } from '../crash/scene.ts'
import { leftIn, STEP } from '../crash/steps.ts'
import type { Work } from '../crash/steps.ts'
import { foundIn } from '../erase/found-in.ts'
import { soakRounds } from '../soak.ts'
import { test } from '../temp-folder.ts'

/** How many processes have the store open at the same time, and how many of them are killed in a round. */
const CROWD = soakRounds({ whole: 20, share: 4 })
const KILLED = Math.ceil(CROWD / 4)
const LEAST_ROUNDS = 4
/** The duration of a soak, in ms. */
const DURATION = soakRounds({ whole: 120_000, share: 0 })
/** A process takes fewer steps on disk than this in a round. */
const MOST_STEPS = 40
/** The maximum number of turns of the test's event loop before it kills a process. */
const MOST_TURNS = 500
/** The codes with which a command may fail while so many processes write. Everything else must still hold. */
const EXPECTED_FAILURES = ['storage-busy', 'storage-unavailable', 'storage-locked']

const seed = Number(process.env['CRASH_SEED'] ?? 1)

let scene: Scene
test.beforeAll(async ({ sharedFolder }) => {
  faker.seed(seed)
  scene = await startScene(sharedFolder, { contacts: 40, folders: 1, latency: 5, encryptsTokens: true })
})
afterAll(() => scene.close())

const changeMailbox = () => {
  const mailbox = scene.sandbox.mailbox('user')
  const [first] = mailbox.contacts()
  if (first) mailbox.remove(first.immutableId)
  mailbox.add({ displayName: `Added ${faker.string.alpha(8)}` })
}

const counts: Record<string, number> = {}
const count = (what: string) => (counts[what] = (counts[what] ?? 0) + 1)

const start =
  (by: 'signIn' | 'refresh' | 'restart'): Work =>
  async (process) => {
    const started = await process.call(by)
    if (!started.ok) return count(`${by} refused`)
    const { state } = await process.call('outcome', { parameters: [started.attempt] })
    return count(`${by} ${state}`)
  }

const resume: Work = async (process) => {
  const [resumed] = await process.call('resume')
  if (resumed?.as !== 'continued') return
  const { state } = await process.call('outcome', { parameters: [resumed.attempt] })
  count(`resume ${state}`)
}

const command =
  (by: 'cancel' | 'signOut'): Work =>
  async (process) =>
    count(`${by} ${(await process.call(by)).ok ? 'done' : 'refused'}`)

/** Expects that the shown list is whole and readable. `lists`: all possible ones. */
const look =
  (lists: ReadonlySet<string>): Work =>
  async (process) => {
    await process.call('open')
    const { list } = await process.call('account')
    expect(list?.status ?? 'ready').toBe('ready')
    const contacts = [...(await process.call('contacts'))].sort().join()
    expect(lists.has(contacts), `a list of ${list?.count} contacts`).toBe(true)
    count('looks')
  }

/** Does random things, one after the other, until the process is killed. */
const busy = async (process: BookProcess, lists: ReadonlySet<string>): Promise<void> => {
  const acts = [
    start('signIn'),
    start('signIn'),
    start('refresh'),
    start('refresh'),
    start('restart'),
    resume,
  ]
  const endings = [command('cancel'), command('signOut')]
  const chosen = [
    ...faker.helpers.arrayElements([...acts, look(lists)], { min: 2, max: 4 }),
    // Only a few, because otherwise no import would finish.
    ...(faker.number.int(CROWD) < 2 ? faker.helpers.arrayElements(endings, 1) : []),
  ]
  for (const act of faker.helpers.shuffle(chosen)) {
    try {
      await act(process)
    } catch (error) {
      if (error instanceof ProcessEnded) {
        count('killed')
        return
      }
      const code = EXPECTED_FAILURES.find((code) => String(error).includes(code))
      if (code === undefined) throw error
      count(code)
    }
  }
}

test(
  `${CROWD} processes link, refresh, cancel and sign out at random and are killed: nothing is lost, nothing left`,
  { timeout: DURATION + 240_000 },
  async ({ annotate }) => {
    const folder = await scene.folder()
    const crowd = new Set<BookProcess>()
    const end = Date.now() + DURATION
    let list = ''
    for (let round = 1; round <= LEAST_ROUNDS || Date.now() < end; round++) {
      count('rounds')
      const missing = Array.from({ length: CROWD - crowd.size }, () => scene.process(folder))
      for (const process of await Promise.all(missing)) {
        crowd.add(process)
        void process.ended.then(() => crowd.delete(process))
      }
      await Promise.all([...crowd].map((process) => process.call('open')))
      const isDeadly = round % 4 === 1 || round % 4 === 2
      const doomed = faker.helpers.arrayElements([...crowd], isDeadly ? KILLED : 0)
      for (const process of doomed.filter(() => faker.datatype.boolean()))
        await process.call('dieAt', { parameters: [STEP, faker.number.int({ min: 1, max: MOST_STEPS })] })
      const kills = doomed.filter(() => faker.datatype.boolean()).map(killedAtAnyTime)
      const lists = new Set([list, scene.mailbox().join(), ''])
      await Promise.all([...crowd].map((process) => busy(process, lists)))
      await Promise.all(kills)
      await Promise.all([...crowd].map(letLive))

      const at = `round ${round}`
      const found = await lookedAt(folder, lists, at)
      list = found.list
      if (round % 2 === 0) {
        const copy = list === '' ? null : await scene.folder(folder)
        const isOver = await signOutForGood(folder, crowd, at)
        expect(isOver || isDeadly, `${at}: a key is left`).toBe(true)
        if (!isOver) await removeOrphans(folder, copy, at)
        list = ''
      }
      // An attempt that will be resumed must find the mailbox as it was.
      if (round % 2 === 0 || found.state === 'imported') changeMailbox()
    }
    await annotate(`${CROWD} processes, ${JSON.stringify(counts)}`)
  },
)

/** The list that the next process finds. Expects that it is whole and readable, or missing. */
const lookedAt = async (folder: string, lists: ReadonlySet<string>, at: string) => {
  const book = await scene.open(folder)
  const { state, list: view } = account(book)
  const list = shown(book).join()
  expect(view?.status ?? 'ready', at).toBe('ready')
  expect(lists.has(list), at).toBe(true)
  if (view !== null) expect(list, at).not.toBe('')
  await book.close()
  return { state, list }
}

const killedAtAnyTime = async (process: BookProcess): Promise<void> => {
  for (let turns = faker.number.int(MOST_TURNS); turns > 0; turns--) await turn()
  await process.kill()
}

/** Cancels a planned kill that has not happened yet, so that it does not hit a later step. */
const letLive = (process: BookProcess): Promise<unknown> =>
  process.call('dieAt', { parameters: [STEP, 0] }).catch(() => undefined)

/**
 * The last sign-out. Expects that nothing is left of any account once all processes have closed the store. False if keys
 * are left.
 */
const signOutForGood = async (
  folder: string,
  crowd: ReadonlySet<BookProcess>,
  at: string,
): Promise<boolean> => {
  const texts = personalTexts(scene.sandbox)
  const [first] = crowd
  await first?.call('signOut')
  await Promise.all([...crowd].map((process) => process.call('close')))
  const book = await scene.open(folder)
  expect(account(book), at).toMatchObject({ state: 'idle', list: null })
  expect(shown(book), at).toEqual([])
  await book.close()
  expect(await foundIn(folder, texts), at).toEqual([])
  const left = await leftIn(folder)
  expect(
    left.filter((name) => !isOfLinking(name)),
    at,
  ).toEqual([])
  count('last sign-outs')
  return left.length === 0
}

const isOfLinking = (name: string): boolean => name.startsWith(`contacts.db.keys${sep}`)

/**
 * Removes keys that have encrypted nothing. A process leaves one if another process signs out while its vault makes the
 * key, and it is killed before it can destroy the key.
 */
const removeOrphans = async (folder: string, copy: string | null, at: string): Promise<void> => {
  count('keys of killed processes')
  const keys = 'contacts.db.keys'
  if (copy !== null) {
    await rm(join(copy, keys), { recursive: true })
    await cp(join(folder, keys), join(copy, keys), { recursive: true })
    const book = await scene.open(copy)
    expect(account(book), at).toMatchObject({ list: { status: 'lost' } })
    await book.close()
  }
  await rm(join(folder, keys), { recursive: true })
}

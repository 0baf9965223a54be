import { afterAll, describe, expect } from 'vitest'
import type { BookProcess } from '../crash/book-process.ts'
import { personalTexts } from '../crash/personal-texts.ts'
import { account, eventTypes, run, shown, startScene, storeIn } from '../crash/scene.ts'
import type { Scene } from '../crash/scene.ts'
import { chosenSteps, leftIn, stepsOf, stoppedOnce } from '../crash/steps.ts'
import type { Work } from '../crash/steps.ts'
import { foundIn } from '../erase/found-in.ts'
import { soakRounds } from '../soak.ts'
import { test } from '../temp-folder.ts'

let scene: Scene
/** Folders of an account that is not linked, and of one that is. */
let folders: { readonly idle: string; readonly linked: string }
/** The steps of linking and of signing out. */
let steps: { readonly idle: readonly string[]; readonly linked: readonly string[] }
/** `one` takes its steps; the other process acts before one of them. */
let one: BookProcess
let other: BookProcess

test.beforeAll(async ({ sharedFolder }) => {
  scene = await startScene(sharedFolder, { contacts: 12, folders: 1, encryptsTokens: true })
  folders = { idle: await scene.folder(), linked: await scene.folder() }
  const book = await scene.open(folders.linked)
  await run(book, 'signIn')
  await book.close()
  const stepsFrom = async (from: keyof typeof folders, work: Work) =>
    stepsOf(await scene.process(await scene.folder(folders[from])), work)
  steps = { idle: await stepsFrom('idle', begin('signIn')), linked: await stepsFrom('linked', signOut) }
  one = await scene.process(await scene.folder())
  other = await scene.process(await scene.folder())
})
afterAll(() => scene.close())

const begin =
  (by: 'signIn' | 'refresh'): Work =>
  async (process) => {
    const started = await process.call(by)
    if (started.ok) await process.call('outcome', { parameters: [started.attempt] })
  }
const signOut: Work = (process) => process.call('signOut')
/** Expects that the process can read whatever state it finds. */
const look: Work = async (process) => {
  const { list } = await process.call('account')
  expect(list?.status ?? 'ready').toBe('ready')
  const contacts = [...(await process.call('contacts'))].sort()
  expect([[], scene.mailbox()]).toContainEqual(contacts)
}

/** After this many waits reported by a process, it counts as waiting for the other one. */
const MOST_WAITS = 3
const IN_TRANSACTION = /^disk: (INSERT|UPDATE|DELETE|COMMIT)/

/** Lets the other process act while `one` is stopped before a step: until it is done, or waits for `one`. */
const meanwhile = async (
  step: string,
  name: string,
  act: Work,
): Promise<{ readonly done: Promise<unknown> }> => {
  await other.call('tellOfWaits', { parameters: [name] })
  const over = new AbortController()
  const done = act(other).finally(() => over.abort())
  done.catch(() => undefined)
  for (let waits = 0; waits < MOST_WAITS;) {
    const said = await other.said(over.signal).catch(() => null)
    if (said === null || (said.begins === name && IN_TRANSACTION.test(step))) break
    if (said.waits === name) waits++
  }
  return { done }
}

/** Expects that nothing is left after a sign-out; else that the list is whole, and that a sign-out leaves nothing. */
const expectSound = async (folder: string, at: string): Promise<string> => {
  const book = await scene.open(folder)
  const { state, list } = account(book)
  if (list !== null) {
    expect(list.status, at).toBe('ready')
    expect(shown(book), at).toEqual(scene.mailbox())
  }
  if (state !== 'idle') {
    if (state !== 'imported') expect(await run(book, 'restart'), at).toMatchObject({ state: 'imported' })
    expect(shown(book), at).toEqual(scene.mailbox())
    expect(await book.signOut('microsoft365'), at).toMatchObject({ ok: true })
  }
  expect(shown(book), at).toEqual([])
  expect(
    (await eventTypes(book)).filter((type) => type !== 'account.signed-out'),
    at,
  ).toEqual([])
  await book.close()
  expect(await leftIn(folder), at).toEqual([])
  expect(await foundIn(folder, personalTexts(scene.sandbox)), at).toEqual([])
  return state
}

const opposites = [
  ['linking', 'signs out', { from: 'idle', work: begin('signIn'), act: signOut, share: 2 }],
  ['linking', 'links', { from: 'idle', work: begin('signIn'), act: begin('signIn'), share: 5 }],
  ['linking', 'looks', { from: 'idle', work: begin('signIn'), act: look, share: 5 }],
  ['signing out', 'links', { from: 'linked', work: signOut, act: begin('signIn'), share: 3 }],
  ['signing out', 'refreshes', { from: 'linked', work: signOut, act: begin('refresh'), share: 5 }],
  ['signing out', 'signs out', { from: 'linked', work: signOut, act: signOut, share: 5 }],
  ['signing out', 'looks', { from: 'linked', work: signOut, act: look, share: 5 }],
] as const

describe.each(opposites)(
  'before a step of %s, another process that %s',
  (_, does, { from, work, act, share }) => {
    // `knows`: has the book open already. `opens`: opens it only now.
    test.for(['knows', 'opens'] as const)(
      '%s the store: no list is lost, and no key, token or contact left',
      { timeout: soakRounds({ whole: 600_000, share: 120_000 }) },
      async (knows, { annotate }) => {
        const states: Record<string, number> = {}
        const chosen = chosenSteps(steps[from], share * 2, knows === 'knows' ? 0 : share)
        for (const [name, step] of chosen) {
          const at = `step ${step}, ${name}`
          const folder = await scene.folder(folders[from])
          const parameters = [storeIn(folder)]
          await one.call('open', { parameters })
          if (knows === 'knows') await other.call('open', { parameters })
          const openAndAct: Work = async (process) => {
            if (knows === 'opens') await process.call('open', { parameters })
            await act(process)
          }
          let acted: { readonly done: Promise<unknown> } | undefined
          await stoppedOnce(one, step, work, async (moment) => {
            acted = await meanwhile(moment, `${does}, ${knows}, ${step}`, openAndAct)
          })
          await acted?.done
          await other.call('close')
          const state = await expectSound(folder, at)
          states[state] = (states[state] ?? 0) + 1
        }
        await annotate(
          `${chosen.length} of ${steps[from].length} steps, which left ${JSON.stringify(states)}`,
        )
      },
    )
  },
)

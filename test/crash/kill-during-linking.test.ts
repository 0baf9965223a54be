import { afterAll, expect } from 'vitest'
import { foundIn, keysIn } from '../erase/found-in.ts'
import { test } from '../temp-folder.ts'
import type { BookProcess } from './book-process.ts'
import { personalTexts } from './personal-texts.ts'
import { account, eventTypes, resumeOrRestart, run, shown, startScene } from './scene.ts'
import type { Scene } from './scene.ts'
import { chosenSteps, isKilledAt, leftIn, stepsOf } from './steps.ts'

let scene: Scene
test.beforeAll(async ({ sharedFolder }) => {
  scene = await startScene(sharedFolder, { contacts: 30, folders: 2, encryptsTokens: true })
})
afterAll(() => scene.close())

const link = async (process: BookProcess): Promise<void> => {
  const started = await process.call('signIn')
  if (!started.ok) throw new Error(started.refusal)
  await process.call('outcome', { parameters: [started.attempt] })
}

/** From the first step of the vault: making its folder, marking it for backups, making the key. */
const STEPS_OF_VAULT = ['mkdir .keys', 'writeFile .tmp', 'link .TAG', 'link .key', 'rm .tmp', 'sync .keys']

test(
  'a linking that is killed between any two steps ends with the whole list, and a sign-out leaves nothing of it',
  { timeout: 600_000 },
  async ({ annotate }) => {
    const steps = await stepsOf(await scene.process(await scene.folder()), link)
    expect(steps.map((step) => step.replace(' in the vault', ''))).toEqual(
      expect.arrayContaining([...STEPS_OF_VAULT, 'INSERT INTO', 'COMMIT', 'rename .json']),
    )
    const texts = personalTexts(scene.sandbox)
    const left: Record<string, number> = {}
    for (const [name, step] of chosenSteps(steps, 2)) {
      const at = `killed at step ${step}, ${name}`
      const folder = await scene.folder()
      if (!(await isKilledAt(await scene.process(folder), step, link))) continue
      expect(await foundIn(folder, texts), at).toEqual([])

      const next = await scene.open(folder)
      const { state } = account(next)
      left[state] = (left[state] ?? 0) + 1
      if (state === 'idle') await run(next, 'signIn')
      else if (state !== 'imported') await resumeOrRestart(next)
      await next.close()

      const book = await scene.open(folder)
      expect(account(book), at).toMatchObject({ state: 'imported', list: { status: 'ready' } })
      expect(shown(book), at).toEqual(scene.mailbox())
      expect(await keysIn(folder), at).toHaveLength(1)

      await book.signOut('microsoft365')
      expect(await eventTypes(book), at).toEqual(['account.signed-out'])
      await book.close()
      expect(await leftIn(folder), at).toEqual([])
      expect(await foundIn(folder, personalTexts(scene.sandbox)), at).toEqual([])
    }
    await annotate(`${steps.length} steps; the kills left ${JSON.stringify(left)}`)
  },
)

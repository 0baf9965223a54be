import { copyFile, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, expect } from 'vitest'
import { test } from '../temp-folder.ts'
import type { BookProcess } from './book-process.ts'
import { account, eventTypes, run, shown, startScene } from './scene.ts'
import type { Scene } from './scene.ts'
import { chosenSteps, isKilledAt, leftIn, stepsOf } from './steps.ts'

/** Overwriting and removing the key, and making that durable. */
const STEPS_OF_VAULT = ['write', 'sync', 'truncate', 'rm'].map((call) => `${call} .key in the vault`)

let scene: Scene
/** A folder with a list and the tokens of its sign-in. */
let linked: string
let secrets: readonly string[]

test.beforeAll(async ({ sharedFolder }) => {
  scene = await startScene(sharedFolder, { contacts: 300, folders: 3 })
  linked = await scene.folder()
  const book = await scene.open(linked)
  await run(book, 'signIn')
  // Twice, so that the log holds more than the list needs.
  await run(book, 'refresh')
  await book.close()
  secrets = [...personalData(), ...(await tokens(linked))]
  // What a process leaves if it is killed while it renews its tokens.
  await copyFile(join(linked, 'contacts.db.tokens.json'), join(linked, 'contacts.db.tokens.json.0d3f.tmp'))
})
afterAll(() => scene.close())

/** Texts that can only come from the mailbox and its owner's sign-in. */
const personalData = (): readonly string[] => {
  const contacts = scene.sandbox.mailbox('user').contacts()
  const texts = contacts.flatMap(({ immutableId, fields }) => [
    immutableId,
    fields.displayName,
    fields.surname,
    fields.mobilePhone,
    ...fields.emailAddresses.map(({ address }) => address),
  ])
  const longEnough = texts.filter((text) => typeof text === 'string').filter(({ length }) => length > 7)
  const [{ name, username, objectId } = { name: '', username: '', objectId: '' }] = scene.sandbox.people
  return [...new Set([...longEnough, name, username, objectId])]
}

/** Every long text in the token file: tokens, and the keys that name the account. */
const tokens = async (folder: string): Promise<readonly string[]> => {
  const text = await readFile(join(folder, 'contacts.db.tokens.json'), 'utf8')
  return [...new Set(text.match(/[\w.-]{40,}/g))]
}

/** SQLite removes its index when the last connection lets go: a file that is gone holds nothing. */
const bytesOf = (path: string): Promise<Buffer> =>
  readFile(path).catch((error: unknown) => {
    if (['ENOENT', 'EISDIR'].includes(Reflect.get(Object(error), 'code') as string)) return Buffer.alloc(0)
    throw error
  })

/** How many of the secrets occur in any file of a folder. */
const foundIn = async (folder: string, isMeant = (name: string) => name !== ''): Promise<number> => {
  const names = (await readdir(folder, { recursive: true })).filter(isMeant)
  const files = await Promise.all(names.map((name) => bytesOf(join(folder, name))))
  return secrets.filter((secret) => files.some((bytes) => bytes.includes(secret))).length
}

test('only the tokens among the data that a sign-out erases are unencrypted', async () => {
  expect(secrets.length).toBeGreaterThan(1_000)
  const isOfTokens = (name: string) => name.includes('tokens')
  expect(await foundIn(linked, isOfTokens)).toBeGreaterThan(5)
  expect(await foundIn(linked, (name) => !isOfTokens(name))).toBe(0)
})

test(
  'a sign-out that is killed between any two steps is finished by the next process',
  { timeout: 240_000 },
  async () => {
    const left: Record<string, number> = {}
    const signOut = (process: BookProcess) => process.call('signOut')
    const steps = await stepsOf(await scene.process(await scene.folder(linked)), signOut)
    for (const [name, step] of chosenSteps(steps, 2)) {
      const folder = await scene.folder(linked)
      if (!(await isKilledAt(await scene.process(folder), step, signOut))) continue
      const book = await scene.open(folder)
      if (account(book).state === 'imported') {
        // As long as nothing is recorded, nothing is removed.
        expect(shown(book)).toEqual(scene.mailbox())
        expect(await book.signOut('microsoft365')).toMatchObject({ ok: true })
      }
      expect(shown(book)).toEqual([])
      expect(await eventTypes(book)).toEqual(['account.signed-out'])
      left[`killed at step ${step}, ${name}, open`] = await foundIn(folder)
      await book.close()
      left[`killed at step ${step}, ${name}, closed`] = await foundIn(folder)
      expect(await leftIn(folder), `killed at step ${step}, ${name}`).toEqual([])
    }
    expect(Object.entries(left).filter(([, count]) => count > 0)).toEqual([])
    expect(steps).toEqual(expect.arrayContaining([...STEPS_OF_VAULT, 'rm .json', 'VACUUM', 'COMMIT']))
  },
)

test('a sign-out that nothing interrupts leaves nothing either, before and after the book is closed', async () => {
  const folder = await scene.folder(linked)
  const book = await scene.open(folder)
  await book.signOut('microsoft365')
  expect(await foundIn(folder)).toBe(0)
  await book.close()
  expect(await foundIn(folder)).toBe(0)
  expect(await leftIn(folder)).toEqual([])
})

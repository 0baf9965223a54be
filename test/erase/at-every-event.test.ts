import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, expect } from 'vitest'
import type { BookProcess } from '../crash/book-process.ts'
import { personalTexts } from '../crash/personal-texts.ts'
import { startScene } from '../crash/scene.ts'
import type { Scene } from '../crash/scene.ts'
import { leftIn, stopping } from '../crash/steps.ts'
import { soakRounds } from '../soak.ts'
import { test } from '../temp-folder.ts'
import { foundIn } from './found-in.ts'

/** In a soak, every moment, including each step on disk. */
const MOMENT = soakRounds({ whole: 1, share: 0 }) === 1 ? '' : 'append resolved'

let scene: Scene
test.beforeAll(async ({ sharedFolder }) => {
  scene = await startScene(sharedFolder, { contacts: 12, folders: 2, encryptsTokens: true })
  scene.sandbox.mailbox('user').add({
    displayName: 'Ünïcödé 名前 Zuleika',
    mobilePhone: '+99 555 0100200',
    emailAddresses: [{ name: 'Zuleika Zq', address: 'zuleika@mail.example' }],
    homeAddress: { street: '77 Zqstreet', city: 'Zqtown' },
    personalNotes: 'A note that is nobody’s business',
    spouseName: 'Zebulon Zq',
    birthday: '1971-02-03T11:59:00Z',
  })
})
afterAll(() => scene.close())

/** Every personal text of the mailbox, the account and its sign-ins so far. */
const texts = new Set<string>()
const collected = (): readonly string[] => {
  for (const text of personalTexts(scene.sandbox)) texts.add(text)
  return [...texts]
}

const changeMailbox = () => {
  const mailbox = scene.sandbox.mailbox('user')
  const [first, second] = mailbox.contacts().map(({ immutableId }) => immutableId)
  if (first === undefined || second === undefined) throw new Error('too few contacts')
  mailbox.remove(first)
  mailbox.change(second, { personalNotes: 'Another note of this contact' })
  mailbox.add({ displayName: 'Ada Latecomer' })
}

const begun = async (process: BookProcess, by: 'signIn' | 'refresh' | 'restart'): Promise<string> => {
  const started = await process.call(by)
  if (!started.ok) throw new Error(started.refusal)
  return started.attempt
}

/** Also waits for what follows an attempt: compaction, the saved view, the WAL. */
const toItsEnd = (by: 'signIn' | 'refresh' | 'restart') => async (process: BookProcess) => {
  const parameters = [await begun(process, by)]
  const { state } = await process.call('outcome', { parameters })
  await process.call('close')
  return state
}

test('a search finds a text in a file in UTF-8 and in UTF-16 of either byte order', async () => {
  const folder = await scene.folder()
  await mkdir(join(folder, 'deep'))
  const all = collected()
  expect(all.length).toBeGreaterThan(100)
  const utf8 = (text: string) => Buffer.from(text)
  const utf16le = (text: string) => Buffer.from(text, 'utf16le')
  const written = { utf8, utf16le, utf16be: (text: string) => utf16le(text).swap16() }
  for (const [name, encoded] of Object.entries(written)) {
    await writeFile(join(folder, 'deep', name), Buffer.concat(all.map((text) => encoded(`${text}\n`))))
    expect(await foundIn(folder, all), name).toHaveLength(all.length)
    await writeFile(join(folder, 'deep', name), '')
  }
})

test(
  'nothing personal is in the store, the vault, the home or the temporary folder, at any event',
  { timeout: 600_000 },
  async ({ annotate }) => {
    const folder = await scene.folder()
    const found: string[] = []
    const looks: string[] = []
    const look = async (when: string) => {
      looks.push(when)
      for (const text of await foundIn(folder, collected())) found.push(`${when}: ${text}`)
    }
    const during = (act: string) => (moment: string) => look(`${act}, ${moment}`)

    const first = await scene.process(folder)
    await first.call('open')
    expect(await stopping(first, MOMENT, toItsEnd('signIn'), during('import'))).toBe('imported')
    await look('imported')

    changeMailbox()
    await first.call('open')
    expect(await stopping(first, MOMENT, toItsEnd('refresh'), during('refresh'))).toBe('imported')
    await look('refreshed')

    changeMailbox()
    await first.call('open')
    const cancelled = stopping(first, MOMENT, toItsEnd('restart'), async (moment) => {
      await look(`cancel, ${moment}`)
      if (moment.endsWith('page.fetched')) first.call('cancel').catch(() => undefined)
    })
    expect(await cancelled).toBe('cancelled')
    await look('cancelled')

    await first.call('open')
    const killed = stopping(first, MOMENT, toItsEnd('restart'), async (moment) => {
      await look(`crash, ${moment}`)
      if (moment.endsWith('page.fetched')) await first.kill()
    })
    await expect(killed).rejects.toThrow()
    await look('killed')

    const second = await scene.process(folder)
    await second.call('open')
    const resume = async (process: BookProcess) => {
      const [resumed] = await process.call('resume')
      const { state } = await process.call('outcome', { parameters: [resumed?.attempt ?? ''] })
      await process.call('close')
      return state
    }
    expect(await stopping(second, MOMENT, resume, during('resume'))).toBe('imported')
    await look('resumed')

    await second.call('open')
    expect([...(await second.call('contacts'))].sort()).toEqual(scene.mailbox())
    const signOut = async (process: BookProcess) => {
      const { ok } = await process.call('signOut')
      await look('signed out')
      await process.call('close')
      return ok
    }
    expect(await stopping(second, MOMENT, signOut, during('sign-out'))).toBe(true)
    await look('closed')

    expect(found).toEqual([])
    expect(await leftIn(folder)).toEqual([])
    const acts = ['import', 'refresh', 'cancel', 'crash', 'resume', 'sign-out']
    for (const act of acts) expect(looks.filter((when) => when.startsWith(`${act}, `)).length).not.toBe(0)
    await annotate(`${looks.length} moments, ${texts.size} texts in three encodings`)
  },
)

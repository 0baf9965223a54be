import { afterAll, describe, expect } from 'vitest'
import { isSoak } from '../soak.ts'
import { test } from '../temp-folder.ts'
import type { BookProcess } from './book-process.ts'
import { account, eventTypes, resumeOrRestart, run, shown, startScene, withoutRequests } from './scene.ts'
import type { Scene } from './scene.ts'

/** Two pages of at most 1,000 in the default folder, one in each other. */
const CONTACTS = 1_080
/** Contacts of all kinds, in all folders. The others have only a name, and fill the default folder. */
const INVENTED = 80
const pages = Array<string>(4).fill('page.fetched')
const listing = ['contacts.counted', ...pages, 'attempt.completed']
const firstImport = ['attempt.requested', 'consent.granted', ...listing]
// Contacts are removed once it is known that they have moved to a folder that is not a contact folder.
const changes = ['changes.fetched', 'changes.fetched', 'attempt.completed']
const refresh = ['attempt.requested', ...changes]

/** Moments of an append: before it, within its transaction after all rows are written, and after it. */
const moments = { before: 'append begins', within: 'disk: COMMIT', after: 'append resolved' } as const

/**
 * In a soak, all moments. Within the append of an event, the log is as after the one before. So otherwise each event has one
 * of the two, the first and the last have both, and pages between other pages have none.
 */
const isChosen = (events: readonly string[], index: number, when: string): boolean => {
  const [isFirst, isLast] = [index === 0, index === events.length - 1]
  const isEarly = index < events.length / 2
  const isLikeBoth = [-1, 1].every((way) => events[index + way] === 'page.fetched')
  if (isSoak) return true
  if (isLikeBoth && events[index] === 'page.fetched') return false
  return when === 'before' ? isFirst : when === 'after' ? isEarly || isLast : isFirst || !isEarly
}

const deaths = (events: readonly string[]) =>
  events.flatMap((event, index) =>
    Object.entries(moments)
      .filter(([when]) => isChosen(events, index, when))
      .map(([when, moment]) => {
        const recorded = events.slice(0, when === 'after' ? index + 1 : index)
        return [`${when} event ${index + 1}, ${event}`, { when, moment, count: index + 1, recorded }] as const
      }),
  )

let scene: Scene
/** A folder with the list of a mailbox that has changed since. */
let linked: string
let oldList: readonly string[]

test.beforeAll(async ({ sharedFolder }) => {
  scene = await startScene(sharedFolder, { contacts: INVENTED, folders: 2 })
  const mailbox = scene.sandbox.mailbox('user')
  for (let index = INVENTED; index < CONTACTS; index++) mailbox.add({ displayName: `Contact ${index}` })
  linked = await scene.folder()
  const book = await scene.open(linked)
  await run(book, 'signIn')
  oldList = shown(book)
  await book.close()
  changeMailbox()
})
afterAll(() => scene.close())

const changeMailbox = () => {
  const mailbox = scene.sandbox.mailbox('user')
  const ids = mailbox.contacts().map(({ immutableId }) => immutableId)
  for (const id of ids.slice(0, 20)) mailbox.remove(id)
  for (const id of ids.slice(20, 40)) mailbox.change(id, { nickName: 'Changed' })
  for (let index = 0; index < 20; index++) mailbox.add({ displayName: `Added ${index}` })
}

const killed = async (process: BookProcess, by: 'signIn' | 'refresh', moment: string, count: number) => {
  await process.call('open')
  await process.call('dieAt', { parameters: [moment, count] })
  // The process may be killed before it answers.
  process.call(by).catch(() => undefined)
  expect(await process.ended).toBe('SIGKILL')
}

const stateAfter = (recorded: readonly string[], standing: string, requested: string) => {
  const last = recorded.at(-1)
  if (last === undefined) return standing
  return last === 'attempt.requested' ? requested : last === 'attempt.completed' ? 'imported' : 'fetching'
}

const runnerIn = (state: string) => (state === 'consenting' || state === 'fetching' ? 'nobody' : null)

/** What a resumed fetch still records: it continues after its last page, or starts over if it has none. */
const restOf = (recorded: readonly string[]) => {
  const done = recorded.filter((event) => event === 'page.fetched').length
  return recorded.at(-1) === 'attempt.completed' ? [] : done === 0 ? listing : listing.slice(1 + done)
}

/** A resumed refresh continues after the changes that it has recorded. */
const restOfRefresh = (recorded: readonly string[]) => changes.slice(recorded.length - 1)

/** Opens what a crash left, without a change. */
const reopened = (folder: string) =>
  withoutRequests(async () => {
    const book = await scene.open(folder)
    return { book, types: await eventTypes(book) }
  })

test('the processes record what is to be interrupted', async () => {
  expect(oldList).toHaveLength(CONTACTS)
  const book = await scene.open(await scene.folder())
  await run(book, 'signIn')
  expect(await eventTypes(book)).toEqual(firstImport)
  await run(book, 'refresh')
  expect(await eventTypes(book)).toEqual([...firstImport, 'attempt.requested', 'attempt.completed'])
  await book.close()
  const changed = await scene.open(await scene.folder(linked))
  await run(changed, 'refresh')
  expect(await eventTypes(changed)).toEqual([...firstImport, ...refresh])
  await changed.close()
})

describe('a first import that is killed', () => {
  test.each(deaths(firstImport))('%s', async (_, { when, moment, count, recorded }) => {
    const folder = await scene.folder()
    await killed(await scene.process(folder), 'signIn', moment, count)

    const { book, types } = await reopened(folder)
    const state = stateAfter(recorded, 'idle', 'consenting')
    expect(types).toEqual(recorded)
    expect(account(book)).toMatchObject({ state, runner: runnerIn(state) })
    expect(shown(book)).toEqual(state === 'imported' ? scene.mailbox() : [])

    if (state === 'idle') await run(book, 'signIn')
    else if (state !== 'imported') expect(await resumeOrRestart(book)).toMatchObject({ state: 'imported' })
    expect(shown(book)).toEqual(scene.mailbox())
    // Tokens reach the disk only once the consent is recorded: a crash in between loses them.
    const hasTokens = recorded.length > 2 || (recorded.length === 2 && when !== 'after')
    const isLost = state === 'consenting' || !hasTokens
    expect(await eventTypes(book)).toEqual(
      state === 'idle'
        ? firstImport
        : isLost
          ? [...recorded, 'attempt.failed', ...firstImport]
          : [...recorded, ...restOf(recorded)],
    )
    await book.close()
  })
})

describe('a refresh that is killed', () => {
  test.each(deaths(refresh).filter(([, { when }]) => when !== 'before'))(
    '%s',
    async (_, { when, moment, count, recorded }) => {
      const folder = await scene.folder(linked)
      await killed(await scene.process(folder), 'refresh', moment, count)

      const { book, types } = await reopened(folder)
      const state = stateAfter(recorded, 'imported', 'fetching')
      expect(types).toEqual([...firstImport, ...recorded])
      expect(account(book)).toMatchObject({ state, runner: runnerIn(state) })
      const isSwapped = recorded.at(-1) === 'attempt.completed'
      expect(shown(book)).toEqual(isSwapped ? scene.mailbox() : oldList)

      // Both follow each crash: a restart gives the attempt up, a resume continues it.
      const isResumed = when === 'after' && state === 'fetching'
      const outcome = await (isResumed ? resumeOrRestart(book) : run(book, 'restart'))
      expect(outcome).toMatchObject({ state: 'imported' })
      expect(shown(book)).toEqual(scene.mailbox())
      const ended = state === 'fetching' ? ['attempt.failed'] : []
      // A restart lists completely, as a first import does.
      const rest = isResumed ? restOfRefresh(recorded) : [...ended, ...firstImport]
      expect(await eventTypes(book)).toEqual([...firstImport, ...recorded, ...rest])
      await book.close()
    },
  )
})

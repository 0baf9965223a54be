import { expect, test } from 'vitest'
import type { Contact, ContactKey } from '../../domain/contact.ts'
import { sampleContacts } from '../../testing/sample-contacts.ts'
import { FollowingIndex } from './following-index.ts'

/** More than are indexed in one slice. */
const many: readonly Contact[] = sampleContacts(1_000)

const shown = () => {
  let contacts = many
  return { contacts: () => contacts, show: (others: readonly Contact[]) => (contacts = others) }
}

/** An index of the versions of contacts, by key. */
class Versions {
  readonly all = new Map<ContactKey, string>()
  onAdd: () => void = () => undefined

  add({ key, version }: Contact): void {
    this.all.set(key, version ?? '')
    this.onAdd()
  }

  remove(key: ContactKey): void {
    this.all.delete(key)
  }
}

const newer = (contact: Contact): Contact => ({ ...contact, version: 'newer' })

test('a question never sees an index that a later one updates', async () => {
  const { contacts, show } = shown()
  const made = new Versions()
  const index = new FollowingIndex(() => Promise.resolve(made), contacts)
  await index.ask(() => null)
  show(many.map(newer))
  const sizes: Promise<number>[] = []
  made.onAdd = () => {
    made.onAdd = () => undefined
    show(many.map((contact) => newer(newer(contact))))
    sizes.push(index.ask(({ all }) => all.size))
  }
  sizes.unshift(index.ask(({ all }) => all.size))
  await sizes[0]
  expect(await Promise.all(sizes)).toEqual([1_000, 1_000])
})

test('an answer knows nothing of a list that is gone when it comes', async () => {
  const { contacts, show } = shown()
  const made = new Versions()
  const index = new FollowingIndex(() => Promise.resolve(made), contacts)
  made.onAdd = () => show([])
  expect(await index.ask(({ all }) => all.size)).toBe(0)
})

test('an index that could not be made is made for the next question', async () => {
  let tries = 0
  const make = () =>
    ++tries === 1 ? Promise.reject(new Error('not loaded')) : Promise.resolve(new Versions())
  const index = new FollowingIndex(make, () => many)
  const answers = [index.ask(({ all }) => all.size), index.ask(({ all }) => all.size)]
  await expect(answers[0]).rejects.toThrow('not loaded')
  expect(await answers[1]).toBe(1_000)
  expect(tries).toBe(2)
})

test('an index that was cleared is made again and filled', async () => {
  let tries = 0
  const index = new FollowingIndex(
    () => {
      tries++
      return Promise.resolve(new Versions())
    },
    () => many,
  )
  expect(await index.ask(({ all }) => all.size)).toBe(1_000)
  index.clear()
  expect(await index.ask(({ all }) => all.size)).toBe(1_000)
  expect(tries).toBe(2)
})

test('an answer at once waits for no slice, and knows those that it is likely to be about', async () => {
  const { contacts, show } = shown()
  const index = new FollowingIndex(() => Promise.resolve(new Versions()), contacts)
  const last = many.at(-1)!
  const isLast = () => (contact: Contact) => contact === last
  const whole = index.ask(({ all }) => all.size)
  const { answer, isWhole } = await index.askNow(({ all }) => [...all.keys()], isLast)
  expect(answer).toContain(last.key)
  expect(answer.length).toBeLessThan(1_000)
  expect(isWhole).toBe(false)
  expect(await whole).toBe(1_000)
  const none = () => () => false
  expect(await index.askNow(({ all }) => all.size, none)).toEqual({ answer: 1_000, isWhole: true })
  show([...many, sampleContacts(1_001).at(-1)!])
  expect(await index.askNow(({ all }) => all.size, none)).toEqual({ answer: 1_000, isWhole: false })
  expect(await index.ask(({ all }) => all.size)).toBe(1_001)
})

test('what an answer at once has indexed first is removed with the list that had it', async () => {
  const { contacts, show } = shown()
  const index = new FollowingIndex(() => Promise.resolve(new Versions()), contacts)
  await index.askNow(
    () => null,
    () => () => true,
  )
  show(many.slice(500))
  expect(await index.ask(({ all }) => [...all.keys()])).toEqual(many.slice(500).map(({ key }) => key))
})

test('a list that comes back after a part of another one was indexed is indexed again', async () => {
  const { contacts, show } = shown()
  const made = new Versions()
  const index = new FollowingIndex(() => Promise.resolve(made), contacts)
  await index.ask(() => null)
  const { length } = many
  show(many.map(newer))
  made.onAdd = () => {
    made.onAdd = () => undefined
    show(many)
  }
  expect(await index.ask(({ all }) => [...all.values()].filter((version) => version === 'newer'))).toEqual([])
  show([...many.slice(1), newer(many[0]!)])
  await index.askNow(
    () => null,
    () => () => true,
  )
  show(many)
  expect(
    (
      await index.askNow(
        () => null,
        () => () => false,
      )
    ).isWhole,
  ).toBe(false)
  expect(await index.ask(({ all }) => [all.size, all.get(many[0]!.key)])).toEqual([length, many[0]!.version])
})

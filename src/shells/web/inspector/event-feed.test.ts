import { BehaviorSubject } from 'rxjs'
import { expect, test } from 'vitest'
import type { ContactsClient, Envelope, Fact } from '../../../index.ts'
import { fact, recorded, story } from '../../../testing/sample-facts.ts'
import { EventFeed } from './event-feed.ts'

/** A client of a log that returns two events a call. */
const scene = (facts: readonly Fact[]) => {
  let log: readonly Envelope[] = recorded(facts)
  const positions = new BehaviorSubject(log.length)
  const calls: number[] = []
  const broken = { is: false }
  const client = {
    position: Object.assign(positions.asObservable(), { get: () => positions.value }),
    events: async (after: number, upTo = Infinity) => {
      calls.push(after)
      if (broken.is) throw new Error('gone')
      return log.filter(({ position }) => position > after && position <= upTo).slice(0, 2)
    },
  } as Pick<ContactsClient, 'events' | 'position'> as ContactsClient
  const feed = new EventFeed(client, () => undefined)
  const append = (more: readonly Fact[]) => {
    log = recorded([...facts, ...more])
    positions.next(log.length)
  }
  const read = () => feed.events.map(({ event }) => event.position)
  return { feed, calls, broken, append, read, positions }
}

test('a log that takes several calls is read to its end, in order and once', async () => {
  const { feed, calls, read } = scene(story.imported)
  feed.follow()
  await expect.poll(() => feed.status).toBe('ready')
  expect(read()).toEqual([1, 2, 3, 4, 5])
  expect(calls).toEqual([0, 2, 4])
})

test('it reads on with each append, and not after the end of the subscription', async () => {
  const { feed, append, read } = scene(story.imported)
  const following = feed.follow()
  await expect.poll(read).toHaveLength(5)
  append([fact.requested('refresh', 'a2', 2)])
  await expect.poll(read).toEqual([1, 2, 3, 4, 5, 6])
  following.unsubscribe()
  append([fact.requested('refresh', 'a2', 2), fact.cancelled('a2')])
  feed.follow()
  await expect.poll(read).toEqual([1, 2, 3, 4, 5, 6, 7])
})

test('reports a failure, and reads the missing events at the next append', async () => {
  const { feed, broken, append, read } = scene(story.imported)
  broken.is = true
  feed.follow()
  await expect.poll(() => feed.status).toBe('failed')
  broken.is = false
  append([fact.signedOut()])
  await expect.poll(() => feed.status).toBe('ready')
  expect(read()).toEqual([6])
})

test('positions of which nothing can be read are passed over', async () => {
  const { feed, positions, calls } = scene([])
  positions.next(3)
  feed.follow()
  await expect.poll(() => feed.status).toBe('ready')
  expect(calls).toEqual([0])
})

import { expect, test } from 'vitest'
import { memoryStore } from '../../adapters/stores/memory/memory-store.ts'
import { ImportFailure } from '../../domain/failures.ts'
import type { SavedView } from '../../ports/event-store.ts'
import { Arrivals } from '../../testing/arrivals.ts'
import { ViewSaver } from './view-saver.ts'

const view = (position: number): SavedView => ({ name: 'n', version: 1, position, data: null })

/** A saver over a store that finishes a save only when the test tells it to. */
const saver = () => {
  const begun = new Arrivals<{ position: number; end: () => void; fail: (error: Error) => void }>()
  const diagnosed: unknown[] = []
  const saveView = ({ position }: SavedView) =>
    new Promise<void>((end, fail) => begun.add({ position, end, fail }))
  const store = { ...memoryStore(), saveView }
  return { saver: new ViewSaver(store, (error) => diagnosed.push(error)), begun, diagnosed }
}

test('views are saved one at a time; of those that arrive meanwhile, only the newest is saved', async () => {
  const { saver: lists, begun } = saver()
  lists.save(view(1))
  const first = await begun.next()
  for (const position of [2, 3, 4]) lists.save(view(position))
  expect(begun.size).toBe(0)
  first.end()
  const last = await begun.next()
  expect([first.position, last.position]).toEqual([1, 4])
  last.end()
  await lists.idle()
  expect(begun.size).toBe(0)
})

test('is idle when the last view is saved, and not before', async () => {
  const { saver: lists, begun } = saver()
  await lists.idle()
  lists.save(view(1))
  let isIdle = false
  const idle = lists.idle().then(() => (isIdle = true))
  const first = await begun.next()
  lists.save(view(2))
  first.end()
  const second = await begun.next()
  expect(isIdle).toBe(false)
  second.end()
  await idle
})

test('an error of one save is passed to `diagnose` and does not stop the others', async () => {
  const { saver: lists, begun, diagnosed } = saver()
  const full = new Error('disk full')
  lists.save(view(1))
  ;(await begun.next()).fail(full)
  await lists.idle()
  expect(diagnosed).toEqual([full])
  lists.save(view(2))
  ;(await begun.next()).end()
  await lists.idle()
})

test('a view whose key a sign-out has destroyed in the meantime is no error', async () => {
  const { saver: lists, begun, diagnosed } = saver()
  lists.save(view(1))
  ;(await begun.next()).fail(new ImportFailure('storage-locked'))
  await lists.idle()
  expect(diagnosed).toEqual([])
})

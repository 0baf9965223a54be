import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ProgressFeed } from './progress.ts'

let feed: ProgressFeed
beforeEach(() => {
  vi.useFakeTimers()
  feed = new ProgressFeed()
})
afterEach(() => {
  vi.useRealTimers()
})

const show = (folder: string) => feed.update('microsoft365', 'a', { folder })
/** The folders that a new subscriber has been shown, undefined for no progress. */
const shown = () => {
  const folders: (string | undefined)[] = []
  const subscription = feed.view.subscribe((progress) => folders.push(progress.microsoft365?.folder))
  return { folders, subscription }
}

test('the first value is shown at once, then the latest one after each tenth of a second', () => {
  show('1')
  const { folders } = shown()
  show('2')
  show('3')
  expect(folders).toEqual(['1'])
  vi.advanceTimersByTime(99)
  expect(folders).toEqual(['1'])
  vi.advanceTimersByTime(1)
  expect(folders).toEqual(['1', '3'])
  show('4')
  vi.advanceTimersByTime(100)
  expect(folders).toEqual(['1', '3', '4'])
  vi.advanceTimersByTime(100)
  show('5')
  expect(folders).toEqual(['1', '3', '4', '5'])
})

test('a value counts as current before it is shown, and each subscriber begins with it', () => {
  shown()
  show('1')
  expect(feed.view.get().microsoft365?.folder).toBe('1')
  expect(shown().folders).toEqual(['1'])
})

test('the last value is shown when the feed closes, and no timer remains', () => {
  const { folders, subscription } = shown()
  show('1')
  show('2')
  feed.close()
  expect(folders).toEqual([undefined, '2'])
  expect(subscription.closed).toBe(true)
  expect(vi.getTimerCount()).toBe(0)
})

test('a subscriber that leaves is shown nothing more, and leaves no timer', () => {
  const { folders, subscription } = shown()
  show('1')
  subscription.unsubscribe()
  vi.advanceTimersByTime(1_000)
  expect(folders).toEqual([undefined])
  expect(vi.getTimerCount()).toBe(0)
})

import { expect, test, vi } from 'vitest'
import { sampleContacts } from '../testing/sample-contacts.ts'
import { LazyContacts } from './lazy-contacts.ts'

/** Five contacts in parts of two, with a count of the parts that were read. */
const saved = () => {
  const contacts = sampleContacts(5)
  const read = vi.fn((start: number) => contacts.slice(start, start + 2))
  const parts = [0, 2, 4].map((start) => () => read(start))
  return { contacts, read, lazy: new LazyContacts(5, { locale: 'en', nameOrder: 'given-first' }, parts) }
}

test('the first contacts need no more parts than contain them', () => {
  const { contacts, read, lazy } = saved()
  expect(lazy.first(2)).toEqual(contacts.slice(0, 2))
  expect(read).toHaveBeenCalledTimes(1)
  expect(lazy.first(3)).toEqual(contacts.slice(0, 3))
  expect(read).toHaveBeenCalledTimes(2)
  expect(lazy.first(9)).toEqual(contacts)
  expect(lazy.first(0)).toEqual([])
})

test('each part is read once, however it is accessed', () => {
  const { contacts, read, lazy } = saved()
  lazy.first(1)
  expect(lazy.inOrder).toEqual(contacts)
  expect([...lazy.values()]).toEqual(contacts)
  expect(lazy.inOrder).toBe(lazy.inOrder)
  expect(read).toHaveBeenCalledTimes(3)
})

test('reading ahead reads the remaining parts, and yields to other work after each part', async () => {
  const { read, lazy } = saved()
  lazy.first(1)
  const partsRead: number[] = []
  await lazy.readAhead(async () => {
    partsRead.push(read.mock.calls.length)
  })
  expect(partsRead).toEqual([2, 3])
  await lazy.readAhead(() => Promise.reject(new Error('nothing is left to read')))
  expect(lazy.get('c5')?.id).toBe('c5')
  expect(read).toHaveBeenCalledTimes(3)
})

import { expect, test } from 'vitest'
import type { ContactLists } from '../../projections/contact-lists.ts'
import { emptyList } from '../../projections/contact-lists.ts'
import { sampleContact } from '../../testing/sample-contacts.ts'
import { Swaps } from './swaps.ts'

const listsWith = (...ids: readonly string[]): ContactLists => {
  const contacts = new Map(ids.map((id) => [id, sampleContact(id)]))
  return { microsoft365: { ...emptyList, contacts } }
}

test('a listener that another one has just ended is not called', () => {
  const swaps = new Swaps({}, () => undefined)
  const heard: string[] = []
  let end: () => void = () => undefined
  swaps.listen(() => {
    heard.push('first')
    end()
  })
  end = swaps.listen(() => heard.push('second'))
  swaps.listen(() => heard.push('third'))
  swaps.update(listsWith('a'))
  expect(heard).toEqual(['first', 'third'])
})

test('a listener that throws is reported and stops no other', () => {
  const failure = new Error('listener')
  const diagnosed: unknown[] = []
  const swaps = new Swaps({}, (error) => diagnosed.push(error))
  const heard: unknown[] = []
  swaps.listen(() => {
    throw failure
  })
  swaps.listen((swap) => heard.push(swap))
  swaps.update(listsWith('a'))
  expect(diagnosed).toEqual([failure])
  expect(heard).toEqual([{ source: 'microsoft365', added: ['key-of-a'], updated: [], removed: [] }])
})

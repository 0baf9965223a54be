import { expect, test } from 'vitest'
import { readCountedPage, readPage } from './page.ts'

const link = (length: number) => 'https://graph.example.test/'.padEnd(length, 'x')
const badAnswer = expect.objectContaining({ code: 'bad-answer' }) as Error

test('a page of 200,000 items is read', () => {
  const value = Array.from({ length: 200_000 }, (_, index) => ({ id: `${index}` }))
  expect(readPage({ value }).items).toHaveLength(200_000)
})

test('a page with more items than an attempt may read is a bad answer, and has no count', () => {
  const value = Array.from({ length: 1_000_001 }, () => null)
  expect(() => readPage({ value })).toThrow(badAnswer)
  expect(readCountedPage({ value, '@odata.count': 5 })).toEqual({ items: [], count: null })
})

test.each(['@odata.nextLink', '@odata.deltaLink'])('%s of megabytes is a bad answer', (name) => {
  expect(() => readPage({ value: [], [name]: link(10_000_000) })).toThrow(badAnswer)
  expect(readPage({ value: [], [name]: link(30_000) })).toMatchObject({ items: [] })
})

test.each([null, [], 'text', {}, { value: null }, { value: {} }, { value: [], '@odata.nextLink': 5 }])(
  '%j is no page',
  (body) => {
    expect(() => readPage(body)).toThrow(badAnswer)
  },
)

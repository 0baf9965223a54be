import { expect, test } from 'vitest'
import type { Match, Row } from '../../../index.ts'
import { textsOf } from './row-texts.ts'

const rowWith = (more: Partial<Row> = {}): Row => ({
  key: 'k',
  source: 'microsoft365',
  sources: ['microsoft365'],
  name: 'Ann Lee',
  organization: null,
  phone: null,
  email: null,
  isIncomplete: false,
  ...more,
})

const detail = (row: Row, ...neighbours: readonly Row[]) =>
  textsOf({ row, hit: null }, neighbours).detail.text

test('the second line is the organization, else the e-mail address, else the number', () => {
  const phone = { value: '+1 206 555 0100', kind: 'work' } as const
  expect(detail(rowWith({ organization: 'Oak', email: 'a@x.test', phone }))).toBe('Oak')
  expect(detail(rowWith({ email: 'a@x.test', phone }))).toBe('a@x.test')
  expect(detail(rowWith({ phone }))).toBe('+1 206 555 0100')
  expect(detail(rowWith())).toBe('')
})

test('a contact without a name does not repeat what stands in for it', () => {
  expect(detail(rowWith({ name: 'Oak', organization: 'Oak', email: 'a@x.test' }))).toBe('a@x.test')
})

test('namesakes of one organization are told apart by their addresses', () => {
  const one = rowWith({ organization: 'Oak', email: 'one@x.test' })
  const other = rowWith({ organization: 'Oak', email: 'other@x.test' })
  expect([detail(one, other), detail(other, one)]).toEqual(['one@x.test', 'other@x.test'])
  expect(detail(one, rowWith({ name: 'Bob', organization: 'Oak' }))).toBe('Oak')
})

const found = (row: Row, ...matches: readonly Match[]) =>
  textsOf({ row, hit: { key: row.key, source: row.source, matches } })

test('what a search found in the name is marked there', () => {
  const texts = found(rowWith({ organization: 'Oak' }), { field: 'name', text: 'Ann Lee', ranges: [[0, 2]] })
  expect(texts.name.ranges).toEqual([[0, 2]])
  expect(texts.detail).toEqual({ text: 'Oak', ranges: [] })
})

test('what a search found elsewhere is the second line', () => {
  const match = { field: 'nickname', text: 'Annie', ranges: [[0, 5]] } as const
  expect(found(rowWith({ organization: 'Oak' }), match).detail).toEqual({ text: 'Annie', ranges: [[0, 5]] })
})

test('the number that was found is the one that is called', () => {
  const phone = { value: '111', kind: 'work' } as const
  const match = { field: 'phone', text: '222', ranges: [[0, 3]] } as const
  expect(found(rowWith({ phone }), match).phone).toEqual({ value: '222' })
  expect(found(rowWith({ phone })).phone).toEqual(phone)
})

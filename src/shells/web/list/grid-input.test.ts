import { expect, test } from 'vitest'
import { cellAfter } from './grid-input.ts'

const from = { row: 5, column: 0, count: 100, rowsPerPage: 8, isRightToLeft: false, hasCall: true } as const

test.each([
  ['ArrowDown', 6, 0],
  ['ArrowUp', 4, 0],
  ['PageDown', 13, 0],
  ['PageUp', 0, 0],
  ['Home', 0, 0],
  ['End', 99, 0],
  ['ArrowRight', 5, 1],
  ['ArrowLeft', 5, 0],
])('%s goes to row %i, column %i', (key, row, column) => {
  expect(cellAfter(key, from)).toEqual({ row, column })
})

test('right to left, the arrows go the other way', () => {
  expect(cellAfter('ArrowLeft', { ...from, isRightToLeft: true })).toEqual({ row: 5, column: 1 })
  expect(cellAfter('ArrowRight', { ...from, isRightToLeft: true, column: 1 })).toEqual({ row: 5, column: 0 })
})

test('a row without a number has one cell', () => {
  expect(cellAfter('ArrowRight', { ...from, hasCall: false })).toEqual({ row: 5, column: 0 })
})

test('other keys move nothing', () => {
  expect(['a', 'Enter', ' ', 'Escape'].map((key) => cellAfter(key, from))).toEqual([null, null, null, null])
})

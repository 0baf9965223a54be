import { expect, test } from 'vitest'
import { continuesCheckpoint } from './checkpoint.ts'

test('page 1 begins a checkpoint, even if another was being written', () => {
  expect(continuesCheckpoint(null, { page: 1, of: 3 })).toBe(true)
  expect(continuesCheckpoint({ page: 2, of: 4 }, { page: 1, of: 3 })).toBe(true)
})

test('a later page continues the checkpoint only right after the page before it', () => {
  const pending = { page: 2, of: 4 }
  expect(continuesCheckpoint(pending, { page: 3, of: 4 })).toBe(true)
  expect(continuesCheckpoint(pending, { page: 2, of: 4 })).toBe(false)
  expect(continuesCheckpoint(pending, { page: 4, of: 4 })).toBe(false)
  expect(continuesCheckpoint(null, { page: 2, of: 4 })).toBe(false)
})

test('a page of a checkpoint of another length does not continue this one', () => {
  expect(continuesCheckpoint({ page: 2, of: 4 }, { page: 3, of: 5 })).toBe(false)
})

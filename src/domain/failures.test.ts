import { expect, test } from 'vitest'
import { ImportFailure, isImportFailure } from './failures.ts'

test('the message of a failure is its code; details and cause are separate properties', () => {
  const cause = new Error('Ann Lee is not there')
  const failure = new ImportFailure('bad-answer', { status: 500 }, cause)
  expect(String(failure)).toBe('ImportFailure: bad-answer')
  expect(failure).toMatchObject({ code: 'bad-answer', details: { status: 500 } })
  expect(failure.cause).toBe(cause)
})

test('a failure without a cause has no such property', () => {
  const failure = new ImportFailure('offline')
  expect(failure).not.toHaveProperty('cause')
  expect(failure.details).toEqual({})
})

test('only an `ImportFailure` is recognised as one', () => {
  expect(isImportFailure(new ImportFailure('offline'))).toBe(true)
  expect(isImportFailure(new Error('offline'))).toBe(false)
  expect(isImportFailure({ code: 'offline' })).toBe(false)
})

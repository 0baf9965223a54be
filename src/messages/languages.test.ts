import { expect, it } from 'vitest'
import { messages } from './languages.ts'

it('a locale without a translation gets English throughout, numbers included', () => {
  for (const locale of ['de-DE', 'C', '', undefined])
    expect(messages(locale).contacts(1240)).toBe('1,240 contacts')
})

it('an English locale keeps its own way of writing times', () => {
  expect(messages('en-GB').time('2026-03-01T12:15:00Z')).toContain('1 Mar 2026')
})

import { expect, it } from 'vitest'
import { messages } from './english.ts'
import { loadMessages } from './load-messages.ts'

it('a locale without a translation gets English throughout, numbers included', async () => {
  for (const locale of ['fr-FR', 'C', '', undefined]) {
    expect(messages(locale).contacts(1240)).toBe('1,240 contacts')
    expect((await loadMessages(locale)).contacts(1240)).toBe('1,240 contacts')
  }
})

it('an English locale keeps its own way of writing times', async () => {
  expect(messages('en-GB').time('2026-03-01T12:15:00Z')).toContain('1 Mar 2026')
  expect((await loadMessages('en-GB')).time('2026-03-01T12:15:00Z')).toContain('1 Mar 2026')
})

it('German is loaded when it is asked for, with the numbers of its region', async () => {
  expect((await loadMessages('de-DE')).contacts(1240)).toBe('1.240 Kontakte')
  expect((await loadMessages('de-AT')).number(12_345.5)).toBe(new Intl.NumberFormat('de-AT').format(12_345.5))
  expect(messages('de').contacts(1)).toBe('1 contact')
})

import { expect, test } from 'vitest'
import type { ClientAccount, ListSummary } from '../../../index.ts'
import { messages } from '../../../messages.ts'
import { countSources, countText, emptyStateOf } from './list-state.ts'

const list = {
  count: 3,
  available: 3,
  incomplete: 0,
  capped: false,
  completedAt: '',
  status: 'ready',
} as const

const accountWith = (more: Partial<ClientAccount>) =>
  ({ source: 'microsoft365', state: 'idle', list: null, code: null, details: {}, ...more }) as ClientAccount

const empty: ListSummary = { version: 0, count: 0, duplicates: 0, decisions: {}, sections: [], status: {} }

const reasonOf = (...accounts: readonly Partial<ClientAccount>[]) =>
  emptyStateOf(accounts.map(accountWith), empty)?.reason

test.each([
  ['not-connected', {}],
  ['signing-in', { state: 'consenting' }],
  ['incoming', { state: 'fetching' }],
  ['no-contacts', { state: 'imported', list: { ...list, count: 0 } }],
  ['loading', { state: 'imported', list }],
  ['locked', { state: 'imported', list: { ...list, status: 'locked' } }],
  ['lost', { state: 'imported', list: { ...list, status: 'lost' } }],
  ['cancelled', { state: 'cancelled' }],
  ['no-permission', { state: 'failed', code: 'admin-approval-needed' }],
  ['offline', { state: 'failed', code: 'offline' }],
  ['failed', { state: 'failed', code: 'internal' }],
] as const)('the reason is %s', (reason, account) => {
  expect(reasonOf(account)).toBe(reason)
})

test('no contacts are claimed only if nothing else can be the reason', () => {
  const none = { state: 'imported', list: { ...list, count: 0 } } as const
  expect(reasonOf(none, { source: 'google', state: 'imported', list })).toBe('loading')
  expect(reasonOf(none, { source: 'google', state: 'fetching' })).toBe('incoming')
  expect(reasonOf(none, { source: 'google', state: 'failed', code: 'internal' })).toBe('failed')
})

test('a list with contacts is not empty', () => {
  expect(emptyStateOf([], { ...empty, count: 1 })).toBeNull()
})

test('sources count if they have contacts', () => {
  const accounts = [
    accountWith({ list }),
    accountWith({ source: 'google' }),
    accountWith({ source: 'outlook', list: { ...list, count: 0 } }),
  ]
  expect(countSources(accounts, empty)).toBe(1)
  expect(countSources(accounts, { ...empty, status: { google: 'incoming' } })).toBe(2)
})

test('a list at its limit says how many contacts the source has', () => {
  const shown = { found: null, summary: { ...empty, count: 10_003 } }
  const accounts = [
    accountWith({ list: { ...list, count: 10_000, available: 12_345, capped: true } }),
    accountWith({ source: 'google', list }),
  ]
  expect(countText(messages('en-US'), shown, accounts)).toBe('10,003 of 12,348 contacts')
  expect(countText(messages('en-US'), shown, [])).toBe('10,003 contacts')
})

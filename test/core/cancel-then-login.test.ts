import { expect, test } from 'vitest'
import { sampleContact, sampleContacts } from '../../src/testing/sample-contacts.ts'
import { account, Device, eventTypes, importAll, list, names, page, signedIn } from './device.ts'

test('a login that finishes after the cancel is not processed, and only a restart signs in again', async () => {
  const { book, source } = await new Device().open()
  const started = await book.signIn('microsoft365')
  const oldTab = await source.signIns.next()
  await book.cancel('microsoft365')
  expect(oldTab.context.signal.aborted).toBe(true)
  expect(await book.outcome(started.ok ? started.attempt : '')).toMatchObject({ state: 'cancelled' })

  expect(await oldTab.grant()).toEqual({ accepted: false, reason: 'attempt-over' })
  expect(account(book).state).toBe('cancelled')
  expect((await eventTypes(book)).at(-1)).toBe('report.ignored')
  expect(await book.signIn('microsoft365')).toEqual({ ok: false, refusal: 'restart-first' })

  const restarted = await book.restart('microsoft365')
  const newTab = await source.signIns.next()
  expect(await oldTab.grant()).toEqual({ accepted: false, reason: 'attempt-over' })
  expect(await newTab.grant()).toEqual({ accepted: true })
  await list(await source.fetches.next())
  expect(await book.outcome(restarted.ok ? restarted.attempt : '')).toMatchObject({ state: 'imported' })
})

test('a code that is redeemed at the moment of the cancel is ignored as well', async () => {
  const { book, source } = await new Device().open()
  await book.signIn('microsoft365')
  const tab = await source.signIns.next()
  expect(await tab.context.report({ type: 'sign-in.answered' })).toEqual({ accepted: true })
  await book.cancel('microsoft365')
  const answer = await tab.context.report({ type: 'consent.granted', account: { id: 'x' } })
  expect(answer).toEqual({ accepted: false, reason: 'attempt-over' })
  expect(account(book)).toMatchObject({ state: 'cancelled', account: null })
})

test('a sign-in that was granted is left to answer its tab', async () => {
  const { book, source } = await new Device().open()
  await book.signIn('microsoft365')
  const tab = await source.signIns.next()
  await tab.grant()
  await source.fetches.next()
  expect(tab.context.signal.aborted).toBe(false)
})

test('a cancel between two pages stops the fetch at once and keeps the list', async () => {
  const device = new Device()
  const opened = await device.open()
  await importAll(opened, sampleContacts(2))
  await opened.book.refresh('microsoft365')
  const fetch = await opened.source.fetches.next()
  await fetch.emit({ type: 'contacts.counted', count: 2 })
  await fetch.emit(page([sampleContact('other')]))
  const cancelled = opened.book.cancel('microsoft365')
  expect(fetch.context.signal.aborted).toBe(true)
  expect(await cancelled).toMatchObject({ ok: true })
  expect(names(opened.book)).toEqual(['Contact c1', 'Contact c2'])
  const payloads = device.log.records.filter(({ attempt }) => attempt === fetch.request.attempt)
  expect(payloads.every(({ payload }) => payload === null)).toBe(true)
})

test('a command overtakes queued reports', async () => {
  const opened = await new Device().open()
  const { book } = opened
  const { fetch } = await signedIn(opened)
  void fetch.emit({ type: 'contacts.counted', count: 1 })
  void fetch.emit(page([sampleContact('a')]))
  await book.cancel('microsoft365')
  expect(account(book).state).toBe('cancelled')
  expect(await eventTypes(book)).not.toContain('page.fetched')
})

test('a cancel is refused if no attempt is under way', async () => {
  const opened = await new Device().open()
  expect(await opened.book.cancel('microsoft365')).toEqual({ ok: false, refusal: 'nothing-running' })
  await importAll(opened)
  expect(await opened.book.cancel('microsoft365')).toEqual({ ok: false, refusal: 'nothing-running' })
})

import { expect, test } from 'vitest'
import { ImportFailure } from '../../src/index.ts'
import { ScriptedSource } from '../../src/testing/scripted-source.ts'
import { account, Device, importAll } from './device.ts'

const today = new Date('2026-03-02T08:00:00.000Z')
const tomorrow = new Date('2026-03-03T08:00:00.000Z')

/** A source whose access ends when the test says. */
const endingSource = (accessUntil: () => Promise<Date | null>) => {
  const source = new ScriptedSource()
  return Object.assign(source, { signIn: { ...source.signIn, accessUntil } })
}

test('the account says when its access ends, until a new sign-in moves the end', async () => {
  let until: Date | null = null
  const source = endingSource(async () => until)
  const opened = await new Device().open({ source })
  expect(account(opened.book).accessUntil).toBeNull()
  until = today
  expect(await importAll(opened)).toMatchObject({ state: 'imported' })
  await expect.poll(() => account(opened.book).accessUntil).toBe(today.toISOString())
  until = tomorrow
  const restarted = await opened.book.restart('microsoft365')
  expect(restarted.ok).toBe(true)
  await (await source.signIns.next()).grant()
  await expect.poll(() => account(opened.book).accessUntil).toBe(tomorrow.toISOString())
})

test('a book that is opened later, or has only watched, says so too', async () => {
  const device = new Device()
  const watching = await device.open({ source: endingSource(async () => today) })
  await importAll(await device.open({ source: endingSource(async () => today) }))
  await expect.poll(() => account(watching.book).accessUntil).toBe(today.toISOString())
  const later = await device.open({ source: endingSource(async () => today) })
  await expect.poll(() => account(later.book).accessUntil).toBe(today.toISOString())
})

test('after a sign-out there is no such end, even if the adapter answers a question of before', async () => {
  const answers: ((until: Date) => void)[] = []
  const source = endingSource(() => new Promise((resolve) => answers.push(resolve)))
  const opened = await new Device().open({ source })
  await importAll(opened)
  await opened.book.signOut('microsoft365')
  for (const answer of answers) answer(today)
  await Promise.resolve()
  expect(answers.length).toBeGreaterThan(1)
  await importAll(opened)
  expect(account(opened.book).accessUntil).toBeNull()
})

test('an adapter that cannot say leaves it open, and the list is there', async () => {
  const device = new Device()
  const source = endingSource(() => Promise.reject(new ImportFailure('storage-locked')))
  const opened = await device.open({ source })
  expect(await importAll(opened)).toMatchObject({ state: 'imported' })
  await expect.poll(() => device.diagnosed.length).toBeGreaterThan(0)
  expect(account(opened.book).accessUntil).toBeNull()
})

import { expect, onTestFinished, test, vi } from 'vitest'
import { cdp, page, userEvent } from 'vitest/browser'
import { ImportFailure, memoryStorage, SignOutFailure } from '../../src/index.ts'
import type { ClientAccount, View } from '../../src/index.ts'
import { sampleContacts } from '../../src/testing/sample-contacts.ts'
import { ScriptedSource } from '../../src/testing/scripted-source.ts'
import { finished, importAll, list, page as contactPage, signedIn } from '../core/scripted-steps.ts'
import { button, expectAccessible, openSettings, said, text } from './settings-page.ts'

const alert = () => page.getByRole('alert')

test('a failure says what happened and what to do, and offers exactly that as a button', async () => {
  const { book, source, element } = await openSettings({
    properties: { adminConsentLink: 'https://login.example.test/adminconsent' },
  })
  await book.signIn('microsoft365')
  const details = { serviceCode: 'AADSTS90094', requestId: 'r-1' }
  ;(await source.signIns.next()).fail('admin-approval-needed', details)
  await expect.element(alert()).toHaveTextContent(/requires an administrator to approve this app/)
  await expect.element(alert()).toHaveTextContent(/AADSTS90094, request ID r-1\. To approve .*adminconsent/)
  await expect.element(button('Copy for your administrator')).toBeVisible()
  await expectAccessible()
  const copies = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValueOnce()
  await button('Copy for your administrator').click()
  await expect.element(button('Copied')).toBeVisible()
  expect(copies.mock.calls[0]?.[0]).toMatch(/^For your administrator: AADSTS90094, request ID r-1\./)
  copies.mockRejectedValueOnce(new Error('not allowed'))
  await button('Copied').click()
  await expect.element(text(/^It could not be copied/)).toBeVisible()
  // The message has the button, so the card does not repeat it.
  expect(button('Start again').elements()).toHaveLength(1)
  await button('Start again').click()
  await (await source.signIns.next()).grant()
  await expect.element(text('Importing your contacts from Microsoft 365')).toBeVisible()
  await expect.element(alert()).not.toBeInTheDocument()
  expect(element.shadowRoot?.activeElement?.textContent).toBe('Microsoft 365')
})

test('a refresh that fails keeps the list and marks it as old, with a word', async () => {
  const { book, source } = await openSettings()
  await importAll({ book, source }, sampleContacts(20))
  await button('Refresh').click()
  void (await source.fetches.next()).fail('offline')
  await expect
    .element(alert())
    .toHaveTextContent(/could not be reached.*20 contacts on this device are unchanged/)
  await expect.element(text('May be out of date')).toBeVisible()
  await expect.element(text(/^Updated .*20\d\d/)).toBeVisible()
  expect(text('Updated just now').elements()).toEqual([])
  await expect.element(text('20 contacts')).toBeVisible()
  await expectAccessible()
  await button('Refresh').click()
  await list(await source.fetches.next(), sampleContacts(21))
  await expect.element(text('Last update: +1 new')).toBeVisible()
  await expect.element(text(/Last problem, .*: Microsoft 365 could not be reached\./)).toBeVisible()
})

test('a step that is not possible yet has no button in the message', async () => {
  const { book, source } = await openSettings()
  await importAll({ book, source }, sampleContacts(3))
  await button('Start again').click()
  ;(await source.signIns.next()).fail('different-account')
  await expect.element(alert()).toHaveTextContent(/To change accounts, press Sign out, then press Sign in\./)
  const names = alert()
    .getByRole('button')
    .elements()
    .map((element) => element.textContent.trim())
  expect(names).toEqual(['Start again', 'Sign out'])
})

const held = async () => {
  const opened = await openSettings()
  await importAll(opened, sampleContacts(600))
  await opened.book.refresh('microsoft365')
  await list(await opened.source.fetches.next(), sampleContacts(10))
  await expect.element(text('Remove 590 of your 600 contacts?')).toBeVisible()
  return opened
}

test('a removal of many contacts is a question with their names', async () => {
  const { book } = await held()
  const names = page.getByRole('list', { name: 'Contacts that would be removed' })
  await expect.poll(() => names.getByRole('listitem').elements().length).toBe(6)
  await expectAccessible()
  await button('Show all 590').click()
  await expect.poll(() => names.getByRole('listitem').elements().length).toBe(590)
  await button('Remove them').click()
  await expect.element(text('10 contacts')).toBeVisible()
  expect(book.contacts.get()).toHaveLength(10)
})

test('in forced colours, the two answers look different', async () => {
  const media = (value: string) =>
    cdp().send('Emulation.setEmulatedMedia', { features: [{ name: 'forced-colors', value }] })
  await held()
  await media('active')
  onTestFinished(() => media('none').then(() => undefined))
  expect(matchMedia('(forced-colors: active)').matches).toBe(true)
  const fill = (name: string) => getComputedStyle(button(name).element()).backgroundColor
  await expect.poll(() => fill('Keep them') !== fill('Remove them')).toBe(true)
  await expectAccessible()
})

test('a person who keeps them can decide later', async () => {
  const { book } = await held()
  await button('Keep them').click()
  await expect.element(text(/^You keep 590 contacts that are no longer in/)).toBeVisible()
  await expect.element(button('Remove them')).not.toBeInTheDocument()
  await expectAccessible()
  await button('Decide now').click()
  await expect.element(button('Remove them')).toBeVisible()
  expect(book.contacts.get()).toHaveLength(600)
})

test('an app is told that they are kept, and that they are a question again', async () => {
  const { book, element } = await held()
  const told: unknown[] = []
  element.parentElement?.addEventListener('contacts-kept', ({ detail }) => told.push(detail))
  const attempt = book.accounts.get()[0]?.attempt?.id
  await button('Keep them').click()
  await button('Decide now').click()
  expect(told).toEqual([
    { attempt, source: 'microsoft365' },
    { attempt: null, source: 'microsoft365' },
  ])
})

test('until then, no answer is asked for, and the list can be refreshed', async () => {
  const { source, element } = await held()
  const badges = () =>
    [...(element.shadowRoot?.querySelectorAll('.badge') ?? [])].map((badge) => badge.textContent.trim())
  const footer = () =>
    [...(element.shadowRoot?.querySelectorAll('footer button') ?? [])].map((each) => each.textContent.trim())
  expect(badges()).toContain('Needs your answer')
  expect(footer()).not.toContain('Refresh')
  await button('Keep them').click()
  await expect.poll(badges).toEqual(['May be out of date'])
  expect(footer()).toEqual(['Refresh', 'Start again', 'Sign out'])
  await button('Refresh').click()
  await list(await source.fetches.next(), sampleContacts(10))
  await expect.element(text('Needs your answer')).toBeVisible()
  await expect.element(button('Keep them')).toBeVisible()
})

test('skipped contacts are counted, and listed with their reasons and folders', async () => {
  const { book, source } = await openSettings()
  const { attempt, fetch } = await signedIn({ book, source })
  await fetch.emit({ type: 'contacts.counted', count: 3 })
  await fetch.emit({
    type: 'page.fetched',
    contacts: sampleContacts(1),
    skipped: [
      { reason: 'unreadable', id: 'x', folder: 'f' },
      { reason: 'unreadable', id: 'y', folder: 'f' },
      { reason: 'no-id' },
    ],
    cursor: null,
  })
  void fetch.emit({ ...finished, folders: [{ id: 'f', name: 'Suppliers' }] } as typeof finished)
  await book.outcome(attempt)
  await expect.element(text('Last update: +1 new, 3 skipped')).toBeVisible()
  await text('3 contacts could not be imported').click()
  await expect
    .element(text(/^2 contacts could not be delivered by the service, in the folder .*Suppliers/))
    .toBeVisible()
  await expect.element(text('1 contact had no id')).toBeVisible()
  await expectAccessible()
})

test('a list at the limit says how many contacts are left out, and why', async () => {
  const { book, source } = await openSettings()
  await importAll({ book, source }, sampleContacts(10_002))
  await expect.element(text('10,000 of 10,002 contacts')).toBeVisible()
  await expect.element(text(/2 older contacts are only in Microsoft 365\.$/)).toBeVisible()
})

test('a sign-out asks first, says what goes and what stays, and leaves the focus in the card', async () => {
  const { book, source, element } = await openSettings()
  await importAll({ book, source }, sampleContacts(3))
  await button('Sign out').click()
  const dialog = page.getByRole('dialog', { name: 'Sign out of Microsoft 365?' })
  await expect
    .element(dialog)
    .toHaveTextContent(/The 3 contacts from Microsoft 365.*nothing is deleted there/)
  await expectAccessible()
  await userEvent.keyboard('{Escape}')
  await expect.element(dialog).not.toBeInTheDocument()
  expect(book.accounts.get()[0]?.state).toBe('imported')
  expect(element.shadowRoot?.activeElement).toBe(button('Sign out').element())

  await userEvent.keyboard('{Enter}')
  await dialog.getByRole('button', { name: 'Sign out' }).click()
  await expect.element(button('Sign in with Microsoft')).toBeVisible()
  await expect.poll(() => said(element)).toMatch(/^You are signed out of Microsoft 365/)
  expect(element.shadowRoot?.activeElement?.textContent).toBe('Microsoft 365')
  expect(book.contacts.get()).toEqual([])
})

test('a sign-out that leaves something says what', async () => {
  const source = new ScriptedSource()
  const { book } = await openSettings({
    sources: [source],
    client: { run: () => Promise.reject(new SignOutFailure('storage-full', ['contacts'])) },
  })
  await importAll({ book, source }, sampleContacts(3))
  await button('Sign out').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click()
  await expect.element(alert()).toHaveTextContent(/cannot be read any more, because their key was destroyed/)
  await expectAccessible()
})

test('a command that the storage refuses says so in the words of a browser', async () => {
  const { element } = await openSettings({
    client: { run: () => Promise.reject(new ImportFailure('storage-replaced')) },
  })
  await button('Sign in with Microsoft').click()
  await expect.element(alert()).toHaveTextContent(/were deleted while this page was open/)
  await expect.element(button('Load this page again')).toBeVisible()
  element.storage = 'file'
  await expect.element(alert()).toHaveTextContent(/The file that stores the contacts was removed/)
  await expect.element(button('Load this page again')).not.toBeInTheDocument()
})

/** The accounts of a client, changed before they are shown. */
const changed = (
  accounts: View<readonly ClientAccount[]>,
  more: Partial<ClientAccount>,
): View<readonly ClientAccount[]> =>
  Object.assign(Object.create(accounts) as typeof accounts, {
    subscribe: (next: (value: readonly ClientAccount[]) => void) =>
      accounts.subscribe((value) => next(value.map((account) => ({ ...account, ...more })))),
  })

test('a sign-in that has ended offers to sign in again in place of a refresh', async () => {
  const { book, source, client, element } = await openSettings()
  await importAll({ book, source }, sampleContacts(3))
  const accessUntil = new Date(Date.now() - 1000).toISOString()
  element.client = { ...client, accounts: changed(client.accounts, { accessUntil }) }
  await expect.element(text(/^Your sign-in to Microsoft 365 has ended/)).toBeVisible()
  await expect.element(button('Refresh')).not.toBeInTheDocument()
  await expectAccessible()
  await button('Sign in again').click()
  await expect.element(text('Finish signing in')).toBeVisible()
})

test.each([
  ['lost', /can no longer be read/, 'Start again'],
  ['locked', /this browser does not give the key/, 'Load this page again'],
] as const)('a list that is %s says what to do', async (status, words, name) => {
  const { book, source, client, element } = await openSettings()
  await importAll({ book, source }, sampleContacts(3))
  const [account] = client.accounts.get()
  const list = account?.list ? { ...account.list, status } : null
  element.client = { ...client, accounts: changed(client.accounts, { list }) }
  await expect.element(alert()).toHaveTextContent(words)
  await expect.element(button(name)).toBeVisible()
  await expectAccessible()
})

test('an import of another window is told, and can be cancelled from here', async () => {
  const store = memoryStorage()
  const { book, client, element, source } = await openSettings({ store })
  await signedIn({ book, source })
  element.client = { ...client, accounts: changed(client.accounts, { runner: 'elsewhere' }) }
  await expect.element(text(/^Another window or program/)).toBeVisible()
  await expectAccessible()
  await button('Cancel').click()
  await expect.poll(() => book.accounts.get()[0]?.state).toBe('cancelled')
})

test('at 320 px with 200 % text, and from right to left, nothing is cut off', async () => {
  const { book, source, element } = await openSettings()
  const { fetch } = await signedIn({ book, source })
  await fetch.emit({ type: 'contacts.counted', count: 12_345 })
  await fetch.emit(contactPage(sampleContacts(300)))
  const { documentElement } = document
  onTestFinished(async () => {
    documentElement.style.fontSize = ''
    documentElement.dir = ''
    await page.viewport(414, 896)
  })
  await page.viewport(320, 800)
  documentElement.style.fontSize = '200%'
  for (const dir of ['ltr', 'rtl']) {
    documentElement.dir = dir
    await element.updateComplete
    expect(documentElement.scrollWidth).toBeLessThanOrEqual(documentElement.clientWidth)
  }
})

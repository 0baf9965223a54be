import { expect, onTestFinished, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { sampleContact, sampleContacts } from '../../src/testing/sample-contacts.ts'
import { ScriptedSource } from '../../src/testing/scripted-source.ts'
import { importAll, list, page as contactPage, signedIn } from '../core/scripted-steps.ts'
import { button, countedWay, expectAccessible, openSettings, said, text } from './settings-page.ts'

const address = 'https://login.example.test/sign-in'

test('one press signs in, shows how far the import is, and ends with what it brought', async () => {
  const way = countedWay()
  const { source, element } = await openSettings({ properties: { signInTabs: { microsoft365: way } } })
  await expectAccessible()
  // Within the click: later, a browser would block the tab.
  ;(button('Sign in with Microsoft').element() as HTMLElement).click()
  expect(way.asked).toEqual({ opened: 1, closed: 0, here: 0 })
  const person = await source.signIns.next()
  const until = new Date(Date.now() + 900_000)
  person.context.progress({ address, opened: true, until, tab: 'open' })
  await expect.element(text(/^The sign-in page is open in another tab/)).toBeVisible()
  await expect.element(page.getByRole('timer')).toHaveTextContent(/^Time left: (15:00|14:5\d)$/)
  await expectAccessible()

  await person.grant()
  const fetch = await source.fetches.next()
  await expect.element(text('Importing your contacts from Microsoft 365')).toBeVisible()
  await expect.poll(() => said(element)).toContain('Importing your contacts from Microsoft 365')
  await fetch.emit({ type: 'contacts.counted', count: 1_200 })
  await fetch.emit(contactPage(sampleContacts(300)))
  fetch.context.progress({ folder: 'Suppliers' })
  await expect.element(text('300 of about 1,200 contacts')).toBeVisible()
  await expect.element(page.getByRole('progressbar')).toHaveAttribute('value', '300')
  await expect.element(text(/Suppliers/)).toBeVisible()
  await expectAccessible()

  await list(fetch, sampleContacts(1_200))
  await expect.element(text('Up to date')).toBeVisible()
  await expect.element(text('1,200 contacts')).toBeVisible()
  await expect.element(text('Last update: +1,200 new')).toBeVisible()
  await expect.element(text('Updated just now')).toHaveAttribute('title')
  await expect.poll(() => said(element)).toBe('Last update: +1,200 new')
  await expectAccessible()
})

test('without a network, a sign-in says so instead of getting its page ready', async () => {
  const online = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
  onTestFinished(() => online.mockRestore())
  const { source, element } = await openSettings()
  await button('Sign in with Microsoft').click()
  await source.signIns.next()
  await expect.element(text(/^Your browser has no connection to the internet\./)).toBeVisible()
  await expect.poll(() => said(element)).toMatch(/^Your browser has no connection/)
  online.mockReturnValue(true)
  await expect.element(text('Getting the sign-in page of Microsoft ready…')).toBeVisible()
})

test('a cancel works at once by keyboard, says how to start again, and keeps the focus in the card', async () => {
  const { source, element } = await openSettings()
  await button('Sign in with Microsoft').click()
  const person = await source.signIns.next()
  await expect.element(button('Cancel')).toBeVisible()
  const cancel = element.shadowRoot?.querySelector<HTMLElement>('.panel .commands .button')
  cancel?.focus()
  await userEvent.keyboard('{Enter}')
  await expect.element(text('The import from Microsoft 365 was cancelled.')).toBeVisible()
  expect(person.context.signal.aborted).toBe(true)
  await expect.poll(() => said(element)).toBe('The import from Microsoft 365 was cancelled.')
  expect(element.shadowRoot?.activeElement?.textContent).toBe('Microsoft 365')
  await userEvent.keyboard('{Tab}{Enter}')
  await expect.element(text('Finish signing in')).toBeVisible()
})

test('a refresh that is cancelled leaves the list as it was, and Refresh is the first step', async () => {
  const { book, source, element } = await openSettings()
  await importAll({ book, source }, [sampleContact('a')])
  await button('Refresh').click()
  const fetch = await source.fetches.next()
  await expect.element(text('Updating')).toBeVisible()
  await expectAccessible()
  await button('Cancel').click()
  await expect.element(text('The refresh from Microsoft 365 was cancelled.')).toBeVisible()
  await expect.element(text('To update your contacts, press Refresh.')).toBeVisible()
  await expect.element(text(/^The contact on this device is unchanged/)).toBeVisible()
  await expect.poll(() => said(element)).toBe('The refresh from Microsoft 365 was cancelled.')
  expect(fetch.context.signal.aborted).toBe(true)
  expect(element.shadowRoot?.textContent).not.toMatch(/signing in|Importing/)
  expect(page.getByRole('button', { name: 'Start again' }).elements()).toHaveLength(1)
  const first = element.shadowRoot?.querySelector('.message .primary')
  expect(first?.textContent.trim()).toBe('Refresh')
  await expectAccessible()
  await button('Refresh').click()
  await source.fetches.next()
})

test('why a button is refused is not said of the press that refused it, but of the next one', async () => {
  const { book, source, element } = await openSettings()
  await importAll({ book, source }, [sampleContact('a')])
  const refresh = button('Refresh')
  await refresh.click()
  await expect.element(refresh).toHaveAttribute('aria-disabled', 'true')
  const reason = element.shadowRoot?.getElementById('microsoft365-refresh-why')
  const shown = () => reason && getComputedStyle(reason).visibility
  expect(shown()).toBe('hidden')
  await userEvent.hover(element)
  expect(shown()).toBe('hidden')
  await refresh.click({ force: true })
  expect(shown()).toBe('visible')
  await userEvent.keyboard('{Escape}')
  expect(shown()).toBe('hidden')
})

test('where the browser blocks the tab, the page offers a link and its own tab', async () => {
  const way = countedWay(true)
  const { source } = await openSettings({ properties: { signInTabs: { microsoft365: way } } })
  await button('Sign in with Microsoft').click()
  const person = await source.signIns.next()
  person.context.progress({ address, opened: false, until: new Date(Date.now() + 900_000) })
  const link = page.getByRole('link', { name: 'Open the sign-in page' })
  await expect.element(link).toHaveAttribute('href', address)
  await expect.element(link).toHaveAttribute('rel', 'noopener noreferrer')
  await expectAccessible()
  await button('Sign in in this tab').click()
  expect(way.asked.here).toBe(1)
})

test('a tab that was closed can be opened again, and Start over gives the full time', async () => {
  const way = countedWay()
  const { source, book } = await openSettings({ properties: { signInTabs: { microsoft365: way } } })
  await button('Sign in with Microsoft').click()
  const person = await source.signIns.next()
  person.context.progress({ address, opened: true, until: new Date(Date.now() + 60_000), tab: 'closed' })
  await expect.element(text(/was closed/)).toBeVisible()
  person.context.progress({ address, opened: true, until: new Date(Date.now() + 60_000), tab: 'unknown' })
  await expect.element(text(/If that tab is gone/)).toBeVisible()
  await button('Open the sign-in page again').click()
  expect(way.asked.opened).toBe(2)

  const before = book.accounts.get()[0]?.attempt?.id
  ;(button('Start over').element() as HTMLElement).click()
  expect(way.asked.opened).toBe(3)
  const again = await source.signIns.next()
  expect(person.context.signal.aborted).toBe(true)
  expect(again.context.signal.aborted).toBe(false)
  expect(again.request.attempt).not.toBe(before)
  expect(way.asked).toEqual({ opened: 3, closed: 0, here: 0 })
})

test('a tab that was opened for a refused command is closed', async () => {
  const way = countedWay()
  await openSettings({
    client: { run: async () => ({ ok: false, refusal: 'running-elsewhere' }) },
    properties: { signInTabs: { microsoft365: way } },
  })
  await button('Sign in with Microsoft').click()
  await expect.element(page.getByRole('alert')).toHaveTextContent(/Another window or program/)
  expect(way.asked).toEqual({ opened: 1, closed: 1, here: 0 })
})

test('a page that comes back from the sign-in page continues by itself', async () => {
  const { book, source } = await openSettings()
  await book.signIn('microsoft365')
  const attempt = book.accounts.get()[0]?.attempt?.id ?? ''
  ;(await source.signIns.next()).fail('interrupted')
  await expect.element(text(/The last import stopped/)).toBeVisible()
  let used = 0
  const element = document.querySelector('contact-settings')
  const returned = {
    attempt,
    use: () => {
      used++
    },
  }
  Object.assign(element ?? {}, {
    signInTabs: { microsoft365: { ...countedWay(), returned } },
  })
  const person = await source.signIns.next()
  expect(used).toBe(1)
  await person.grant()
  await expect.element(text('Importing your contacts from Microsoft 365')).toBeVisible()
})

test('a device code is shown where the book signs in with one', async () => {
  const { source } = await openSettings()
  await button('Sign in with Microsoft').click()
  const person = await source.signIns.next()
  person.context.progress({ address, userCode: 'GKD7-QP2L' })
  await expect.element(text('GKD7-QP2L')).toBeVisible()
  await expect.element(button('Copy the code')).toBeVisible()
  await expectAccessible()
})

test('a wait says why and how long, and for the network offers to try now', async () => {
  const { book, source, element } = await openSettings()
  const { fetch } = await signedIn({ book, source })
  fetch.context.progress({ waiting: { until: new Date(Date.now() + 60_000), reason: 'throttled' } })
  await expect.element(text(/^Microsoft asked us to wait (60|59) s$/)).toBeVisible()
  await expect.element(button('Try now')).not.toBeInTheDocument()
  const asked = new Promise((resolve) => fetch.context.retryNow?.addEventListener('online', resolve))
  const waiting = { until: new Date(Date.now() + 30_000), reason: 'offline', canRetryNow: true } as const
  fetch.context.progress({ waiting })
  await expect.element(button('Try now')).toBeVisible()
  await expect.poll(() => said(element)).toMatch(/^No connection, next try in \d+ s$/)
  await expectAccessible()
  await button('Try now').click()
  await asked
})

test('each source has a card; what is refused says why, to the eye and to a screen reader', async () => {
  const sources = [new ScriptedSource(), new ScriptedSource('google'), new ScriptedSource('outlook')] as const
  const { book, element } = await openSettings({ sources })
  await importAll({ book, source: sources[0] }, [sampleContact('a')])
  const outlook = button('Sign in with Outlook')
  await expect.element(outlook).toHaveAttribute('aria-disabled', 'true')
  await expect.element(outlook).toHaveAccessibleDescription(/already come from Microsoft 365/)
  await expect.element(text(/already come from Microsoft 365/)).toBeVisible()
  outlook.element().dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true }))
  expect(element.shadowRoot?.activeElement).toBe(outlook.element())
  await expectAccessible()
  expect(book.accounts.get().find(({ source }) => source === 'outlook')?.state).toBe('idle')

  await button('Sign in with Google').click()
  await (await sources[1].signIns.next()).grant()
  await expect.element(text('Importing your contacts from Google Contacts')).toBeVisible()
  await expect.element(button('Refresh all')).toHaveAttribute('aria-disabled', 'false')
})

test('an app can take over a command in the click that gives it', async () => {
  const { book, element } = await openSettings()
  const asked: unknown[] = []
  element.addEventListener('contacts-command', (event) => {
    asked.push(event.detail)
    event.preventDefault()
  })
  await button('Sign in with Microsoft').click()
  expect(asked).toEqual([{ command: 'signIn', source: 'microsoft365' }])
  expect(book.accounts.get()[0]?.state).toBe('idle')
})

import { describe, expect, onTestFinished, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { connectBook, serveBook } from '../../src/index.ts'
import type { Contact } from '../../src/index.ts'
import { sampleContact } from '../../src/testing/sample-contacts.ts'
import { ScriptedSource } from '../../src/testing/scripted-source.ts'
import { finished, importAll, list, page as contactPage, signedIn } from '../core/scripted-steps.ts'
import { expectAccessible, expectFocus, mount, openBook } from './mount.ts'
import type { Opened } from './mount.ts'

const contacts: readonly Contact[] = ['Marked Name', 'Second Marked'].map((full, at) =>
  sampleContact(`marked-id-${at}`, {
    name: { full },
    emails: [{ address: 'marked@example.test' }],
    phones: [{ value: '+1 206 555 0142', kind: 'mobile' }],
  }),
)

const button = (name: string) => page.getByRole('button', { name, exact: true })
const rows = () => page.getByRole('option')
const shown = () => page.getByRole('option', { selected: true })

type Element = Awaited<ReturnType<typeof mount<'import-inspector'>>>

const inside = (element: Element, selector: string) =>
  [...(element.shadowRoot?.querySelectorAll(selector) ?? [])].map((each) => each as HTMLElement)

/** What the chart marks: the state, and the arrow with its event and guard. */
const marked = (element: Element) => ({
  state: inside(element, '.current').map(({ dataset }) => dataset['state']),
  arrow: inside(element, '.arrow.taken').map(({ dataset }) => `${dataset['from']} > ${dataset['to']}`),
})

/** What a screen reader says when it changes: now or the past, and the state. */
const said = (element: Element) =>
  inside(element, '[role=status]').map(({ textContent }) => textContent.replaceAll(/\s+/g, ' ').trim())

const open = async (size?: Parameters<typeof mount>[2]): Promise<Opened & { element: Element }> => {
  const opened = await openBook()
  return { ...opened, element: await mount('import-inspector', { client: opened.client }, size) }
}

test('an import is followed state by state, with its last transition and the guard', async () => {
  const { element, ...opened } = await open()
  await expect.element(page.getByText(/^Nothing has happened yet/)).toBeVisible()
  expect(marked(element)).toEqual({ state: ['idle'], arrow: [] })
  await expectAccessible(element)

  const { fetch } = await signedIn(opened)
  await expect.poll(() => marked(element)).toEqual({ state: ['fetching'], arrow: ['consenting > fetching'] })
  await expect.element(page.getByText('[isCurrent]', { exact: true })).toBeVisible()
  await expect
    .poll(() => said(element))
    .toEqual([
      'You see what happens now.',
      'fetching Contacts are on their way. An earlier list stays readable.',
    ])
  await expectAccessible(element)

  await fetch.emit({ type: 'contacts.counted', count: 2 })
  await fetch.emit(contactPage(contacts))
  await expect.poll(() => marked(element)).toEqual({ state: ['fetching'], arrow: ['fetching > fetching'] })
  await expect.element(page.getByText('[isCurrent and followsLastPage]', { exact: true })).toBeVisible()
  await expect.element(shown()).toHaveTextContent(/page\.fetched.*page=1\s+contacts=2/)

  void fetch.emit(finished)
  await expect.poll(() => marked(element)).toEqual({ state: ['imported'], arrow: ['fetching > imported'] })
  expect(inside(element, '.halo')).toEqual([])
  await expectAccessible(element)
})

describe('the past', () => {
  test('is replayed step by step by buttons, while the import runs, and Now returns', async () => {
    const { element, ...opened } = await open()
    const { fetch } = await signedIn(opened)
    await expect.poll(() => marked(element).state).toEqual(['fetching'])
    await button('One step back').click()
    expect(marked(element)).toEqual({ state: ['consenting'], arrow: ['idle > consenting'] })
    await expect
      .element(page.getByText('You see the past: event 1 of 2. Imports continue meanwhile.', { exact: true }))
      .toBeVisible()
    await expectAccessible(element)
    await list(fetch, contacts)
    await expect.element(rows().nth(4)).toBeVisible()
    expect(marked(element).state).toEqual(['consenting'])
    await button('One step forward').click()
    expect(marked(element)).toEqual({ state: ['fetching'], arrow: ['consenting > fetching'] })
    await button('Now').click()
    expect(marked(element).state).toEqual(['imported'])
    await expect.element(page.getByText('You see what happens now.')).toBeVisible()
  })

  test('is reached by the keyboard: the events are one tab stop, and their end is now', async () => {
    const { element, ...opened } = await open()
    await importAll(opened, contacts)
    await expect.poll(() => marked(element).state).toEqual(['imported'])
    const log = page.getByRole('listbox', { name: 'Events' })
    ;(log.element() as HTMLElement).focus()
    await userEvent.keyboard('{ArrowUp}')
    await expect.element(shown()).toHaveTextContent('page.fetched')
    await userEvent.keyboard('{Home}')
    await expect.element(shown()).toHaveTextContent('attempt.requested')
    expect(marked(element)).toEqual({ state: ['consenting'], arrow: ['idle > consenting'] })
    await expect.element(log).toHaveAttribute('aria-activedescendant', shown().element().id)
    await userEvent.keyboard('{ArrowDown}{End}')
    expect(marked(element).state).toEqual(['imported'])
    await expect.element(page.getByText('You see what happens now.')).toBeVisible()
    await expectFocus(log)
  })

  test('is reached by a click on an event, which shows its details', async () => {
    const { element, ...opened } = await open()
    await importAll(opened, contacts)
    await rows().nth(2).click()
    expect(marked(element).state).toEqual(['fetching'])
    await expect.element(page.getByRole('heading', { name: 'contacts.counted' })).toBeVisible()
    await expect.element(page.getByText('A complete listing began.')).toBeVisible()
  })

  test('is there for an import that ended before, and for one in another thread', async () => {
    const opened = await openBook()
    await importAll(opened, contacts)
    const { port1, port2 } = new MessageChannel()
    const served = serveBook(opened.book, port1)
    const client = await connectBook(port2)
    onTestFinished(() => {
      client.close()
      served.close()
    })
    const element = await mount('import-inspector', { client })
    await expect.poll(() => marked(element)).toEqual({ state: ['imported'], arrow: ['fetching > imported'] })
    await expect.element(rows().nth(4)).toHaveTextContent('attempt.completed')
  })

  test('does not outlive a sign-out', async () => {
    const { element, ...opened } = await open()
    await importAll(opened, contacts)
    await rows().nth(0).click()
    await opened.book.signOut('microsoft365')
    await expect.poll(() => marked(element).state).toEqual(['idle'])
    await expect.element(page.getByText('You see what happens now.')).toBeVisible()
    expect(rows().elements()).toHaveLength(1)
    await expect.element(rows().nth(0)).toHaveTextContent('account.signed-out')
  })
})

test('a pause stops the view and not the import', async () => {
  const { element, ...opened } = await open()
  const { fetch } = await signedIn(opened)
  await expect.poll(() => marked(element).state).toEqual(['fetching'])
  await button('Pause').click()
  await list(fetch, contacts)
  await expect.poll(() => opened.client.accounts.get()[0]?.state).toBe('imported')
  await expect
    .element(page.getByText('This view is paused, the imports are not. 3 events have come since then.'))
    .toBeVisible()
  expect(marked(element).state).toEqual(['fetching'])
  expect(rows().elements()).toHaveLength(2)
  await expectAccessible(element)
  await button('Resume').click()
  expect(marked(element).state).toEqual(['imported'])
  expect(rows().elements()).toHaveLength(5)
})

test('with two sources, one of them can be looked at', async () => {
  const google = new ScriptedSource('google')
  const { book, source, client } = await openBook(google)
  await importAll({ book, source }, contacts)
  await book.signIn('google')
  const element = await mount('import-inspector', { client })
  await expect.poll(() => marked(element).state).toEqual(['consenting'])
  await expect.element(page.getByRole('heading', { name: 'Statechart: Google Contacts' })).toBeVisible()
  await expect.element(shown()).toHaveTextContent('Google Contacts')
  await expectAccessible(element)
  await button('Microsoft 365').click()
  expect(marked(element).state).toEqual(['imported'])
  expect(rows().elements()).toHaveLength(5)
  await button('All').click()
  expect(rows().elements()).toHaveLength(6)
})

describe('a copy for a bug report', () => {
  const copied = (write: (text: string) => Promise<void>) => {
    const writeText = navigator.clipboard.writeText.bind(navigator.clipboard)
    navigator.clipboard.writeText = write
    onTestFinished(() => {
      navigator.clipboard.writeText = writeText
    })
  }

  test('has states and events, and nothing about a person', async () => {
    const texts: string[] = []
    copied(async (text) => void texts.push(text))
    const { element, ...opened } = await open()
    await importAll(opened, contacts)
    await expect.poll(() => marked(element).state).toEqual(['imported'])
    let accountKey: unknown
    for await (const { type, data } of opened.book.events())
      if (type === 'consent.granted') accountKey = data.accountKey
    await button('Copy as text').click()
    await expect
      .poll(() => said(element))
      .toContainEqual(expect.stringContaining('Copied: states and events'))
    const [text = ''] = texts
    expect(text).toContain('microsoft365: imported')
    expect(text).toMatch(/page\.fetched .*page=1 contacts=2 \| fetching -> fetching \[isNextPage\]/)
    const everything = text + (element.shadowRoot?.textContent ?? '')
    expect(accountKey).toMatch(/^[\w-]{43}$/)
    for (const word of ['Marked', 'marked', '0142', 'person@', 'tenant.person', String(accountKey)])
      expect(everything).not.toContain(word)
  })

  test('that the browser forbids is said', async () => {
    copied(() => Promise.reject(new Error('forbidden')))
    const { element, ...opened } = await open()
    await importAll(opened, contacts)
    await expect.poll(() => marked(element).state).toEqual(['imported'])
    await button('Copy as text').click()
    await expect
      .poll(() => said(element))
      .toContain('You see what happens now. Could not copy. Your browser does not allow it here.')
  })
})

test('what cannot be read is said, and read with the next event', async () => {
  const { client, ...opened } = await openBook()
  await opened.book.signIn('microsoft365')
  let isBroken = true
  const broken = {
    ...client,
    events: (after: number, upTo?: number) =>
      isBroken ? Promise.reject(new Error('gone')) : client.events(after, upTo),
  }
  const element = await mount('import-inspector', { client: broken })
  await expect.element(page.getByRole('alert')).toHaveTextContent(/cannot be read now/)
  await expectAccessible(element)
  isBroken = false
  await opened.book.cancel('microsoft365')
  await expect.poll(() => marked(element).state).toEqual(['cancelled'])
  expect(page.getByRole('alert').elements()).toEqual([])
})

test('the official inspector is explained before it is named, and nothing reaches it', async () => {
  const { element } = await open()
  const details = inside(element, '.official')[0] as HTMLDetailsElement
  expect(details.open).toBe(false)
  await page.getByText('In the XState inspector of Stately').click()
  await expect.element(page.getByText(/^Its page comes from stately\.ai/)).toBeVisible()
  await expect.element(page.getByText(/--inspect=ws:\/\/localhost:8080/)).toBeVisible()
  expect(inside(element, 'a, iframe')).toEqual([])
  await expectAccessible(element)
})

test.each([
  ['a narrow page', { width: 320 }],
  ['a wide page', { width: 1200 }],
  ['a narrow page from right to left', { width: 320, dir: 'rtl' }],
  ['a page from right to left', { width: 900, dir: 'rtl' }],
])('%s needs no scrolling sideways, but for the chart', async (_, size) => {
  const { element, ...opened } = await open(size)
  await importAll(opened, contacts)
  await expect.poll(() => marked(element).state).toEqual(['imported'])
  const outer = element.getBoundingClientRect()
  for (const part of inside(element, '.root *:not(.scroller *):not(pre *):not(.visually-hidden)')) {
    const { left, right, width } = part.getBoundingClientRect()
    if (width === 0) continue
    expect(left, part.outerHTML).toBeGreaterThanOrEqual(outer.left - 1)
    expect(right, part.outerHTML).toBeLessThanOrEqual(outer.right + 1)
  }
  const current = inside(element, '.current .box')[0]?.getBoundingClientRect()
  expect(current?.right).toBeLessThanOrEqual(outer.right + 1)
  expect(current?.left).toBeGreaterThanOrEqual(outer.left - 1)
  await expectAccessible(element)
})

test('it speaks German, and leaves the names of the code as they are', async () => {
  const { client, ...opened } = await openBook()
  await importAll(opened, contacts)
  const element = await mount('import-inspector', { client, locale: 'de' })
  await expect.element(page.getByRole('heading', { name: 'Was im Inneren geschieht' })).toBeVisible()
  await expect.element(page.getByText('Alle Kontakte der Quelle sind auf dem Gerät.')).toBeVisible()
  await expect.element(shown()).toHaveTextContent('attempt.completed')
  expect(marked(element).state).toEqual(['imported'])
})

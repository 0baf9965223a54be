import { expect, test } from 'vitest'
import { page as browser, userEvent } from 'vitest/browser'
import { ImportFailure } from '../../src/index.ts'
import type { Contact, ContactsClient, Source } from '../../src/index.ts'
import { sampleContact } from '../../src/testing/sample-contacts.ts'
import { ScriptedSource } from '../../src/testing/scripted-source.ts'
import { importAll, list } from '../core/scripted-steps.ts'
import { expectAccessible, expectFocus, mount, openBook } from './mount.ts'

const contactOf =
  (source: Source) =>
  (id: string, full: string, more: Partial<Contact> = {}): Contact =>
    sampleContact(`${source}-${id}`, { source, name: { full }, ...more })
const microsoft = contactOf('microsoft365')
const google = contactOf('google')

const email = (address: string) => ({ emails: [{ address }] })

/** One person, whose two contacts disagree. */
const ann = [
  microsoft('ann', 'Ann Lee', {
    ...email('ann@example.test'),
    organization: { name: 'Oak' },
    birthday: { month: 4, day: 12 },
  }),
  google('ann', 'Ann B. Lee', {
    ...email('Ann@example.test'),
    organization: { name: 'Oak' },
    birthday: { month: 4, day: 13 },
  }),
]
const zoe = microsoft('zoe', 'Zoe Zed')

/** Namesakes: possible duplicates. */
const namesakes = (...names: readonly string[]) =>
  names.flatMap((name, at) => [
    microsoft(`n${at}`, name, { organization: { name: 'Oak' }, ...email(`n${at}@oak.test`) }),
    google(`n${at}`, name, { phones: [{ value: `+1 206 555 ${1000 + at}`, kind: 'mobile' }] }),
  ])

const imported = async (contacts: readonly Contact[], rows: number) => {
  const other = new ScriptedSource('google')
  const opened = await openBook(other)
  const of = (source: Source) => contacts.filter((contact) => contact.source === source)
  await importAll(opened, of('microsoft365'))
  const started = await opened.book.signIn('google')
  await (await other.signIns.next()).grant()
  await list(await other.fetches.next(), of('google'))
  if (started.ok) await opened.book.outcome(started.attempt)
  await expect.poll(() => opened.client.list.get().count).toBe(rows)
  return opened
}

type Box = Parameters<typeof mount>[2]

const shownList = async (contacts: readonly Contact[], rows: number, box?: Box, more: object = {}) => {
  const opened = await imported(contacts, rows)
  const element = await mount('contact-list', { client: { ...opened.client, ...more } }, box)
  await expect.element(browser.getByRole('grid')).toHaveAttribute('aria-rowcount', String(rows))
  return { ...opened, element }
}

/** The card of a person called Ann. @param said two contacts that the person has said to be one person */
const shownCard = async (
  box?: Box,
  more: Partial<ContactsClient> = {},
  said: readonly Contact[] | null = null,
) => {
  const opened = await imported(said ?? [...ann, zoe], 2)
  if (said) {
    const [one, other] = opened.book.contacts.get()
    await opened.book.identify(one?.key ?? '', other?.key ?? '', true)
    await expect.poll(() => opened.client.list.get().count).toBe(1)
  }
  const client = { ...opened.client, ...more }
  const contactKey = (await client.find('ann', 1))[0]?.key ?? null
  const element = await mount('contact-card', { client, contactKey }, box)
  await expect.element(browser.getByRole('article')).toHaveAttribute('aria-busy', 'false')
  return { ...opened, element }
}

const button = (name: string) => browser.getByRole('button', { name, exact: true })
const dialog = browser.getByRole('dialog', { name: 'Possible duplicates' })
const pairs = () => dialog.getByRole('group')
const said = (text: string | RegExp) =>
  expect
    .poll(() =>
      browser
        .getByRole('status')
        .elements()
        .map((each) => each.textContent),
    )
    .toContainEqual(typeof text === 'string' ? text : expect.stringMatching(text))

test('a person of two sources is one row, which names both', async () => {
  const { element } = await shownList([...ann, zoe], 2)
  await expect
    .element(browser.getByRole('gridcell', { name: /^.*Ann Lee Oak Microsoft 365 and Google Contacts$/ }))
    .toBeVisible()
  const badges = () =>
    [...(element.shadowRoot?.querySelectorAll('.badge') ?? [])].map((each) => each.textContent)
  expect(badges()).toEqual(['Microsoft', 'Google', 'Microsoft'])
  await expectAccessible(element)
})

test('the card says where the contacts of a person come from, and where they disagree', async () => {
  const { element } = await shownCard()
  await expect.element(browser.getByRole('article')).toHaveTextContent('Microsoft 365 and Google Contacts')
  const lines = browser.getByRole('region', { name: 'Contacts of this person' }).getByRole('listitem')
  await expect.element(lines.nth(0)).toHaveTextContent(/^Microsoft 365$/)
  await expect
    .element(lines.nth(1))
    .toHaveTextContent(/Google Contacts\s+Name: Ann B\. Lee\s*Birthday: April 13/)
  await expectAccessible(element)
})

test('the card names the account of each value that the others do not have', async () => {
  const { element } = await shownCard()
  const values = [...(element.shadowRoot?.querySelectorAll('.value') ?? [])].map(
    (each) => `${each.querySelector('dt')?.textContent}: ${each.querySelector('.badge')?.textContent ?? ''}`,
  )
  expect(values).toEqual(['E-mail address: ', 'Company: ', 'Birthday: Microsoft', 'Changed: '])
})

test('of categories, children and notes of both, the card names the account of each', async () => {
  const [one, other] = ann
  if (!one || !other) throw new Error('there are two')
  const both = [
    { ...one, categories: ['Chess', 'Tea'], children: ['Bo', 'Cy'], note: 'Likes tea.' },
    { ...other, categories: ['Tea', 'Golf'], children: ['Di'], note: 'Plays golf.' },
  ]
  const opened = await imported([...both, zoe], 2)
  const contactKey = (await opened.client.find('ann', 1))[0]?.key ?? null
  const element = await mount('contact-card', { client: opened.client, contactKey })
  await expect.element(browser.getByRole('article')).toHaveAttribute('aria-busy', 'false')
  const values = [...(element.shadowRoot?.querySelectorAll('.value') ?? [])].map((each) =>
    [each.querySelector('dd > :first-child'), each.querySelector('.badge')]
      .map((part) => part?.textContent ?? '')
      .join(' '),
  )
  expect(values).toEqual(
    expect.arrayContaining([
      ...['Bo, Cy Microsoft', 'Di Google', 'Likes tea. Microsoft', 'Plays golf. Google'],
      ...['Chess Microsoft', 'Tea ', 'Golf Google'],
    ]),
  )
  await expectAccessible(element)
})

test('the second contact of one account is separated from the person, and joined again', async () => {
  const double = microsoft('ann2', 'Anna Leigh')
  const opened = await imported([...ann, double, zoe], 3)
  const { book, client } = opened
  const keyOf = (id: string) => book.contacts.get().find((each) => each.id === id)?.key ?? ''
  for (const id of ['microsoft365-ann', double.id]) await book.identify(keyOf(id), keyOf('google-ann'), true)
  await expect.poll(() => client.list.get().count).toBe(2)
  const contactKey = (await client.find('ann', 1))[0]?.key ?? null
  const element = await mount('contact-card', { client, contactKey })
  await expect.poll(() => button('Not the same person').elements()).toHaveLength(2)
  await expectAccessible(element)
  // Which of the two comes first depends on their random keys.
  const lines = browser.getByRole('listitem').filter({ hasText: 'Microsoft 365' })
  await lines
    .filter({ has: browser.getByRole('button') })
    .getByRole('button')
    .click()
  await said('The contact from Microsoft 365 is shown by itself now.')
  await expect.poll(() => client.list.get().count).toBe(3)
  await expect.poll(() => button('Not the same person').elements()).toHaveLength(1)
  await button('Undo').click()
  await expect.poll(() => client.list.get().count).toBe(2)
  await expect.poll(() => button('Not the same person').elements()).toHaveLength(2)
})

test('contacts that are not the same person are separated, and joined again', async () => {
  const { book, client, element } = await shownCard()
  await button('Not the same person').click()
  await expectFocus(button('Undo'))
  await said('The contact from Google Contacts is shown by itself now.')
  await expect.poll(() => client.list.get().count).toBe(3)
  await expect.element(browser.getByRole('article')).not.toHaveTextContent('Contacts of this person')
  await expectAccessible(element)
  await userEvent.keyboard('{Enter}')
  await said('Both contacts are shown as one person again.')
  await expect.poll(() => client.list.get().count).toBe(2)
  await expect.element(button('Not the same person')).toBeVisible()
  expect(book.identities.get()).toEqual([])
})

test('*Undo* restores that the person had said that they are the same', async () => {
  const { book, client } = await shownCard({}, {}, namesakes('Ann Ray'))
  await button('Not the same person').click()
  await expect.poll(() => client.list.get().count).toBe(2)
  await button('Undo').click()
  await expect.poll(() => client.list.get().count).toBe(1)
  expect(book.identities.get()).toMatchObject([{ isSame: true }])
})

test('a decision that two are not the same person is told on the card, and taken back', async () => {
  const { book, client, element } = await shownCard()
  const [one, other] = book.contacts.get()
  await book.identify(one?.key ?? '', other?.key ?? '', false)
  const line = browser.getByText(
    /You said that this is not the same person as .*Ann B\. Lee.* \(Google Contacts\)\./,
  )
  await expect.element(line).toBeVisible()
  await expectAccessible(element)
  await button('Take back').click()
  await said('Taken back. Both contacts are shown as one person if they have enough in common.')
  await expect.poll(() => client.list.get().count).toBe(2)
  await expect.element(button('Not the same person')).toBeVisible()
  await expect.element(line).not.toBeInTheDocument()
  expect(book.identities.get()).toEqual([])
})

test('a card says that another tab separated a contact, and follows when that is taken back', async () => {
  const { book, element } = await shownCard()
  ;(button('Not the same person').element() as HTMLElement).focus()
  const [one, other] = book.contacts.get()
  await book.identify(one?.key ?? '', other?.key ?? '', false)
  await said('The contact from Google Contacts was separated in another window. It is shown by itself now.')
  await expectFocus(browser.getByRole('article'))
  await expect.element(button('Take back')).toBeVisible()
  await expectAccessible(element)
  await book.identify(one?.key ?? '', other?.key ?? '', null)
  await expect.element(button('Not the same person')).toBeVisible()
  await expect.element(browser.getByText(/separated in another window/).nth(1)).not.toBeInTheDocument()
})

test('after a sign-out from the first account of a person, the card shows the contact that remains', async () => {
  const { book, element } = await shownList([...ann, zoe], 2)
  await browser.getByText('Ann Lee').click()
  await expect.element(button('Not the same person')).toBeVisible()
  await book.signOut('microsoft365')
  const card = browser.getByRole('article')
  await expect.element(card).toHaveTextContent(/^\s*AL?B?L?\s*Ann B\. Lee\s*Oak\s*Google Contacts/)
  await expect.element(card).toHaveTextContent('April 13')
  await expect.element(card).not.toHaveTextContent('Microsoft')
  await expect
    .poll(() => element.shadowRoot?.querySelector('[aria-current]')?.textContent)
    .toContain('Ann B. Lee')
  await book.signOut('google')
  await expect.element(card).not.toBeInTheDocument()
})

test.each([
  {
    why: 'a refusal',
    identify: async () => ({ ok: false, refusal: 'contact-gone' }) as const,
    sentences: /One of these contacts is no longer on this device\.\s+Look at your contacts again/,
  },
  {
    why: 'a failure',
    identify: () => Promise.reject(new ImportFailure('storage-full')),
    sentences: /not enough space.*press the button again\./,
  },
])('$why is explained with what to do, and the contacts stay together', async ({ identify, sentences }) => {
  const { element } = await shownCard({}, { identify })
  await button('Not the same person').click()
  await expect.element(browser.getByRole('alert')).toHaveTextContent(sentences)
  await expect.element(button('Not the same person')).toBeVisible()
  await expectAccessible(element)
})

test('possible duplicates are decided by keyboard: each answer is said, and the next pair has the focus', async () => {
  const { client, element } = await shownList(namesakes('Bob Ray', 'Eve Zed'), 4)
  await expect.element(browser.getByText('2 possible duplicates')).toBeVisible()
  await button('Review').click()
  await expectFocus(dialog.getByRole('heading'))
  await expect
    .element(pairs().nth(0))
    .toHaveTextContent(
      /Same name.*Bob Ray\s+Oak\s*n0@oak\.test\s+Microsoft 365.*Bob Ray\s+\+1 206 555 1000\s+Google Contacts/s,
    )
  await expectAccessible(element)
  await userEvent.keyboard('{Tab}{Enter}')
  await said(/Bob Ray.* is shown once now\./)
  await expectFocus(pairs().nth(0))
  await expect.element(pairs().nth(0)).toHaveTextContent('Eve Zed')
  await expect.poll(() => client.list.get().count).toBe(3)
  await userEvent.keyboard('{Tab}{Tab}{Enter}')
  await said(/Eve Zed.*: the two contacts stay separate\. Nothing left to review\./)
  await expectFocus(dialog.getByText('Nothing left to review.').first())
  await expectAccessible(element)
  await userEvent.keyboard('{Escape}')
  await expect.poll(() => client.list.get()).toMatchObject({ count: 3, duplicates: 0 })
  await expectFocus(browser.getByRole('grid'))
  await expect.element(button('Review')).not.toBeInTheDocument()
})

test.each([
  { answer: 'Same person', joined: 1 },
  { answer: 'Not the same', joined: 2 },
])('after *$answer*, *Undo* shows both contacts and asks again', async ({ answer, joined }) => {
  const { client } = await shownList(namesakes('Bob Ray'), 2)
  await button('Review').click()
  await button(answer).click()
  await expect.poll(() => client.list.get()).toMatchObject({ count: joined, duplicates: 0 })
  await button('Undo').click()
  await said(/^Undone\./)
  await expectFocus(pairs().nth(0))
  await expect.poll(() => client.list.get().count).toBe(2)
  await expect.element(button('Undo')).not.toBeInTheDocument()
  await button('Same person').click()
  await expect.poll(() => client.list.get().count).toBe(1)
})

test('after *Undo*, the dialog follows what another tab decides about the pair', async () => {
  const { book, client } = await shownList(namesakes('Bob Ray'), 2)
  const [one, other] = book.contacts.get()
  const elsewhere = (isSame: boolean | null) => book.identify(one?.key ?? '', other?.key ?? '', isSame)
  await button('Review').click()
  await button('Same person').click()
  await button('Undo').click()
  await said(/^Undone\./)
  await expect.poll(() => client.list.get().count).toBe(2)
  for (const isSame of [false, true]) {
    await elsewhere(isSame)
    await expect.element(pairs()).not.toBeInTheDocument()
    await elsewhere(null)
    await expect.element(pairs()).toBeVisible()
  }
  await button('Not the same').click()
  await expect.element(pairs()).not.toBeInTheDocument()
  await elsewhere(null)
  await expect.element(pairs()).toBeVisible()
})

test('a pair that another tab decides before it is suggested again is closed', async () => {
  const opened = await imported(namesakes('Bob Ray'), 2)
  let suggested = await opened.client.duplicates()
  const client = { ...opened.client, duplicates: async () => suggested }
  await mount('contact-list', { client })
  await button('Review').click()
  await button('Same person').click()
  suggested = []
  await button('Undo').click()
  await said(/^Undone\./)
  await expect.poll(() => opened.client.list.get().count).toBe(2)
  await expect.element(pairs()).toBeVisible()
  const [one, other] = opened.book.contacts.get()
  await opened.book.identify(one?.key ?? '', other?.key ?? '', false)
  await expect.element(pairs()).not.toBeInTheDocument()
})

test('a decision that cannot be recorded leaves the pair, and says why', async () => {
  const identify = () => Promise.reject(new ImportFailure('storage-full'))
  const { element } = await shownList(namesakes('Bob Ray'), 2, {}, { identify })
  await button('Review').click()
  await button('Same person').click()
  await expect
    .element(dialog.getByRole('alert'))
    .toHaveTextContent(/not enough space.*press the button again\./)
  expect(pairs().elements()).toHaveLength(1)
  await expectAccessible(element)
})

test('of many pairs, 20 are shown, and more on demand', async () => {
  const names = Array.from({ length: 45 }, (_, at) => `Bob Ray${String.fromCharCode(65 + (at % 26))}${at}`)
  await shownList(namesakes(...names), 90)
  await button('Review').click()
  await expect.poll(() => pairs().elements()).toHaveLength(20)
  await button('Show more').click()
  await expectFocus(pairs().nth(20))
  await button('Show more').click()
  await expect.poll(() => pairs().elements()).toHaveLength(45)
  await expect.element(button('Show more')).not.toBeInTheDocument()
})

test('a sign-out asks with the decisions that end with it, if there are any', async () => {
  const { book, client } = await imported([...ann, zoe], 2)
  const element = await mount('contact-settings', { client })
  const asked = browser.getByRole('dialog', { name: 'Sign out of Google Contacts?' })
  const ask = () =>
    browser.getByRole('region', { name: 'Google Contacts' }).getByRole('button', { name: 'Sign out' }).click()
  await ask()
  await expect.element(asked).toBeVisible()
  await expect.element(asked).not.toHaveTextContent('decision')
  await userEvent.keyboard('{Escape}')
  await expect.element(asked).not.toBeInTheDocument()
  const [one, other] = book.contacts.get()
  await book.identify(one?.key ?? '', other?.key ?? '', false)
  await expect.poll(() => client.list.get().decisions).toEqual({ microsoft365: 1, google: 1 })
  await ask()
  await expect.element(asked).toHaveTextContent('Your decision whether two contacts are the same person')
  await expectAccessible(element)
})

test.each(['ltr', 'rtl'])('row, card and dialog fit into 320 pixels (%s)', async (dir) => {
  await browser.viewport(320, 640)
  const opened = await shownList([...ann, ...namesakes('Bob Ray')], 3, { width: 320, dir })
  const fits = (root: ParentNode | null | undefined) =>
    expect
      .poll(() =>
        [...(root?.querySelectorAll('*') ?? [])]
          .filter(
            (each) => !each.matches('.visually-hidden, .scroller *') && each.getClientRects().length > 0,
          )
          .filter((each) => {
            const { left, right } = each.getBoundingClientRect()
            return left < -0.5 || right > 320.5
          })
          .map((each) => each.className),
      )
      .toEqual([])
  await fits(opened.element.shadowRoot)
  await button('Review').click()
  await expect.element(pairs()).toBeVisible()
  await fits(opened.element.shadowRoot?.querySelector('contact-duplicates')?.shadowRoot)
  const [one, other] =
    opened.element.shadowRoot?.querySelector('contact-duplicates')?.shadowRoot?.querySelectorAll('.side') ??
    []
  expect(other?.getBoundingClientRect().top).toBeGreaterThanOrEqual(one?.getBoundingClientRect().bottom ?? 0)
  await button('Close').click()
  await browser.getByText('Ann Lee').click()
  await expect.element(button('Not the same person')).toBeVisible()
  await fits(opened.element.shadowRoot?.querySelector('contact-card')?.shadowRoot)
  await expectAccessible(opened.element)
  await browser.viewport(1280, 720)
})

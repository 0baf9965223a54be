import { BehaviorSubject, map } from 'rxjs'
import { describe, expect, test } from 'vitest'
import { page as browser, userEvent } from 'vitest/browser'
import { sampleContact } from '../../src/testing/sample-contacts.ts'
import { ScriptedSource } from '../../src/testing/scripted-source.ts'
import { finished, importAll, page, refreshAll, signedIn } from '../core/scripted-steps.ts'
import { expectAccessible, expectFocus, heard, manyContacts, mount, openBook } from './mount.ts'
import type { Opened } from './mount.ts'

const ann = sampleContact('a', {
  name: { full: 'Ann Lee' },
  organization: { name: 'Oak' },
  phones: [{ value: '+1 (206) 555-0100', kind: 'mobile' }],
})
const bob = sampleContact('b', { name: { full: 'Bob Ray' }, emails: [{ address: 'bob@example.test' }] })
const eve = sampleContact('e', { name: { full: 'Eve Zed' }, incomplete: [{ field: 'x', reason: 'cut' }] })

const grid = browser.getByRole('grid')
const searchbox = browser.getByRole('searchbox')
const heading = (name: string) => browser.getByRole('heading', { name, exact: true })
const cell = (name: string | RegExp) => browser.getByRole('gridcell', { name })

const show = (opened: Opened, box?: Parameters<typeof mount>[2]) =>
  mount('contact-list', { client: opened.client }, box)

const shown = async (contacts = manyContacts(500), box?: Parameters<typeof mount>[2]) => {
  const opened = await openBook()
  await importAll(opened, contacts)
  const list = await show(opened, box)
  await expect.element(grid).toHaveAttribute('aria-rowcount', String(contacts.length))
  return { ...opened, list }
}

/** The row that the keyboard is on, as a screen reader is told. */
const activeRow = () => {
  const scroller = grid.element()
  const root = scroller.getRootNode() as ShadowRoot
  const cell = root.getElementById(scroller.getAttribute('aria-activedescendant') ?? '')
  return cell?.querySelector('.name')?.textContent.trim() ?? null
}

const scroller = () => grid.element()

describe('the rows', () => {
  test('only what is on the screen is in the document, in the order of the list', async () => {
    const { list } = await shown(manyContacts(5_000))
    await expect.element(cell(/A 00000/)).toBeVisible()
    const rows = () => [...(list.shadowRoot?.querySelectorAll('[role=row]') ?? [])]
    expect(rows().length).toBeLessThan(40)
    scroller().scrollTop = 100_000
    await expect.element(cell(/01780/)).toBeVisible()
    expect(rows().length).toBeLessThan(40)
    const places = () => rows().map((row) => Number(row.getAttribute('aria-rowindex')))
    await expect
      .poll(() => places().every((place, at, all) => at === 0 || all[at - 1] === place - 1))
      .toBe(true)
    await expectAccessible(list)
  })

  test('scrolling through 10,000 contacts keeps few rows in the document, and a frame changes only those that come', async () => {
    const { list } = await shown(manyContacts(10_000))
    await expect.element(cell(/A 00000/)).toBeVisible()
    const drawn = () =>
      new Map(
        [...(list.shadowRoot?.querySelectorAll('[role=row]') ?? [])].map((row) => [
          row,
          row.getAttribute('aria-rowindex'),
        ]),
      )
    const scrollBy = async (pixels: number) => {
      const before = drawn()
      scroller().scrollTop += pixels
      for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame)
      const after = drawn()
      return { rows: after.size, changed: [...after].filter(([row, at]) => before.get(row) !== at).length }
    }
    const row = list.shadowRoot?.querySelector('[role=row]')?.clientHeight ?? 0
    const screen = Math.ceil(scroller().clientHeight / row)
    // On the screen, four beyond each edge of it, and one with the keyboard.
    const most = screen + 1 + 2 * 4 + 1
    // Away from the edge, beyond which no row is drawn.
    await scrollBy(20 * row)
    for (let line = 0; line < 100; line++) {
      const { rows, changed } = await scrollBy(row)
      expect(rows).toBeLessThanOrEqual(most)
      expect(changed).toBeLessThanOrEqual(2)
    }
    const { scrollHeight } = scroller()
    let top = -1
    while (scroller().scrollTop > top) {
      top = scroller().scrollTop
      const { rows, changed } = await scrollBy(scrollHeight / 100)
      expect(rows).toBeLessThanOrEqual(most)
      expect(changed).toBeLessThanOrEqual(most)
    }
    await expect.element(cell(/Z 09999/)).toBeVisible()
  })

  test.each(['ltr', 'rtl'])('the number of contacts stands where the rows begin (%s)', async (dir) => {
    const { list } = await shown(manyContacts(5), { dir })
    const count = list.shadowRoot?.querySelector('.count')
    if (!count) throw new Error('There is no number')
    const words = document.createRange()
    words.selectNodeContents(count)
    const text = words.getBoundingClientRect()
    const line = count.getBoundingClientRect()
    const [before, after] =
      dir === 'ltr'
        ? [text.left - line.left, line.right - text.right]
        : [line.right - text.right, text.left - line.left]
    expect(before).toBeLessThan(20)
    expect(after).toBeGreaterThan(100)
  })

  test('the list is one tab stop, and its keys move through it', async () => {
    await shown()
    await searchbox.click()
    await userEvent.keyboard('{Tab}')
    await expect.poll(activeRow).toMatch(/^A 00000/)
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowUp}')
    await expect.poll(activeRow).toMatch(/^A 00001/)
    await userEvent.keyboard('{PageDown}')
    await expect.poll(activeRow).toMatch(/^A 000(0[5-9]|1\d)/)
    await userEvent.keyboard('{End}')
    await expect.poll(activeRow).toMatch(/^Z 00499/)
    await expect.element(cell(/Z 00499/)).toBeVisible()
    await userEvent.keyboard('{Home}')
    await expect.poll(activeRow).toMatch(/^A 00000/)
    await userEvent.keyboard('{Tab}')
    await expectFocus(browser.getByRole('button', { name: 'A', exact: true }))
  })

  test('the first click into a list that is scrolled between two rows opens the row under it', async () => {
    await shown()
    await expect.element(cell(/A 00000/)).toBeVisible()
    scroller().scrollTop = 90
    await expect.element(cell(/A 00004/)).toBeVisible()
    await cell(/A 00004/).click()
    await expect.element(browser.getByRole('article')).toHaveTextContent(/A 00004/)
    expect(scroller().scrollTop).toBe(90)
  })

  test('the row with the keyboard stays in the document when it is scrolled away', async () => {
    await shown()
    await userEvent.click(searchbox)
    await userEvent.keyboard('{Tab}')
    await expect.poll(activeRow).toMatch(/^A 00000/)
    scroller().scrollTop = 10_000
    await expect.element(cell(/0017\d/).first()).toBeVisible()
    expect(activeRow()).toMatch(/^A 00000/)
  })

  test('namesakes are told apart, and a contact without a name or with a cut field is marked', async () => {
    const namesake = (id: string, email: string) =>
      sampleContact(id, {
        name: { full: 'Ann Lee' },
        organization: { name: 'Oak' },
        emails: [{ address: email }],
      })
    const { list } = await shown([
      ...[namesake('1', 'one@example.test'), namesake('2', 'two@example.test'), eve],
      sampleContact('n', { name: {} }),
    ])
    await expect.element(cell(/one@example.test/)).toBeVisible()
    await expect.element(cell(/two@example.test/)).toBeVisible()
    await expect.element(cell(/Eve Zed.*Incomplete/)).toBeVisible()
    await expect.element(cell('No name')).toBeVisible()
    await expectAccessible(list)
  })

  test('the source is told where there are several', async () => {
    const google = new ScriptedSource('google')
    const opened = await openBook(google)
    await importAll(opened, [ann])
    await show(opened)
    await expect.element(cell(/^Ann Lee Oak$/)).toBeVisible()
    const started = await opened.book.signIn('google')
    expect(started.ok).toBe(true)
    await (await google.signIns.next()).grant()
    await (await google.fetches.next()).emit(page([{ ...bob, source: 'google' }]))
    await expect.element(cell(/Bob Ray.*Google/)).toBeVisible()
    await expect.element(cell(/Ann Lee.*Microsoft/)).toBeVisible()
  })
})

describe('a call', () => {
  test('is one click on the row, and one key beside it', async () => {
    const { client } = await shown([ann, bob])
    const calls = heard('contact-call')
    const key = (await client.find('ann', 1))[0]?.key
    await browser.getByRole('button', { name: 'Call +1 (206) 555-0100' }).click()
    const call = {
      key,
      number: '+1 (206) 555-0100',
      dial: { text: '+12065550100', uri: 'tel:+12065550100', extension: null },
    }
    await expect.poll(() => calls).toEqual([call])
    await expectFocus(grid)
    await userEvent.keyboard('{Home}{ArrowLeft}{ArrowRight}{Enter}')
    await expect.poll(() => calls).toEqual([call, call])
  })

  test('is told within the click, so that the page may still open something', async () => {
    const opened = await openBook()
    await importAll(opened, [ann, bob])
    const asked: Promise<unknown>[] = []
    const dial: typeof opened.client.dial = (number) => {
      const answer = opened.client.dial(number)
      asked.push(answer)
      return answer
    }
    await mount('contact-list', { client: { ...opened.client, dial } })
    const calls = heard('contact-call')
    const button = browser.getByRole('button', { name: 'Call +1 (206) 555-0100' })
    await userEvent.hover(button)
    await expect.poll(() => asked.length).toBe(1)
    await asked[0]
    ;(button.element() as HTMLElement).click()
    expect(calls).toHaveLength(1)

    await userEvent.hover(searchbox)
    await userEvent.keyboard('{Home}{ArrowLeft}{ArrowRight}')
    ;(grid.element() as HTMLElement).dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }))
    expect(calls).toHaveLength(2)
    expect(asked).toHaveLength(1)
  })

  test('comes after the look-up if the number is not known yet, or cannot be looked up', async () => {
    const opened = await openBook()
    await importAll(opened, [ann])
    const dial = () => Promise.reject(new Error('no network'))
    await mount('contact-list', { client: { ...opened.client, dial } })
    const calls = heard('contact-call')
    await browser.getByRole('button', { name: 'Call +1 (206) 555-0100' }).click()
    await expect.poll(() => calls).toMatchObject([{ dial: { text: '+12065550100', uri: null } }])
  })

  test('is possible from a result of a search, to the number that was found', async () => {
    await shown([{ ...ann, phones: [...ann.phones, { value: '030 901820', kind: 'work' }] }, bob])
    const calls = heard('contact-call')
    await searchbox.fill('901820')
    await browser.getByRole('button', { name: 'Call 030 901820' }).click()
    await expect.poll(() => calls).toMatchObject([{ number: '030 901820' }])
  })
})

describe('the search', () => {
  test('finds while one types, marks what it found, and says how many', async () => {
    const { list } = await shown([ann, bob, eve])
    await searchbox.fill('bo')
    await expect.element(cell(/Bob Ray/)).toBeVisible()
    await expect.element(grid).toHaveAttribute('aria-rowcount', '1')
    expect(list.shadowRoot?.querySelector('mark')?.textContent).toBe('Bo')
    await expect.poll(() => list.shadowRoot?.querySelector('[role=status]')?.textContent).toBe('1 result')
    await expectAccessible(list)
    await browser.getByRole('button', { name: 'Clear search' }).click()
    await expect.element(grid).toHaveAttribute('aria-rowcount', '3')
    await expectFocus(searchbox)
    await expect.element(searchbox).toHaveValue('')
  })

  test('is got ready once the field has the focus, so that the first letter waits for nothing', async () => {
    const { client, list } = await shown([ann, bob])
    const asked: string[] = []
    list.client = {
      ...client,
      find: (text, limit) => {
        asked.push(text)
        return client.find(text, limit)
      },
    }
    await expect.element(cell(/Ann Lee/)).toBeVisible()
    expect(asked).toEqual([])
    await searchbox.click()
    await expect.poll(() => asked).toEqual([''])
    await expect.element(grid).toHaveAttribute('aria-rowcount', '2')
  })

  test('without a hit, it says so and can be cleared', async () => {
    const { list } = await shown([ann, bob])
    await searchbox.fill('zzz')
    await expect.element(browser.getByRole('heading', { name: 'No contact found' })).toBeVisible()
    await expectAccessible(list)
    await browser.getByRole('button', { name: 'Clear search' }).last().click()
    await expect.element(cell(/Ann Lee/)).toBeVisible()
  })

  test('a letter that is typed in the list goes into the search, and Escape ends it', async () => {
    await shown([ann, bob, eve])
    await cell(/Ann Lee/).click()
    await expectFocus(grid)
    await userEvent.keyboard('eve')
    await expect.element(searchbox).toHaveValue('eve')
    await expect.element(grid).toHaveAttribute('aria-rowcount', '1')
    await userEvent.keyboard('{ArrowDown}')
    await expectFocus(grid)
    await userEvent.keyboard('{Escape}')
    await expect.element(grid).toHaveAttribute('aria-rowcount', '3')
    await expect.element(searchbox).toHaveValue('')
  })

  test('another text begins at its best result, wherever the keyboard was in the results before', async () => {
    await shown(manyContacts(500))
    await searchbox.fill('0')
    await expect.element(grid).toHaveAttribute('aria-rowcount', '200')
    await userEvent.keyboard('{ArrowDown}')
    for (let key = 0; key < 30; key++) await userEvent.keyboard('{ArrowDown}')
    expect(scroller().scrollTop).toBeGreaterThan(0)
    await searchbox.fill('00')
    await expect.poll(() => scroller().scrollTop).toBe(0)
    expect(activeRow()).toBeNull()
    await userEvent.keyboard('{Tab}{Tab}')
    await expectFocus(grid)
    await expect.poll(activeRow).toMatch(/00000/)
  })

  test('signs alone leave the list: a number may follow', async () => {
    await shown([ann, bob])
    await searchbox.fill('+')
    await searchbox.fill('+1 ')
    await expect.element(grid).toHaveAttribute('aria-rowcount', '1')
    await searchbox.fill('(')
    await expect.element(grid).toHaveAttribute('aria-rowcount', '2')
  })

  test('Enter opens the best result', async () => {
    await shown([ann, bob, eve])
    await searchbox.fill('eve')
    await expect.element(grid).toHaveAttribute('aria-rowcount', '1')
    await userEvent.keyboard('{Enter}')
    await expect.element(browser.getByRole('heading', { name: 'Eve Zed' })).toBeVisible()
  })

  test('keys that are pressed before there is a result go to it once it is there', async () => {
    const { client, list } = await shown([ann, bob, eve])
    let answer: () => void = () => undefined
    list.client = {
      ...client,
      findNow: async (text, limit) => {
        await new Promise<void>((resolve) => (answer = resolve))
        return client.findNow(text, limit)
      },
    }
    await expect.element(grid).toHaveAttribute('aria-rowcount', '3')
    await searchbox.fill('eve')
    await userEvent.keyboard('{ArrowDown}')
    await expectFocus(searchbox)
    answer()
    await expectFocus(grid)
    expect(activeRow()).toBe('Eve Zed')
    await searchbox.fill('bob')
    await userEvent.keyboard('{Enter}')
    answer()
    await expect.element(heading('Bob Ray')).toBeVisible()
  })

  test('a key that was pressed before there is a result does nothing after another text or elsewhere', async () => {
    const { client, list } = await shown([ann, bob, eve])
    const answers: (() => void)[] = []
    list.client = {
      ...client,
      findNow: async (text, limit) => {
        await new Promise<void>((resolve) => answers.push(resolve))
        return client.findNow(text, limit)
      },
    }
    await expect.element(grid).toHaveAttribute('aria-rowcount', '3')
    await searchbox.fill('eve')
    await userEvent.keyboard('{Enter}')
    await searchbox.fill('bob')
    answers[0]?.()
    await expect.poll(() => answers.length).toBe(2)
    answers[1]?.()
    await expect.element(cell(/Bob Ray/)).toBeVisible()
    await expectFocus(searchbox)
    await searchbox.fill('ann')
    await userEvent.keyboard('{Enter}')
    await userEvent.tab()
    await expect.poll(() => answers.length).toBe(3)
    answers[2]?.()
    await expect.element(cell(/Ann Lee/)).toBeVisible()
    expect(browser.getByRole('heading').elements()).toEqual([])
  })

  test('leaving it shows the list where it was', async () => {
    await shown()
    scroller().scrollTop = 10_000
    await expect.element(cell(/0017\d/).first()).toBeVisible()
    await searchbox.fill('00499')
    await expect.element(grid).toHaveAttribute('aria-rowcount', '1')
    await userEvent.keyboard('{Escape}')
    await expect.poll(() => scroller().scrollTop).toBe(10_000)
  })

  test('an answer to an earlier text is dropped', async () => {
    const { client, list } = await shown([ann, bob, eve])
    const answers: (() => void)[] = []
    list.client = {
      ...client,
      findNow: async (text, limit) => {
        const found = await client.findNow(text, limit)
        await new Promise<void>((resolve) => answers.push(resolve))
        return found
      },
    }
    await searchbox.fill('ann')
    await expect.poll(() => answers.length).toBe(1)
    await searchbox.fill('bob')
    answers[0]?.()
    await expect.poll(() => answers.length).toBe(2)
    await expect.element(grid).toHaveAttribute('aria-rowcount', '3')
    answers[1]?.()
    await expect.element(grid).toHaveAttribute('aria-rowcount', '1')
    await expect.element(cell(/Bob Ray/)).toBeVisible()
  })
})

describe('a search of a list that is not whole yet', () => {
  /** A client that knows so many hits at once, and the others when the test says so. */
  const slow = ({ client, list }: Awaited<ReturnType<typeof shown>>, known: number, isIncoming = false) => {
    let complete: () => void = () => undefined
    const completed = new Promise<void>((resolve) => (complete = resolve))
    const summaries = new BehaviorSubject(client.list.get())
    client.list
      .pipe(map((summary) => ({ ...summary, status: { microsoft365: 'incoming' as const } })))
      .subscribe(summaries)
    list.client = {
      ...client,
      ...(isIncoming && {
        list: Object.assign(summaries.asObservable(), { get: () => summaries.getValue() }),
      }),
      findNow: async (text, limit) => ({
        hits: (await client.find(text, limit)).slice(0, known),
        isWhole: false,
      }),
      find: async (text, limit) => {
        // The field asks for nothing as soon as it has the focus.
        if (text !== '') await completed
        return client.find(text, limit)
      },
    }
    return { complete }
  }
  const anna = sampleContact('anna', { name: { full: 'Anna Two' } })

  test('shows known results at once, and the others later', async () => {
    const { complete } = slow(await shown([ann, anna, bob]), 1)
    await searchbox.fill('ann')
    await expect.element(grid).toHaveAttribute('aria-rowcount', '1')
    await expect.element(browser.getByText('1 result so far').first()).toBeVisible()
    complete()
    await expect.element(grid).toHaveAttribute('aria-rowcount', '2')
    await expect.element(browser.getByText('2 results').first()).toBeVisible()
  })

  test('keeps what it showed until it is known that there is nothing', async () => {
    const { complete } = slow(await shown([ann, bob]), 0)
    await searchbox.fill('zzz')
    await expect.element(grid).toHaveAttribute('aria-rowcount', '2')
    complete()
    await expect.element(browser.getByRole('heading', { name: 'No contact found' })).toBeVisible()
  })

  test('says that nothing was found so far while contacts arrive', async () => {
    const opened = await shown([ann, bob])
    const { complete } = slow(opened, 0, true)
    await searchbox.fill('eve')
    await expect.element(browser.getByRole('heading', { name: 'No contact found so far' })).toBeVisible()
    await expectAccessible(opened.list)
    await refreshAll(opened, [ann, bob, eve])
    complete()
    await expect.element(cell(/Eve Zed/)).toBeVisible()
  })
})

describe('another version of the list', () => {
  test('leaves the screen and the keyboard where they were', async () => {
    const contacts = manyContacts(500)
    const opened = await shown(contacts)
    scroller().scrollTop = 10_000
    await cell(/00180/).click()
    const top = () => Math.round(cell(/00180/).element().getBoundingClientRect().top)
    const before = top()
    const more = Array.from({ length: 40 }, (_, at) =>
      sampleContact(`n${at}`, { name: { full: `A new ${at}` } }),
    )
    await refreshAll(opened, [...contacts, ...more])
    await expect.element(grid).toHaveAttribute('aria-rowcount', '540')
    await expect.poll(top).toBe(before)
    await expect.poll(activeRow).toMatch(/00180/)
  })

  test('is searched again', async () => {
    const opened = await shown([ann, bob])
    await searchbox.fill('zoe')
    await expect.element(browser.getByRole('heading', { name: 'No contact found' })).toBeVisible()
    await refreshAll(opened, [ann, bob, sampleContact('z', { name: { full: 'Zoe New' } })])
    await expect.element(cell(/Zoe New/)).toBeVisible()
  })

  test('contacts are shown and found while a first import brings them', async () => {
    const opened = await openBook()
    const list = await show(opened)
    const { fetch } = await signedIn(opened)
    await expect
      .element(browser.getByRole('heading', { name: 'Your contacts are on their way' }))
      .toBeVisible()
    await expectAccessible(list)
    await fetch.emit(page(manyContacts(300)))
    await expect.element(browser.getByText('300 contacts so far')).toBeVisible()
    await searchbox.fill('ann')
    await expect.element(heading('No contact found so far')).toBeVisible()
    await fetch.emit(page([ann]))
    await expect.element(cell(/Ann Lee/)).toBeVisible()
  })

  test('a search says so far between two pages of a first import, and no longer once it has ended', async () => {
    const opened = await openBook()
    await show(opened)
    const { fetch } = await signedIn(opened)
    await fetch.emit(page([ann, bob]))
    await searchbox.fill('eve')
    await expect.element(heading('No contact found so far')).toBeVisible()
    await searchbox.fill('bob')
    await expect.element(browser.getByText('1 result so far').first()).toBeVisible()
    void fetch.emit(finished)
    await expect.element(browser.getByText('1 result', { exact: true }).first()).toBeVisible()
    await searchbox.fill('eve')
    await expect.element(heading('No contact found')).toBeVisible()
  })

  test('a search says so far while another account brings its first contacts', async () => {
    const google = new ScriptedSource('google')
    const opened = await openBook(google)
    await importAll(opened, [ann, bob])
    await show(opened)
    await searchbox.fill('eve')
    await expect.element(heading('No contact found')).toBeVisible()
    await opened.book.signIn('google')
    await (await google.signIns.next()).grant()
    await expect.element(heading('No contact found so far')).toBeVisible()
  })

  test('when no contact is left, the keyboard and a screen reader are led to the reason, and the search is over', async () => {
    const opened = await shown([ann, bob])
    const { book, list } = opened
    await searchbox.fill('ann')
    await expect.element(grid).toHaveAttribute('aria-rowcount', '1')
    await book.signOut('microsoft365')
    await expect.element(heading('No contacts yet')).toBeVisible()
    expect(list.shadowRoot?.activeElement?.textContent).toContain('No contacts yet')
    await expect
      .poll(() => list.shadowRoot?.querySelector('[role=status]')?.textContent)
      .toBe('No contacts yet')
    await importAll(opened, [ann, bob])
    await expect.element(grid).toHaveAttribute('aria-rowcount', '2')
    await expect.element(searchbox).toHaveValue('')
  })

  test.each(['the rows', 'the card', 'the card over the list'])(
    'the keyboard that was in %s is led to the reason when no contact is left',
    async (place) => {
      const { book, list } = await shown([ann, bob], place === 'the card over the list' ? { width: 400 } : {})
      await cell(/Ann Lee/).click()
      await expect.element(heading('Ann Lee')).toBeVisible()
      if (place === 'the card') list.shadowRoot?.querySelector<HTMLElement>('contact-card')?.focus()
      await book.signOut('microsoft365')
      await expect.element(heading('No contacts yet')).toBeVisible()
      await expect.poll(() => list.shadowRoot?.activeElement?.textContent).toContain('No contacts yet')
    },
  )

  test('after a sign-out, no contact stays in the document', async () => {
    const { book, list } = await shown([ann, bob])
    await cell(/Ann Lee/).click()
    await expect.element(browser.getByRole('heading', { name: 'Ann Lee' })).toBeVisible()
    await book.signOut('microsoft365')
    await expect.element(browser.getByRole('heading', { name: 'No contacts yet' })).toBeVisible()
    const text = () =>
      [list, ...(list.shadowRoot?.querySelectorAll('*') ?? [])]
        .map((node) => (node.shadowRoot ?? node).textContent)
        .join(' ')
    await expect.poll(text).not.toMatch(/Ann|Bob/)
  })
})

describe('the letters', () => {
  test('go to their contacts, and those without any are off', async () => {
    await shown(manyContacts(500), { height: 900 })
    const letter = (name: string) => browser.getByRole('toolbar').getByRole('button', { name, exact: true })
    await expect.element(letter('Q')).toHaveAttribute('aria-disabled', 'true')
    const first = letter('A').element()
    if (first instanceof HTMLElement) first.focus()
    await userEvent.keyboard('{ArrowDown}{ArrowDown}')
    await expectFocus(letter('C'))
    await userEvent.keyboard('{Enter}')
    await expect.element(cell(/C 0004\d/).first()).toBeVisible()
    await userEvent.keyboard('{Shift>}{Tab}{/Shift}')
    await expect.poll(activeRow).toMatch(/^C 00042/)
  })

  test('are shown in large while a finger moves along them', async () => {
    const { list } = await shown(manyContacts(500), { width: 320 })
    const rail = browser.getByRole('toolbar').element()
    const { top, height, left } = rail.getBoundingClientRect()
    rail.setPointerCapture = () => undefined
    rail.hasPointerCapture = () => true
    const point = (type: string, part: number) =>
      rail.dispatchEvent(
        new PointerEvent(type, { pointerId: 1, clientX: left, clientY: top + height * part, bubbles: true }),
      )
    point('pointerdown', 0.5)
    point('pointermove', 0.99)
    await expect.poll(() => list.shadowRoot?.querySelector('.bubble')?.textContent).toBe('Z')
    await expect.element(cell(/Z 0048\d/).first()).toBeVisible()
    point('pointerup', 0.99)
    await expect.poll(() => list.shadowRoot?.querySelector('.bubble') ?? null).toBeNull()
  })
})

test('a card over the list does not hold the page while the app hides the list', async () => {
  const { list } = await shown(manyContacts(5), { width: 320 })
  await cell(/A 00000/)
    .first()
    .click()
  const dialog = () => list.shadowRoot?.querySelector('dialog')
  await expect.poll(() => dialog()?.matches(':modal')).toBe(true)
  await expectFocus(browser.getByRole('article'))
  expect(dialog()?.scrollTop).toBe(0)
  for (let time = 0; time < 5; time++) {
    list.hidden = true
    await expect.poll(() => dialog()?.open, { interval: 1 }).toBe(false)
    // Before the event of the closed dialog has come.
    list.hidden = false
    await expect.poll(() => dialog()?.matches(':modal')).toBe(true)
  }
  await userEvent.keyboard('{Escape}')
  await expect.poll(dialog).toBeNull()
})

test('the name stays on the screen while a narrow card is scrolled', async () => {
  const long = { ...ann, emails: manyContacts(40).map((_, at) => ({ address: `ann${at}@example.test` })) }
  const { list } = await shown([long], { width: 320 })
  await cell(/Ann Lee/).click()
  await expect.element(heading('Ann Lee')).toBeVisible()
  const dialog = list.shadowRoot?.querySelector('dialog')
  const card = list.shadowRoot?.querySelector('contact-card')?.shadowRoot
  const name = card?.querySelector<HTMLElement>('.stays')
  const isOnTop = () => {
    const { left = 0, top = 0, height = 0 } = name?.getBoundingClientRect() ?? {}
    return card?.elementFromPoint(left + 30, top + height / 2) === name
  }
  expect(isOnTop()).toBe(false)
  if (dialog) dialog.scrollTop = dialog.scrollHeight / 2
  await expect.poll(isOnTop).toBe(true)
  expect(name && getComputedStyle(name, '::before').content).toBe('"Ann Lee"')
  const { bottom = 0 } = dialog?.querySelector('.top')?.getBoundingClientRect() ?? {}
  expect(name?.getBoundingClientRect().top).toBe(bottom)
  // What has the keyboard is not under the name.
  const link = card?.querySelector<HTMLElement>('dl a')
  link?.focus()
  expect(link?.getBoundingClientRect().top).toBeGreaterThanOrEqual(name?.getBoundingClientRect().bottom ?? 0)
  await expectAccessible(list)
})

describe('an empty list says why', () => {
  const title = (name: string) => browser.getByRole('heading', { name })

  test('no account is linked: the settings are offered', async () => {
    const list = await show(await openBook())
    const wanted = heard('contact-settings-wanted')
    await expect.element(title('No contacts yet')).toBeVisible()
    await expectAccessible(list)
    await browser.getByRole('button', { name: 'Open settings' }).click()
    expect(wanted).toHaveLength(1)
  })

  test('it is not known yet: no contacts are not claimed', async () => {
    const list = await mount('contact-list', { client: null })
    await expect.element(title('Loading your contacts')).toBeVisible()
    await expectAccessible(list)
    list.client = (await openBook()).client
    await expect.element(title('No contacts yet')).toBeVisible()
  })

  test('a person is signing in', async () => {
    const opened = await openBook()
    await opened.book.signIn('microsoft365')
    await show(opened)
    await expect.element(title('Waiting for your sign-in')).toBeVisible()
  })

  test('the account has none', async () => {
    const opened = await openBook()
    await importAll(opened, [])
    await show(opened)
    await expect.element(title('Your account has no contacts')).toBeVisible()
  })

  test('the import was cancelled', async () => {
    const opened = await openBook()
    await opened.book.signIn('microsoft365')
    await opened.book.cancel('microsoft365')
    await show(opened)
    await expect.element(title('The import was cancelled')).toBeVisible()
  })

  test.each([
    ['admin-approval-needed', 'No permission to read your contacts', 'Ask your administrator to approve it'],
    ['offline', 'No connection', 'Check your internet connection'],
    ['service-unavailable', 'The import did not work', 'did not answer.'],
  ] as const)('it failed with %s', async (code, heading, sentence) => {
    const opened = await openBook()
    await opened.book.signIn('microsoft365')
    const signIn = await opened.source.signIns.next()
    signIn.fail(code)
    const list = await show(opened)
    await expect.element(title(heading)).toBeVisible()
    await expect.element(browser.getByText(sentence, { exact: false })).toBeVisible()
    await expectAccessible(list)
  })
})

import axe from 'axe-core'
import { expect, onTestFinished } from 'vitest'
import type { Locator } from 'vitest/browser'
import { defineContactElements } from '../../src/elements.ts'
import { contactsClient, memoryStorage, openContactBook } from '../../src/index.ts'
import type { Contact, ContactBook, LocalContactsClient, Source } from '../../src/index.ts'
import { sampleContact } from '../../src/testing/sample-contacts.ts'
import { ScriptedSource } from '../../src/testing/scripted-source.ts'

/** A book whose source the test plays, and a client of it. */
export interface Opened {
  readonly book: ContactBook
  readonly source: ScriptedSource
  readonly client: LocalContactsClient
}

/** Opens a book in memory. With further sources, the book has these, too. */
export const openBook = async (...others: readonly ScriptedSource[]): Promise<Opened> => {
  const source = new ScriptedSource()
  const diagnosed: unknown[] = []
  const diagnose = (error: unknown) => diagnosed.push(error)
  const sources = [source, ...others]
  const book = await openContactBook({ store: memoryStorage(), sources, locale: 'en', diagnose })
  const client = contactsClient(book, { phone: { country: 'US' }, diagnose })
  onTestFinished(async () => {
    client.close()
    await book.close()
    expect(diagnosed).toEqual([])
  })
  return { book, source, client }
}

type ElementName = 'contact-card' | 'contact-list' | 'contact-settings' | 'import-inspector' | 'incoming-call'

/** Puts an element into the document, in a box of this size. */
export const mount = async <Name extends ElementName>(
  name: Name,
  properties: Partial<HTMLElementTagNameMap[Name]>,
  { width = 1000, height = 600, dir = 'ltr' }: { width?: number; height?: number; dir?: string } = {},
): Promise<HTMLElementTagNameMap[Name]> => {
  await defineContactElements()
  document.documentElement.lang = 'en'
  document.title = 'Test'
  const box = document.createElement('main')
  box.dir = dir
  box.style.inlineSize = `${width}px`
  box.style.blockSize = `${height}px`
  const element = document.createElement(name)
  Object.assign(element, properties)
  box.append(element)
  document.body.append(box)
  onTestFinished(() => box.remove())
  await element.updateComplete
  return element
}

/** Waits for the end of each change of a colour or a width within shadow trees: a contrast halfway is no fault. */
const transitionsEnd = async (root: Element | ShadowRoot): Promise<void> => {
  for (const { shadowRoot } of [root, ...root.querySelectorAll('*')].filter(
    (each) => each instanceof Element,
  )) {
    if (!shadowRoot) continue
    const transitions = shadowRoot.getAnimations().filter((each) => each instanceof CSSTransition)
    // One that is cancelled rejects, and has ended as well.
    await Promise.allSettled(transitions.map(({ finished }) => finished))
    await transitionsEnd(shadowRoot)
  }
}

/** Fails with what axe finds against WCAG 2.2 AA and its best practices. */
export const expectAccessible = async (element: Element): Promise<void> => {
  await transitionsEnd(element)
  const { violations } = await axe.run(element, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    // About whole pages, which the test has none of.
    rules: { region: { enabled: false }, 'page-has-heading-one': { enabled: false } },
  })
  expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html, nodes[0]?.failureSummary])).toEqual([])
}

/** Waits until the keyboard is on an element, also within the shadow tree of another. */
export const expectFocus = async (locator: Locator): Promise<void> => {
  const focused = () => {
    let element = document.activeElement
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement
    return element
  }
  await expect.poll(() => focused() === locator.element()).toBe(true)
}

/** Notes what an element tells the page, and does it in place of the browser. */
export const heard = (name: string): unknown[] => {
  const details: unknown[] = []
  const listener = (event: Event) => {
    event.preventDefault()
    details.push((event as CustomEvent).detail)
  }
  document.addEventListener(name, listener)
  onTestFinished(() => document.removeEventListener(name, listener))
  return details
}

/** Contacts named by numbers, in their order: `A 001`, `A 002`, …, some under each letter. */
export const manyContacts = (count: number, source: Source = 'microsoft365'): readonly Contact[] =>
  Array.from({ length: count }, (_, at) => {
    const letter = 'ABCDEFGHIJKLMNOPRSTUVWYZ'.charAt(Math.floor((at * 24) / count))
    return sampleContact(`${source}-${at}`, {
      source,
      name: { full: `${letter} ${String(at).padStart(5, '0')}` },
      organization: { name: `Company ${at % 7}` },
      phones: [{ value: `+1 206 555 ${String(1000 + at).padStart(4, '0')}`, kind: 'mobile' }],
    })
  })

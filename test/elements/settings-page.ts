import { onTestFinished } from 'vitest'
import { page } from 'vitest/browser'
import { defineContactElements } from '../../src/elements.ts'
import type { ContactSettings } from '../../src/elements.ts'
import { contactsClient, memoryStorage, openContactBook } from '../../src/index.ts'
import type { BookStorage, ContactsClient, LinkedSource } from '../../src/index.ts'
import { expectAccessible as expectNoViolation } from './mount.ts'
import { ScriptedSource } from '../../src/testing/scripted-source.ts'

export interface SettingsPage {
  readonly sources?: readonly LinkedSource[]
  readonly store?: BookStorage
  /** Replaces calls of the client. */
  readonly client?: Partial<ContactsClient>
  readonly properties?: Partial<ContactSettings>
}

/** The element over a real book, whose sources the test plays. */
export const openSettings = async ({
  sources,
  store = memoryStorage(),
  client: replaced = {},
  properties = {},
}: SettingsPage = {}) => {
  await defineContactElements()
  const source = new ScriptedSource()
  const book = await openContactBook({ store, sources: sources ?? [source] })
  const client = { ...contactsClient(book), ...replaced }
  const element = document.createElement('contact-settings')
  Object.assign(element, { client, locale: 'en', ...properties })
  const main = document.createElement('main')
  main.append(element)
  document.body.append(main)
  onTestFinished(async () => {
    main.remove()
    await book.close()
  })
  await element.updateComplete
  return { book, source, client, element }
}

/** A way to sign in that counts what it was asked. */
export const countedWay = (isBlocked = false) => {
  const asked = { opened: 0, closed: 0, here: 0 }
  return {
    asked,
    openSignInTab: () => {
      asked.opened++
      return {
        isBlocked,
        close: () => {
          asked.closed++
        },
      }
    },
    continueInThisTab: () => {
      asked.here++
      return true
    },
  }
}

export const button = (name: string) => page.getByRole('button', { name, exact: true })

/** The first element with this text: what is said to screen readers follows what is seen. */
export const text = (text: string | RegExp) => page.getByText(text, { exact: true }).first()

/** What a screen reader says of the last change. */
export const said = (element: ContactSettings): string =>
  element.shadowRoot?.querySelector('[role=status]')?.textContent ?? ''

export const expectAccessible = (): Promise<void> =>
  expectNoViolation(document.querySelector('main') ?? document.body)

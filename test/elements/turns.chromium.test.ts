import { describe, expect, test } from 'vitest'
import { page as browser } from 'vitest/browser'
import { sampleContacts } from '../../src/testing/sample-contacts.ts'
import { finished, page, signedIn } from '../core/scripted-steps.ts'
import { mount, openBook } from './mount.ts'

/** How often other tasks, such as a frame or a key, could have had their turn while something is done. */
const turnsDuring = async (work: () => Promise<unknown>): Promise<number> => {
  let turns = 0
  const { port1, port2 } = new MessageChannel()
  port1.onmessage = () => {
    turns++
    port2.postMessage(null)
  }
  port2.postMessage(null)
  await work()
  port1.close()
  return turns
}

const PAGES = 4

/** A page that imports so many pages of a thousand contacts, and shows them. */
const importing = async () => {
  const opened = await openBook()
  await mount('contact-list', { client: opened.client })
  const { attempt, fetch } = await signedIn(opened)
  const all = sampleContacts(PAGES * 1_000)
  const fill = async () => {
    await fetch.emit({ type: 'contacts.counted', count: all.length })
    for (let from = 0; from < all.length; from += 1_000) await fetch.emit(page(all.slice(from, from + 1_000)))
    await fetch.emit(finished)
    await opened.book.outcome(attempt)
  }
  return { ...opened, fill }
}

describe('other tasks of the page have their turn', () => {
  test('several times for each page of contacts that arrives', async () => {
    const { fill } = await importing()
    expect(await turnsDuring(fill)).toBeGreaterThan(5 * PAGES)
    await expect.element(browser.getByText('4,000 contacts').first()).toBeVisible()
  })

  test('while a search gets ready', async () => {
    const { client, fill } = await importing()
    // Loads the code.
    await client.find('', 1)
    await fill()
    expect(await turnsDuring(() => client.find('a', 1))).toBeGreaterThan(5 * PAGES)
  })
})

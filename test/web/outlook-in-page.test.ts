import { mkdir, rm, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { expect } from 'vitest'
import { messages } from '../../src/messages.ts'
import { test } from '../browser-test.ts'
import { decide } from './person.ts'

const words = messages('en')
const { commands, file: fileWords, lastUpdate, marks, signInWith } = words.settings

const head = 'First Name,Last Name,E-mail Address'
const table = (...names: readonly string[]) =>
  [head, ...names.map((name) => `${name},Lovelace,${name.toLowerCase()}@contoso.example`)].join('\r\n')
const latin = (text: string) => Buffer.from(text, 'latin1')
const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')
const written = new Date('2026-03-01T10:15:00Z')

/** A page that shows the settings. */
const settingsOf = async (
  context: BrowserContext,
  { address }: { readonly address: string },
): Promise<Page> => {
  const page = await context.newPage()
  await page.goto(`${address}#settings`)
  return page
}

const opened = (page: Page) => {
  const card = page.locator('section[data-source=outlook]')
  const button = (name: string) => card.getByRole('button', { name, exact: true })
  return {
    card,
    button,
    choose: async (name: string, ...files: readonly string[]) => {
      const [chooser] = await Promise.all([page.waitForEvent('filechooser'), button(name).first().click()])
      await chooser.setFiles([...files])
    },
    drop: async (name: string, bytes: Buffer) => {
      const dataTransfer = await page.evaluateHandle(
        ([name = '', base64 = '']) => {
          const transfer = new DataTransfer()
          const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
          transfer.items.add(new File([bytes], name))
          return transfer
        },
        [name, bytes.toString('base64')],
      )
      await card.dispatchEvent('dragover', { dataTransfer })
      await card.dispatchEvent('drop', { dataTransfer })
    },
    counts: (count: number) =>
      card.locator('.count').getByText(words.contacts(count), { exact: true }).waitFor(),
    tells: (text: string) => card.getByRole('alert').getByText(text).waitFor(),
  }
}

const update = { added: 0, updated: 0, removed: 0, displaced: 0, skipped: 0 }

test('a first import without a network needs no chunk of the page', async ({
  context,
  allSources,
  folder,
}) => {
  const page = await context.newPage()
  const chunks = ['graph-reading', 'google-client', 'people-contact-source', 'export-source'].map((name) =>
    page.waitForResponse((response) => response.url().includes(`/${name}-`)),
  )
  await page.goto(`${allSources.address}#settings`)
  for (const response of await Promise.all(chunks)) await response.finished()
  await context.setOffline(true)
  const { choose, counts } = opened(page)
  const path = join(folder, 'contacts.csv')
  await writeFile(path, latin(table('Zoë', 'Grace')))
  await choose(fileWords.commands.signIn, path)
  await counts(2)
})

test('chosen and dropped files are imported and read again, and one that changed is told with its date', async ({
  context,
  allSources,
  folder,
}) => {
  const page = await settingsOf(context, allSources)
  const { card, button, choose, drop, counts, tells } = opened(page)
  const path = join(folder, 'contacts.csv')
  await writeFile(path, latin(table('Zoë', 'Grace')))
  await utimes(path, written, written)
  await card.getByText(fileWords.formats).waitFor()
  await button(commands.signIn).waitFor({ state: 'detached' })
  await choose(fileWords.commands.signIn, path)
  await counts(2)
  await card.getByText('contacts.csv').waitFor()
  await page.evaluate(() => (location.hash = 'contacts'))
  await page.getByText('Zoë Lovelace').first().waitFor()
  await page.evaluate(() => (location.hash = 'settings'))

  await button(commands.refresh).click()
  await card.getByText(lastUpdate(update)).waitFor()

  await writeFile(path, latin(table('Zoë', 'Grace', 'Hedy')))
  await button(commands.refresh).click()
  await tells('The file “\u2068contacts.csv\u2069”, last changed ')
  await tells(words.time(written.toISOString()))
  await counts(2)
  await choose(fileWords.commands.restart, path)
  await counts(3)
  await card.getByText(marks.upToDate).waitFor()

  await drop(
    'cards.vcf',
    utf16('BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Łucja Nowak\r\nTEL:+48 22 555 0100\r\nEND:VCARD\r\n'),
  )
  await counts(1)
  await card.getByText('cards.vcf').waitFor()

  await page.reload()
  await counts(1)
  await button(commands.refresh).click()
  await tells('the page was loaded again')
  await counts(1)

  await button(fileWords.commands.signOut).click()
  await page.getByRole('dialog').getByRole('button', { name: fileWords.commands.signOut }).click()
  await page.getByText(fileWords.done).first().waitFor()
})

test('a file that is no list of contacts is refused with a sentence of its own', async ({
  context,
  allSources,
}) => {
  const page = await settingsOf(context, allSources)
  const { card, drop, tells, button } = opened(page)
  await card.waitFor()
  for (const [name, bytes, sentence] of [
    ['program.csv', Buffer.from([0x4d, 0x5a, 0x90, 0, 3, 0]), 'is not a text'],
    ['page.csv', Buffer.from('<!DOCTYPE html><title>Contacts</title>'), 'is a web page or another document'],
    ['empty.csv', Buffer.from(''), 'is empty'],
    ['head.csv', Buffer.from(head), 'has no contacts in it'],
    ['bank.csv', Buffer.from('Date,Amount,Company\r\n1,2,3\r\n'), 'has no columns that look like contacts'],
  ] as const) {
    await drop(name, bytes)
    await tells(`The file “\u2068${name}\u2069” ${sentence}`)
    await button(fileWords.commands.restart).waitFor()
  }
})

test('of several files, one that is no list of contacts is named, and the others are imported', async ({
  context,
  allSources,
  folder,
}) => {
  const page = await settingsOf(context, allSources)
  const { card, choose, counts } = opened(page)
  const [list, bank] = [join(folder, 'contacts.csv'), join(folder, 'bank.csv')]
  await writeFile(list, table('Ada'))
  await writeFile(bank, 'Date,Amount,Company\r\n1,2,3\r\n')
  await choose(fileWords.commands.signIn, bank, list)
  await counts(1)
  await card.locator('details').getByText(words.settings.skipped(1)).click()
  await card
    .getByText(words.settings.skippedFile(words.skips['file-unknown-columns'](1), 'bank.csv'))
    .waitFor()
})

test('a folder is dropped with its lists of contacts, and one that has none is told', async ({
  context,
  allSources,
  folder,
}) => {
  const page = await settingsOf(context, allSources)
  const { card, counts, tells } = opened(page)
  const session = await context.newCDPSession(page)
  const dropFolder = async (path: string) => {
    const { x = 0, y = 0 } = (await card.boundingBox()) ?? {}
    const data = { items: [], files: [path], dragOperationsMask: 1 }
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
      await session.send('Input.dispatchDragEvent', { type, x: x + 20, y: y + 20, data })
  }
  const [exported, empty] = [join(folder, 'exported'), join(folder, 'empty')]
  await mkdir(join(exported, 'inside'), { recursive: true })
  await mkdir(empty)
  for (let index = 0; index < 120; index++) {
    const name = `Ada ${index}`
    await writeFile(join(exported, `${index}.VCF`), `BEGIN:VCARD\nFN:${name}\nTEL:${index}\nEND:VCARD`)
  }
  await writeFile(join(exported, 'more.csv'), table('Grace'))
  await writeFile(join(exported, 'notes.txt'), table('Hedy'))
  await writeFile(join(exported, 'inside', 'contacts.csv'), table('Hedy'))

  await card.waitFor()
  await dropFolder(exported)
  await counts(121)
  await dropFolder(empty)
  await tells('could not be read')
  await counts(121)
})

test('Outlook and Microsoft exclude each other in two tabs, and each says why', async ({
  context,
  allSources,
  folder,
}) => {
  const [page, other] = [await context.newPage(), await context.newPage()]
  for (const tab of [page, other]) await tab.goto(`${allSources.address}#settings`)
  const outlook = opened(page)
  const microsoft = other.locator('section[data-source=microsoft365]')
  const path = join(folder, 'contacts.csv')
  await writeFile(path, table('Ada'))

  await outlook.choose(fileWords.commands.signIn, path)
  const button = microsoft.getByRole('button', { name: signInWith.microsoft365 })
  await microsoft.getByText('Your contacts already come from the Outlook app.').waitFor()
  await microsoft.getByText(fileWords.steps.signOut).waitFor()
  expect(await button.getAttribute('aria-disabled')).toBe('true')
  await button.focus()
  await other.keyboard.press('Enter')
  expect(await button.evaluate((element) => element.matches(':focus'))).toBe(true)
  const reason = await button.evaluate((element) => {
    const root = element.getRootNode() as ShadowRoot
    return root.getElementById(element.getAttribute('aria-describedby') ?? '')?.textContent
  })
  expect(reason).toContain('would duplicate them')
  expect(context.pages()).toHaveLength(2)

  await outlook.button(fileWords.commands.signOut).click()
  await page.getByRole('dialog').getByRole('button', { name: fileWords.commands.signOut }).click()
  await other.locator('[data-command=signIn][aria-disabled=false]', { hasText: 'Microsoft' }).waitFor()
  const [tab] = await Promise.all([other.waitForEvent('popup'), button.click()])
  await decide(tab, 'accept')
  await microsoft.locator('.count').waitFor()

  await outlook.card.getByText('Your contacts already come from Microsoft 365.').waitFor()
  await rm(path)
  await outlook.drop('contacts.csv', Buffer.from(table('Ada')))
  await outlook.card.getByRole('alert').waitFor()
  expect(await outlook.card.locator('.count').count()).toBe(0)
})

import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { sampleContacts } from '../../src/testing/sample-contacts.ts'
import { ScriptedSource } from '../../src/testing/scripted-source.ts'
import { list } from '../core/scripted-steps.ts'
import { heard } from './mount.ts'
import { button, expectAccessible, openSettings, text } from './settings-page.ts'

const openWithFile = async () => {
  const source = new ScriptedSource('outlook')
  const chosen: string[][] = []
  const outlookFile = { choose: (files: readonly File[]) => void chosen.push(files.map(({ name }) => name)) }
  const opened = await openSettings({ sources: [source], properties: { outlookFile } })
  const card = () => {
    const found = opened.element.shadowRoot?.querySelector('section')
    if (!found) throw new Error('there is no card')
    return found
  }
  /** What the browser does when a person drags files here and lets go. */
  const drag = (type: string, target: Element, dataTransfer: DataTransfer) => {
    const event = new DragEvent(type, { dataTransfer, bubbles: true, composed: true, cancelable: true })
    target.dispatchEvent(event)
    return event
  }
  return { ...opened, source, chosen, card, drag }
}

const transferOf = (...names: readonly string[]): DataTransfer => {
  const transfer = new DataTransfer()
  for (const name of names) transfer.items.add(new File(['First Name'], name))
  return transfer
}

test('a file is chosen by keyboard in the dialog of the browser, and no one is asked to sign in', async () => {
  const { source, chosen, card } = await openWithFile()
  await expectAccessible()
  await expect.element(button('Choose a file')).toHaveAccessibleDescription(/table \(\.csv\) or vCards/)
  const input = card().querySelector('input')
  let dialogs = 0
  input?.addEventListener('click', (event) => {
    event.preventDefault()
    dialogs++
  })
  ;(button('Choose a file').element() as HTMLElement).focus()
  await userEvent.keyboard('{Enter}')
  expect([dialogs, chosen]).toEqual([1, []])
  if (input) input.files = transferOf('contacts.csv').files
  input?.dispatchEvent(new Event('change'))
  expect(chosen).toEqual([['contacts.csv']])

  const person = await source.signIns.next()
  await expect.element(text('Opening the file')).toBeVisible()
  await expectAccessible()
  await person.grant()
  await list(await source.fetches.next(), sampleContacts(3))
  await expect.element(text('3 contacts')).toBeVisible()
  await expect.element(page.getByText(/sign/i)).not.toBeInTheDocument()
  await expectAccessible()
})

test('a drop on the card is a choice, and one beside it does not leave the page', async () => {
  const { element, chosen, card, drag } = await openWithFile()
  const commands = heard('contacts-command')
  const files = transferOf('a.vcf', 'b.vcf')
  expect(drag('dragover', card(), files).defaultPrevented).toBe(true)
  await element.updateComplete
  expect(card().classList.contains('over')).toBe(true)
  drag('drop', card(), files)
  await element.updateComplete
  expect(card().classList.contains('over')).toBe(false)
  expect(chosen).toEqual([['a.vcf', 'b.vcf']])
  expect(commands).toEqual([{ command: 'signIn', source: 'outlook' }])

  const heading = element.shadowRoot?.querySelector('h2') ?? element
  expect(drag('drop', heading, files).defaultPrevented).toBe(true)
  const words = new DataTransfer()
  words.setData('text/plain', 'words')
  expect(drag('dragover', card(), words).defaultPrevented).toBe(false)
  expect(chosen).toHaveLength(1)
})

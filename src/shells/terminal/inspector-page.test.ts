import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { openInspectorPage } from './inspector-page.ts'
import { Interruption } from './interruption.ts'
import { Output } from './output/output.ts'
import type { OpenedBook, TerminalParts } from './parts.ts'

const opened = {} as OpenedBook

const scene = ({ isTTY = true, json = false } = {}) => {
  const stream = Object.assign(new PassThrough(), { isTTY, columns: 80 })
  const signals = new Map<string, () => void>()
  const interruption = new Interruption({
    on: (signal, listener) => signals.set(signal, listener),
    exit: () => undefined,
  })
  const served: unknown[] = []
  const events: string[] = []
  const parts: Pick<TerminalParts, 'servePage' | 'openBrowser'> = {
    servePage: async (_, { view }) => {
      served.push(view)
      return { address: 'http://localhost:1/open/x', close: async () => void events.push('closed') }
    },
    openBrowser: async (address) => {
      events.push(`opened ${address}`)
      return true
    },
  }
  const output = new Output({ stdout: stream, stderr: stream, json, term: 'xterm' })
  const open = () =>
    openInspectorPage(
      { options: { country: 'US' }, output, interruption, parts } as unknown as Parameters<
        typeof openInspectorPage
      >[0],
      opened,
    )
  const printed = () => (stream.read() as Buffer | null)?.toString() ?? ''
  return { open, served, events, printed, press: () => signals.get('SIGINT')?.() }
}

test('for a person, the page opens at its view, and stays after the command until Ctrl-C', async () => {
  const { open, served, events, printed, press } = scene()
  const page = await open()
  expect(served).toEqual(['inside'])
  const staying = page.stay().then(() => events.push('over'))
  expect(printed()).toMatch(/localhost:1\/open\/x[^]*until you press Ctrl-C/)
  expect(events).toEqual(['opened http://localhost:1/open/x'])
  press()
  await staying
  await page.close()
  expect(events.slice(1)).toEqual(['over', 'closed'])
})

test.each([
  ['a script', { isTTY: false }],
  ['a program that reads JSON', { json: true }],
])('for %s, the page ends with the command', async (_, options) => {
  const { open, printed } = scene(options)
  const page = await open()
  await page.stay()
  expect(printed()).toContain('http://localhost:1/open/x')
})

test('after Ctrl-C, nothing stays', async () => {
  const { open, press, printed } = scene()
  const page = await open()
  const first = page.stay()
  press()
  await first
  printed()
  await page.stay()
  expect(printed()).toBe('')
})

test('a program that reads JSON gets no browser', async () => {
  const { open, events } = scene({ json: true })
  await open()
  expect(events).toEqual([])
})

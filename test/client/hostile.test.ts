import { setImmediate } from 'node:timers/promises'
import { MessageChannel } from 'node:worker_threads'
import type { MessagePort } from 'node:worker_threads'
import { afterEach, describe, expect, test } from 'vitest'
import { BookDisconnected, connectBook, ImportFailure, serveBook } from '../../src/index.ts'
import { sampleContacts } from '../../src/testing/sample-contacts.ts'
import { Device, importAll } from '../core/device.ts'

const ports: MessagePort[] = []
const channel = () => {
  const { port1, port2 } = new MessageChannel()
  ports.push(port1, port2)
  return [port1, port2] as const
}
afterEach(() => {
  for (const port of ports.splice(0)) port.close()
})

/** The messages that come to a port. */
const received = (port: MessagePort) => {
  const messages: unknown[] = []
  port.on('message', (message) => messages.push(message))
  return messages
}

const noCalls = [
  ['nothing', null],
  ['a number', 7],
  ['a text', 'rows'],
  ['an array', [1, 2, 3]],
  ['an object of another type', { type: 'other' }],
  ['a call without an id', { type: 'call', name: 'find', parameters: ['a', 1] }],
  ['a call with an id that is no number', { type: 'call', id: {}, name: 'find', parameters: ['a', 1] }],
  ['a call of what is no call', { type: 'call', id: 1, name: 'close', parameters: [] }],
  ['a call of what every object has', { type: 'call', id: 1, name: 'constructor', parameters: [] }],
  ['a call of a prototype', { type: 'call', id: 1, name: '__proto__', parameters: [] }],
  ['a call without parameters', { type: 'call', id: 1, name: 'refreshAll' }],
  ['a greeting of another protocol', { type: 'hello', protocol: 99 }],
] as const

const wrongParameters = [
  ['rows', []],
  ['rows', [1, -1, 5]],
  ['rows', [1, 0.5, 5]],
  ['rows', [1, NaN, 5]],
  ['rows', ['1', 0, 5]],
  ['rows', [1, 0, 5, 6]],
  ['find', [{ toString: 'x' }, 5]],
  ['find', ['a', Infinity]],
  ['find', ['x'.repeat(100_000), 5]],
  ['whois', [null]],
  ['contact', [{ key: 'x' }]],
  ['held', ['imap']],
  ['held', ['microsoft365', -5]],
  ['changes', ['__proto__']],
  ['run', ['deleteEverything', 'microsoft365']],
  ['run', ['close', 'microsoft365']],
  ['run', ['signOut', 'imap']],
  ['refreshAll', [1]],
] as const

describe('a book that is served', () => {
  test.each(noCalls)('ignores %s', async (_what, message) => {
    const { book } = await new Device().open()
    const [here, there] = channel()
    const diagnosed: unknown[] = []
    serveBook(book, here, { diagnose: (error) => diagnosed.push(error) })
    const answers = received(there)
    there.postMessage(message)
    there.postMessage({ type: 'call', id: 2, name: 'find', parameters: ['a', 1] })
    await expect.poll(() => answers).toEqual([{ type: 'answer', id: 2, value: [] }])
    expect(diagnosed).toEqual([])
  })

  test.each(wrongParameters)('refuses %s with the parameters %o', async (name, parameters) => {
    const { book } = await new Device().open()
    const [here, there] = channel()
    serveBook(book, here)
    const answers = received(there)
    there.postMessage({ type: 'call', id: 5, name, parameters })
    await expect.poll(() => answers).toEqual([{ type: 'error', id: 5, error: { kind: 'parameters' } }])
    expect(book.history.get()).toEqual([])
  })

  test('answers at most so many calls at once, and goes on afterwards', async () => {
    const { book, source } = await new Device().open()
    await importAll({ book, source }, sampleContacts(50))
    const [here, there] = channel()
    serveBook(book, here)
    const answers = received(there)
    for (let id = 0; id < 5_000; id++)
      there.postMessage({ type: 'call', id, name: 'find', parameters: ['contact', 1] })
    await expect.poll(() => answers.length).toBe(5_000)
    const errors = answers.filter((answer) => (answer as { type: string }).type === 'error')
    for (const error of errors) expect(error).toMatchObject({ error: { kind: 'busy' } })
    there.postMessage({ type: 'call', id: 9_000, name: 'find', parameters: ['contact', 1] })
    await expect.poll(() => answers.at(-1)).toMatchObject({ type: 'answer', id: 9_000 })
  })

  test('sends the code of an error and nothing else of it', async () => {
    const { book } = await new Device().open()
    const secret = new Error('Ann Lee, +1 206 555 0100')
    book.refreshAll = () => Promise.reject(secret)
    const [here, there] = channel()
    const diagnosed: unknown[] = []
    serveBook(book, here, { diagnose: (error) => diagnosed.push(error) })
    const answers = received(there)
    there.postMessage({ type: 'call', id: 1, name: 'refreshAll', parameters: [] })
    await expect.poll(() => answers.length).toBe(1)
    expect(JSON.stringify(answers)).not.toContain('Ann')
    expect(diagnosed).toEqual([secret])
  })

  test('stops when its port closes', async () => {
    const { book, source } = await new Device().open()
    const [here, there] = channel()
    serveBook(book, here)
    there.close()
    await importAll({ book, source }, sampleContacts(5))
    expect(book.contacts.get()).toHaveLength(5)
  })
})

const views = {
  type: 'views',
  views: { accounts: [], progress: {}, list: { version: 0, count: 0, sections: [], status: {} } },
}

describe('a client', () => {
  /** A client, and the other side of its port. */
  const connected = async () => {
    const [here, there] = channel()
    const sent = received(there)
    const connecting = connectBook(here)
    await expect.poll(() => sent).toEqual([{ type: 'hello', protocol: 1 }])
    there.postMessage({ ...views, views: { accounts: 'none' } })
    there.postMessage({ type: 'views' })
    there.postMessage(views)
    return { client: await connecting, there, sent }
  }

  test.each([
    ['an answer that was not asked for', { type: 'answer', id: 77, value: [] }],
    [
      'an error with an unknown code',
      { type: 'error', id: 1, error: { kind: 'failure', code: 'x', details: {}, left: null } },
    ],
    ['an error that is a text', { type: 'error', id: 1, error: 'Ann Lee' }],
    ['a view with a wrong shape', { type: 'view', name: 'list', value: { version: 'x' } }],
    ['a view of another name', { type: 'view', name: '__proto__', value: {} }],
    ['nothing', null],
  ])('ignores %s', async (_what, message) => {
    const { client, there } = await connected()
    const found = client.find('a', 5)
    there.postMessage(message)
    there.postMessage({ type: 'answer', id: 1, value: ['hit'] })
    expect(await found).toEqual(['hit'])
    expect(client.list.get()).toEqual(views.views.list)
  })

  test('rejects with the code that the other side sent', async () => {
    const { client, there } = await connected()
    const found = client.refreshAll()
    const error = { kind: 'failure', code: 'storage-full', details: { status: 5 }, left: null }
    there.postMessage({ type: 'error', id: 1, error })
    const received: unknown = await found.catch((error: unknown) => error)
    expect(received).toBeInstanceOf(ImportFailure)
    expect(received).toMatchObject({ code: 'storage-full', details: { status: 5 } })
  })

  test('rejects what cannot be sent', async () => {
    const { client } = await connected()
    await expect(client.find(Symbol('a') as unknown as string, 5)).rejects.toThrow(TypeError)
  })

  test.each([
    ['closes the port', (there: MessagePort) => there.close()],
    ['ends the service', (there: MessagePort) => there.postMessage({ type: 'closed' })],
  ])('rejects what waits when the other side %s', async (_how, end) => {
    const { client, there } = await connected()
    const found = client.find('a', 5)
    let isComplete = false
    client.list.subscribe({ complete: () => (isComplete = true) })
    end(there)
    await expect(found).rejects.toThrow(BookDisconnected)
    await expect(client.find('a', 5)).rejects.toThrow(BookDisconnected)
    expect(isComplete).toBe(true)
  })

  test('does not connect to a port that closes', async () => {
    const [here, there] = channel()
    const connecting = connectBook(here)
    await setImmediate()
    there.close()
    await expect(connecting).rejects.toThrow(BookDisconnected)
  })
})

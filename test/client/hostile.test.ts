import { setImmediate } from 'node:timers/promises'
import { MessageChannel } from 'node:worker_threads'
import type { MessagePort } from 'node:worker_threads'
import { Observable } from 'rxjs'
import { afterEach, describe, expect, test } from 'vitest'
import { BookDisconnected, connectBook, ImportFailure, serveBook } from '../../src/index.ts'
import type { ProgressBySource } from '../../src/index.ts'
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

/** What comes to a port of a client that reads it. */
const answersTo = (port: MessagePort) => {
  const answers: unknown[] = []
  port.on('message', (message: { type: string }) => {
    if (message.type === 'ping') port.postMessage({ ...message, type: 'pong' })
    else answers.push(message)
  })
  return answers
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
  ['a pong that was not asked for', { type: 'pong', token: 0 }],
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
  ['locate', ['a']],
  ['locate', [['a', 1]]],
  ['locate', [Array.from({ length: 501 }, () => 'a')]],
  ['whois', [null]],
  ['contact', [{ key: 'x' }]],
  ['held', ['imap']],
  ['held', ['microsoft365', -5]],
  ['changes', ['__proto__']],
  ['run', ['deleteEverything', 'microsoft365']],
  ['run', ['close', 'microsoft365']],
  ['run', ['signOut', 'imap']],
  ['refreshAll', [1]],
  ['events', []],
  ['events', [-1]],
  ['events', ['0']],
  ['events', [0, Infinity]],
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

  test('answers no more calls than it can, and goes on afterwards', async () => {
    const { book, source } = await new Device().open()
    await importAll({ book, source }, sampleContacts(50))
    const [here, there] = channel()
    serveBook(book, here)
    const answers = answersTo(there)
    for (let id = 0; id < 5_000; id++)
      there.postMessage({ type: 'call', id, name: 'find', parameters: ['contact', 1] })
    await expect.poll(() => answers.length).toBe(5_000)
    const errors = answers.filter((answer) => (answer as { type: string }).type === 'error')
    expect(errors.length).toBeGreaterThan(0)
    for (const error of errors) expect(error).toMatchObject({ error: { kind: 'busy' } })
    there.postMessage({ type: 'call', id: 9_000, name: 'find', parameters: ['contact', 1] })
    await expect.poll(() => answers.at(-1)).toMatchObject({ type: 'answer', id: 9_000 })
  })

  /** A served book whose photos count as begun, and never come. */
  const slow = async () => {
    const { book } = await new Device().open()
    const [here, there] = channel()
    const begun: string[] = []
    book.photo = (key) => {
      begun.push(key)
      return new Promise(() => undefined)
    }
    const served = serveBook(book, here)
    const ask = (count: number) => {
      for (let id = 0; id < count; id++)
        there.postMessage({ type: 'call', id, name: 'photo', parameters: [`k${id}`] })
    }
    return { there, begun, ask, served }
  }
  const isPing = (message: unknown) => (message as { type: string }).type === 'ping'

  test('begins one call in each turn of the event loop, in order', async () => {
    const { there, begun, ask } = await slow()
    const answers = answersTo(there)
    const begunIn: number[] = []
    let isOver = false
    const turns = async () => {
      for (let before = 0; !isOver; before = begun.length) {
        await setImmediate()
        begunIn.push(begun.length - before)
      }
    }
    const counted = turns()
    ask(1_000)
    await expect.poll(() => begun.length + answers.length).toBe(1_000)
    isOver = true
    await counted
    // A message that finds nothing waiting begins its call itself.
    expect(Math.max(...begunIn)).toBeLessThanOrEqual(2)
    expect(begun.slice(0, 100)).toEqual(Array.from({ length: 100 }, (_, id) => `k${id}`))
  })

  test('begins no more calls while the client does not read', async () => {
    const { there, begun, ask } = await slow()
    const messages = received(there)
    ask(100)
    await expect.poll(() => messages).toEqual([{ type: 'ping', token: expect.any(Number) as number }])
    there.postMessage({ type: 'pong', token: 0 })
    // Another call shows that the token was read: it is refused only because the others still wait.
    ask(101)
    await expect.poll(() => messages.length).toBeGreaterThan(1)
    expect(begun).toHaveLength(16)
    there.postMessage({ ...(messages[0] as object), type: 'pong' })
    await expect.poll(() => messages.filter(isPing)).toHaveLength(2)
    expect(begun).toHaveLength(32)
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

  test('answers each call, also if its answer or its error cannot be sent', async () => {
    const { book } = await new Device().open()
    const [here, there] = channel()
    const diagnosed: unknown[] = []
    serveBook(book, here, { diagnose: (error) => diagnosed.push(error) })
    const answers = answersTo(there)
    const ask = async (id: number) => {
      there.postMessage({ type: 'call', id, name: 'refreshAll', parameters: [] })
      await expect.poll(() => answers.at(-1)).toMatchObject({ id })
      return answers.at(-1)
    }
    const internal = { kind: 'failure', code: 'internal', details: {}, left: null }
    book.refreshAll = () => Promise.resolve([() => 1] as never)
    expect(await ask(1)).toEqual({ type: 'error', id: 1, error: internal })
    expect(diagnosed).toMatchObject([{ name: 'DataCloneError' }])
    const details = { requestId: undefined, status: 503, cause: { code: 5 } }
    book.refreshAll = () => Promise.reject(new ImportFailure('offline', details as never))
    expect(await ask(2)).toMatchObject({ error: { code: 'offline' } })
    expect((answers.at(-1) as { error: { details: object } }).error.details).toStrictEqual({ status: 503 })
    book.refreshAll = () => Promise.reject(new TypeError('x is undefined'))
    expect(await ask(3)).toEqual({ type: 'error', id: 3, error: internal })
  })

  test('says that a command for a source without an adapter has wrong parameters', async () => {
    const { book } = await new Device().open()
    const [here, there] = channel()
    serveBook(book, here)
    const client = await connectBook(there)
    await expect(client.run('refresh', 'google')).rejects.toThrow(TypeError)
  })

  test.each([
    ['its port closes', (port: MessagePort) => port.close()],
    ['its client says that it ends', (port: MessagePort) => port.postMessage({ type: 'bye' })],
  ])('stops when %s', async (_how, end) => {
    const { book, source } = await new Device().open()
    const subscribers = { now: 0 }
    const { progress } = book
    const counted = new Observable<ProgressBySource>((subscriber) => {
      subscribers.now++
      const subscription = progress.subscribe(subscriber)
      return () => {
        subscribers.now--
        subscription.unsubscribe()
      }
    })
    const value = Object.assign(counted, { get: () => progress.get() })
    Object.defineProperty(book, 'progress', { value })
    const [here, there] = channel()
    serveBook(book, here)
    const messages = received(there)
    there.postMessage({ type: 'hello', protocol: 1 })
    await expect.poll(() => messages).toHaveLength(1)
    expect(subscribers.now).toBe(1)
    end(there)
    await expect.poll(() => subscribers.now).toBe(0)
    await importAll({ book, source }, sampleContacts(5))
    expect(book.contacts.get()).toHaveLength(5)
    expect(messages).toHaveLength(1)
  })
})

const views = {
  type: 'views',
  views: {
    accounts: [],
    progress: {},
    list: { version: 0, count: 0, sections: [], status: {} },
    position: 0,
  },
}

describe('a client', () => {
  /** A client, and the other side of its port. */
  const connected = async () => {
    const [here, there] = channel()
    const sent = received(there)
    const connecting = connectBook(here)
    await expect.poll(() => sent).toEqual([{ type: 'hello', protocol: 1 }])
    there.postMessage({ ...views, views: { accounts: [] } })
    there.postMessage({ type: 'views' })
    there.postMessage(views)
    return { client: await connecting, there, sent }
  }

  test.each([
    ['an answer that was not asked for', { type: 'answer', id: 77, value: [] }],
    ['an error that was not asked for', { type: 'error', id: 77, error: 'Ann Lee' }],
    ['a message of another on the same channel', { type: 'other', id: 1 }],
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

  test.each([
    ['an unknown code', { kind: 'failure', code: 'x', details: {}, left: null }],
    ['details of another shape', { kind: 'failure', code: 'offline', details: { a: {} }, left: null }],
    ['nothing but a text', 'Ann Lee'],
  ])('rejects a call whose error has %s', async (_what, error) => {
    const { client, there } = await connected()
    const found = client.find('a', 5)
    there.postMessage({ type: 'error', id: 1, error })
    await expect(found).rejects.toThrow(new ImportFailure('internal'))
  })

  test('says that it reads, and that it ends', async () => {
    const { client, there, sent } = await connected()
    there.postMessage({ type: 'ping', token: 0.5 })
    await expect.poll(() => sent).toHaveLength(2)
    client.close()
    client.close()
    await expect.poll(() => sent.slice(1)).toEqual([{ type: 'pong', token: 0.5 }, { type: 'bye' }])
    await expect(client.find('a', 5)).rejects.toThrow(BookDisconnected)
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

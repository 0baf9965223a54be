import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createActor, fromTransition } from 'xstate'
import { openContactBook } from '../../index.ts'
import { sampleContact } from '../../testing/sample-contacts.ts'
import { ScriptedSource } from '../../testing/scripted-source.ts'
import { memoryVault } from '../keys/memory-vault.ts'
import { memoryLocks } from '../locks/memory/memory-locks.ts'
import { memoryStore } from '../stores/memory/memory-store.ts'
import { systemClock } from '../system/system-clock.ts'
import { statelyInspector } from './stately-inspector.node.ts'

interface Server {
  readonly clients: Set<{ terminate(): void; pause(): void }>
  on(
    event: 'connection',
    listener: (socket: { on(event: 'message', listener: (data: Buffer) => void): void }) => void,
  ): void
  on(event: 'listening', listener: () => void): void
  address(): AddressInfo
  close(): void
}
const { WebSocketServer } = createRequire(createRequire(import.meta.url).resolve('@statelyai/inspect'))(
  'ws',
) as {
  WebSocketServer: new (options: { port: number; host: string }) => Server
}

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** A listener at the other end that records everything it is sent. */
const listen = async () => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  closing.push(() => server.close())
  const received: string[] = []
  server.on('connection', (socket) => socket.on('message', (data) => received.push(data.toString())))
  await new Promise<void>((resolve) => server.on('listening', resolve))
  return { server, received, url: `ws://127.0.0.1:${server.address().port}` }
}

const person = { id: 'tenant-7.object-9', username: 'ada@example.test', name: 'Ada Lovelace' }
const token = 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZGEifQ.'
const friend = sampleContact('AAMkContactId', {
  name: { full: 'Grace Hopper' },
  emails: [{ address: 'grace@example.test' }],
  phones: [{ kind: 'mobile', value: '+1 555 0100' }],
})

describe('the connected inspector', () => {
  it('is sent the states and counts of an import, and no contact, account, cursor or token', async () => {
    const { received, url } = await listen()
    const { inspect, stop } = await statelyInspector({ url })
    const source = new ScriptedSource()
    const store = { events: memoryStore(), locks: memoryLocks(), keys: memoryVault() }
    const book = await openContactBook({ store, sources: [source], clock: systemClock, inspect })

    const started = await book.signIn('microsoft365')
    await (await source.signIns.next()).grant(person)
    const fetch = await source.fetches.next()
    await fetch.emit({ type: 'contacts.counted', count: 1 })
    const skipped = [{ reason: 'no-id', field: 'grace@example.test' }] as const
    await fetch.emit({
      type: 'page.fetched',
      contacts: [friend],
      skipped,
      cursor: `page?$skiptoken=${token}`,
    })
    void fetch.emit({ type: 'listing.finished', cursor: `delta?$deltatoken=${token}`, verified: true })
    expect(await book.outcome(started.ok ? started.attempt : '')).toMatchObject({ state: 'imported' })
    await book.close()
    await stop()

    const sent = received.join('\n')
    for (const type of ['attempt.requested', 'consent.granted', 'page.fetched', 'attempt.completed']) {
      expect(sent).toContain(`"type":"${type}"`)
    }
    expect(sent).toMatch(/"value":"imported"/)
    expect(sent).toMatch(/"page":1,"contacts":1|"contacts":1,"page":1/)
    expect(sent).toMatch(/"accountKey":"[\w-]{43}"/)
    // Long enough that no random id or time contains them.
    expect(sent).not.toMatch(
      /lovelace|grace|hopper|example\.test|555.?0100|AAMkContact|eyJhbG|skiptoken|deltatoken/i,
    )
    expect(sent).not.toMatch(/object-9|tenant-7/i)
  })

  it('is sent nothing that was put into an event, an input or an output', async () => {
    const { received, url } = await listen()
    const { inspect, stop } = await statelyInspector({ url })
    const hostile = fromTransition((_, event: { type: string }) => event, { type: token })
    const actor = createActor(hostile, { id: token, input: { token }, inspect }).start()
    actor.send(Object.assign({ type: 'page.fetched' }, { payload: { contacts: [friend] }, attempt: token }))
    await stop()
    expect(received.length).toBeGreaterThan(3)
    expect(received.join()).toContain('"type":"page.fetched"')
    expect(received.join()).not.toMatch(/eyJhbG|grace|hopper|payload/i)
  })

  it('sends nothing after the stop, and a second stop does nothing', async () => {
    const { server, received, url } = await listen()
    const { inspect, stop } = await statelyInspector({ url })
    const book = await openContactBook({
      store: { events: memoryStore(), locks: memoryLocks(), keys: memoryVault() },
      sources: [new ScriptedSource()],
      clock: systemClock,
      inspect,
    })
    await stop()
    await vi.waitFor(() => expect(server.clients.size).toBe(0), 60_000)
    const before = received.length
    await book.signIn('microsoft365')
    await stop()
    await book.close()
    expect(received.length).toBe(before)
  })

  it('continues if the other end disappears, and can still be stopped', async () => {
    const { server, url } = await listen()
    const { inspect, stop } = await statelyInspector({ url })
    for (const client of server.clients) client.terminate()
    const book = await openContactBook({
      store: { events: memoryStore(), locks: memoryLocks(), keys: memoryVault() },
      sources: [new ScriptedSource()],
      clock: systemClock,
      inspect,
    })
    expect(await book.signIn('microsoft365')).toMatchObject({ ok: true })
    await book.close()
    await stop()
  })

  it('stops soon, even if the other end never closes the connection', { timeout: 20_000 }, async () => {
    const { server, url } = await listen()
    const { stop } = await statelyInspector({ url })
    await vi.waitFor(() => expect(server.clients.size).toBe(1), 60_000)
    for (const client of server.clients) client.pause()
    await stop()
    for (const client of server.clients) client.terminate()
  })

  it('fails immediately if no program listens, or if the program is not an inspector', async () => {
    const { server, url } = await listen()
    await new Promise<void>((resolve) => {
      server.close()
      resolve()
    })
    await expect(statelyInspector({ url })).rejects.toMatchObject({ code: 'nobody-listens' })
    await expect(statelyInspector({ url: 'no address' })).rejects.toMatchObject({ code: 'nobody-listens' })

    const stranger = createServer((socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n'))
    await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve))
    closing.push(() => stranger.close())
    const { port } = stranger.address() as AddressInfo
    const refused = statelyInspector({ url: `ws://127.0.0.1:${port}` })
    await expect(refused).rejects.toThrow(/server/)
  })

  it('says which package is missing', async () => {
    vi.doMock('@statelyai/inspect', () => {
      throw new Error("Cannot find package '@statelyai/inspect'")
    })
    closing.push(() => vi.doUnmock('@statelyai/inspect'))
    await expect(statelyInspector()).rejects.toThrow(/npm install @statelyai\/inspect/)
  })
})

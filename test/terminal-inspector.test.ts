import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect } from 'vitest'
import { test as it } from './temp-folder.ts'
import { ask } from './web/page-requests.ts'
import { records, run } from './terminal-command.ts'
import { start } from './terminal-process.ts'

interface Server {
  on(event: 'connection', listener: (socket: Connection) => void): void
  on(event: 'listening', listener: () => void): void
  address(): AddressInfo
  close(): void
}
interface Connection {
  on(event: 'message', listener: (data: Buffer) => void): void
}
const { WebSocketServer } = createRequire(createRequire(import.meta.url).resolve('@statelyai/inspect'))(
  'ws',
) as { WebSocketServer: new (options: { port: number; host: string }) => Server }

it('an inspector at the given address receives the events, and nothing about a contact or an account', async ({
  folder,
}) => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  await new Promise<void>((resolve) => server.on('listening', resolve))
  const received: string[] = []
  server.on('connection', (socket) => socket.on('message', (data) => received.push(data.toString())))
  const store = join(folder, 'contacts.db')
  const address = `--inspect=http://127.0.0.1:${server.address().port}`
  const ended = await run('import', '--contacts', '20', '--store', store, address)
  server.close()
  expect(ended.code).toBe(0)
  const sent = received.join('\n')
  expect(sent).toContain('attempt.completed')
  const texts = records(await run('list', '--store', store, '--json')).flatMap(({ sourceId, name }) => [
    String(sourceId),
    String(name),
  ])
  const personal = [...texts, folder, 'mira@sandbox', 'Lindqvist'].filter((text) => text.length > 5)
  expect(personal.length).toBeGreaterThan(30)
  expect(personal.filter((text) => sent.includes(text))).toEqual([])
})

it('an inspector that does not answer ends the command before it stores anything', async ({ folder }) => {
  const store = join(folder, 'contacts.db')
  const ended = await run('import', '--store', store, '--inspect=ws://127.0.0.1:1')
  expect(ended).toMatchObject({ code: 2, stdout: '' })
  expect(ended.stderr).toMatch(/inspector/i)
  expect(existsSync(store)).toBe(false)
})

it('without an address, a page of this machine shows the states and events of the command', async ({
  folder,
}) => {
  const store = join(folder, 'contacts.db')
  const program = start(
    'import',
    '--contacts',
    '20',
    '--store',
    store,
    '--inspect',
    '--latency',
    '500',
    '--json',
  )
  const [, address = ''] = await program.said(/at (http:\/\/localhost:\d+\/open\/\S+)/)
  const { origin, pathname } = new URL(address)
  expect((await ask(origin, '/config.json')).status).toBe(403)
  const { headers } = await ask(origin, pathname)
  const [cookie = ''] = String(headers['set-cookie']).split(';')
  const config = await ask(origin, '/config.json', { headers: { cookie } })
  expect(JSON.parse(config.text)).toMatchObject({ book: 'program', view: 'inside' })
  const ended = await program.ended
  expect(ended.code).toBe(0)
  expect(records(ended).at(-1)).toMatchObject({ state: 'imported' })
  await expect(ask(origin, '/')).rejects.toThrow()
})

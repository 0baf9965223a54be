import { EventEmitter, once } from 'node:events'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { newFolder } from './temp-folder.ts'

export type RingTrouble =
  | 'silent'
  | 'dead'
  | 'no bus'
  | 'locked'
  | 'slow'
  /** Answers once the trouble has ended. */
  | 'waits'
  | 'dies when it is given a key'
  | 'has a rival'
  | 'forgets'
  | 'cannot delete'

/** A process that uses the ring. */
export interface RingProcess {
  readonly argv: readonly string[]
  readonly execArgv: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** Resolves once the process has ended. */
  readonly ended: Promise<unknown>
}

/** A ring that shows a test all processes that use it. They load `fake-key-ring.fixture.mjs`. */
export const fakeKeyRing = async () => {
  const folder = await newFolder()
  const address = process.platform === 'win32' ? `\\\\.\\pipe\\${folder}` : join(folder, 'socket')
  const processes: RingProcess[] = []
  const begun = new EventEmitter()
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    // A process that is killed may reset the connection.
    socket.on('error', () => undefined)
    const ended = new Promise((resolve) => socket.once('close', resolve))
    let said = ''
    socket.setEncoding('utf8').on('data', (text: string) => {
      said += text
      if (!said.endsWith('\n')) return
      const known = JSON.parse(said) as Omit<RingProcess, 'ended'>
      const begins = { ...known, ended }
      processes.push(begins)
      begun.emit('process', begins)
      socket.write('go on')
    })
  }).listen(address)
  await once(server, 'listening')

  const module = new URL('fake-key-ring.fixture.mjs', import.meta.url)
  module.searchParams.set('folder', folder)
  module.searchParams.set('socket', address)
  const secrets = () => readdirSync(folder).filter((file) => /^[0-9a-f]{8,}$/.test(file))

  return {
    /** The module for `keyRingVault`. */
    module: module.href,
    /** All processes that have used the ring so far. */
    processes,
    /** The next process that uses the ring. */
    next: async (): Promise<RingProcess> => (await once(begun, 'process'))[0] as RingProcess,
    begin: (trouble: RingTrouble) => writeFileSync(join(folder, 'trouble'), trouble),
    end: () => rmSync(join(folder, 'trouble'), { force: true }),
    /** The secrets in the ring. */
    secrets: () => secrets().map((file) => readFileSync(join(folder, file))),
    put: (name: string, secret: Uint8Array) =>
      writeFileSync(join(folder, Buffer.from(name).toString('hex')), secret),
    empty: () => secrets().forEach((file) => rmSync(join(folder, file))),
    dispose: async () => {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

export type FakeKeyRing = Awaited<ReturnType<typeof fakeKeyRing>>

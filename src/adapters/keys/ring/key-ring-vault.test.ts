import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { newFolder } from '../../../../test/temp-folder.ts'
import { KeyVaultUnavailable } from '../../../ports/key-vault.ts'
import { keyVaultContract } from '../../../testing/contracts/key-vault-contract.ts'
import { type FakeKeyRing, fakeKeyRing } from '../../../../test/fake-key-ring.ts'
import { keyRingVault } from './key-ring-vault.ts'

const name = 'store/microsoft365/first'

keyVaultContract(
  'the key ring vault',
  async () => {
    const ring = await fakeKeyRing()
    const trouble = (kind: Parameters<typeof ring.begin>[0]) => ({
      begin: () => ring.begin(kind),
      end: ring.end,
    })
    return {
      open: () => keyRingVault(ring.module),
      troubles: {
        silent: trouble('silent'),
        locked: trouble('locked'),
        gone: trouble('no bus'),
        dead: trouble('dead'),
      },
      slowDown: () => ring.begin('slow'),
      empty: ring.empty,
      dispose: ring.dispose,
    }
  },
  { troubles: ['silent', 'locked', 'gone', 'dead'], slow: true, emptied: true },
)

let ring: FakeKeyRing
beforeEach(async () => {
  ring = await fakeKeyRing()
})
afterEach(async () => {
  vi.useRealTimers()
  vi.unstubAllEnvs()
  await ring.dispose()
})

const unavailable = (work: Promise<unknown>) => expect(work).rejects.toBeInstanceOf(KeyVaultUnavailable)

describe('a ring that does not answer', () => {
  it('is given up after 5 s, and its process is ended', async () => {
    ring.begin('silent')
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    let isSettled = false
    const answer = keyRingVault(ring.module).obtain(name)
    void answer.catch(() => undefined).then(() => (isSettled = true))
    const { ended } = await ring.next()
    await vi.advanceTimersByTimeAsync(4_999)
    expect(isSettled).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    await unavailable(answer)
    await ended
  })

  it('is given up as soon as its process dies', async () => {
    ring.begin('dead')
    // So that the time limit never passes.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    await unavailable(keyRingVault(ring.module).load(name))
  })

  // Here the library of the ring blocks its thread forever.
  it.skipIf(process.platform !== 'linux')('is also given up if the bus does not answer', async () => {
    const bus = join(await newFolder(), 'bus')
    const server = createServer().listen(bus)
    await once(server, 'listening')
    vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', `unix:path=${bus}`)
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const answer = keyRingVault().load(name)
    answer.catch(() => undefined)
    const [connection] = (await once(server, 'connection')) as [Socket]
    const ended = once(connection.resume(), 'close')
    await vi.advanceTimersByTimeAsync(5_000)
    await unavailable(answer)
    await ended
    server.close()
  })
})

describe('the process that speaks to the ring', () => {
  it('ends once it has answered', async () => {
    const asking = ring.next()
    await keyRingVault(ring.module).load(name)
    await (
      await asking
    ).ended
  })

  it('gets no key by arguments or environment, and only the variables that the ring needs', async () => {
    vi.stubEnv('NODE_OPTIONS', '--no-warnings')
    vi.stubEnv('SOME_TOKEN', 'secret')
    vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', 'unix:path=/nowhere')
    const asking = ring.next()
    await keyRingVault(ring.module).obtain(name)
    const { argv, execArgv, env } = await asking
    expect(argv).toHaveLength(2)
    expect(execArgv).toEqual([])
    expect(env['DBUS_SESSION_BUS_ADDRESS']).toBe('unix:path=/nowhere')
    expect(env['HOME']).toBe(process.env['HOME'])
    for (const other of ['NODE_OPTIONS', 'SOME_TOKEN', 'VITEST']) expect(env).not.toHaveProperty(other)
    const [secret] = ring.secrets()
    for (const encoding of ['hex', 'base64', 'base64url', 'latin1'] as const)
      expect(JSON.stringify([argv, env])).not.toContain(secret!.toString(encoding))
  })

  it('may be one of many, and none outlives its answer', async () => {
    const before = process.listenerCount('exit')
    const vault = keyRingVault(ring.module)
    const names = Array.from({ length: 12 }, (_, index) => `store/${index}`)
    const answers = names.map((name) => vault.load(name))
    // Node would warn of a leak if each of them added a listener.
    expect(process.listenerCount('exit')).toBe(before + 1)
    expect(await Promise.all(answers)).toEqual(names.map(() => null))
    expect(process.listenerCount('exit')).toBe(before)
    await Promise.all(ring.processes.map(({ ended }) => ended))
  })

  it('makes one key for all requests of this process', async () => {
    const vaults = [keyRingVault(ring.module), keyRingVault(ring.module)]
    await Promise.all(vaults.map((vault) => vault.obtain(name)))
    expect(ring.processes).toHaveLength(1)
    await vaults[0]!.obtain('store/other')
    expect(ring.processes).toHaveLength(2)
  })
})

describe('a process that asks a ring', () => {
  const program = fileURLToPath(new URL('parent.fixture.mjs', import.meta.url))
  let parent: ChildProcess
  const ask = async (...args: readonly string[]) => {
    ring.begin(args[0] === 'stay' ? 'waits' : 'silent')
    const asking = ring.next()
    parent = spawn(process.execPath, [program, ring.module, ...args], {
      stdio: ['pipe', 'ignore', 'inherit'],
      // Leads a process group of its own, to which a terminal sends Ctrl-C.
      detached: true,
    })
    return asking
  }
  afterEach(() => parent.kill('SIGKILL'))

  it.each(['SIGKILL', 'SIGINT', 'SIGTERM'] as const)(
    'leaves none behind when it is ended by %s',
    async (signal) => {
      const { ended } = await ask()
      const gone = once(parent, 'exit')
      parent.kill(signal)
      expect(await gone).toEqual([null, signal])
      await ended
    },
  )

  it.skipIf(process.platform === 'win32')(
    'gets its answer after a Ctrl-C that it takes as a wish to end well',
    async () => {
      await ask('stay')
      const gone = once(parent, 'exit')
      process.kill(-parent.pid!, 'SIGINT')
      ring.end()
      expect(await gone).toEqual([0, null])
    },
  )

  it('leaves no child behind when it exits, and does not wait for it', async () => {
    const { ended } = await ask('exit')
    const gone = once(parent, 'exit')
    parent.stdin?.write('now')
    expect(await gone).toEqual([0, null])
    await ended
  })
})

describe('what the ring holds', () => {
  it('is used if another process stored its key first', async () => {
    ring.begin('has a rival')
    const key = await keyRingVault(ring.module).obtain(name)
    ring.end()
    expect(ring.secrets()).toEqual([Buffer.alloc(32, 7)])
    expect((await keyRingVault(ring.module).load(name))?.id).toEqual(key.id)
  })

  it('is not a key if it has another length', async () => {
    ring.put(name, Buffer.from('a password'))
    const vault = keyRingVault(ring.module)
    expect(await vault.load(name)).toBeNull()
    expect(await vault.placeOf(name)).toBeNull()
    const key = await vault.obtain(name)
    expect((await vault.load(name))?.id).toEqual(key.id)
  })

  it('counts only if it can be read back', async () => {
    ring.begin('forgets')
    await unavailable(keyRingVault(ring.module).obtain(name))
    ring.end()
    await keyRingVault(ring.module).obtain(name)
    ring.begin('cannot delete')
    await unavailable(keyRingVault(ring.module).destroy(name))
  })

  it('has a place to show to people', async () => {
    const vault = keyRingVault(ring.module)
    await vault.obtain(name)
    expect(await vault.placeOf(name)).toEqual({ kind: 'key-ring' })
  })
})

describe('a machine without the package', () => {
  it('has no keys in a ring, and makes none there', async () => {
    const vault = keyRingVault(null)
    expect(vault.isInstalled).toBe(false)
    expect(await vault.load(name)).toBeNull()
    expect(await vault.placeOf(name)).toBeNull()
    await vault.destroy(name)
    await unavailable(vault.obtain(name))
  })

  it('differs from one that has the package but cannot load it', async () => {
    const vault = keyRingVault('file:///nowhere/keyring.js')
    expect(vault.isInstalled).toBe(true)
    await unavailable(vault.load(name))
    await unavailable(vault.destroy(name))
  })
})

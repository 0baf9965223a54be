import { type ChildProcess, spawn } from 'node:child_process'
import * as fs from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type FakeKeyRing, fakeKeyRing } from '../../../test/fake-key-ring.ts'
import { newFolder } from '../../../test/temp-folder.ts'
import { type KeyVault, KeyVaultUnavailable } from '../../ports/key-vault.ts'
import type { RunLocks } from '../../ports/run-lock.ts'
import { keyVaultContract } from '../../testing/contracts/key-vault-contract.ts'
import { sqliteLocks } from '../stores/sqlite/run-locks.ts'
import { fileVault } from './file-vault.ts'
import { keyRingVault } from './ring/key-ring-vault.ts'
import { systemVault } from './system-vault.ts'

const name = 'store/microsoft365/first'
const next = 'store/microsoft365/next'
const locksIn = (folder: string): RunLocks => sqliteLocks(join(folder, 'vault'))

keyVaultContract(
  'the system vault, with a key ring,',
  async () => {
    const [folder, ring] = [join(await newFolder(), 'keys'), await fakeKeyRing()]
    // A process of the ring may take long to start on a busy machine, and many may wait for one another.
    const open = () =>
      systemVault(folder, {
        locks: locksIn(folder),
        ring: keyRingVault(ring.module, 60_000),
        patience: 60_000,
      })
    return { open, slowDown: () => ring.begin('slow'), empty: ring.empty, dispose: ring.dispose }
  },
  { slow: true, emptied: true },
)

keyVaultContract(
  'the system vault, without a key ring,',
  async () => {
    const folder = join(await newFolder(), 'keys')
    return {
      open: () => systemVault(folder, { locks: locksIn(folder), ring: keyRingVault(null), patience: 60_000 }),
      empty: () => fs.rmSync(folder, { recursive: true }),
      dispose: () => undefined,
    }
  },
  { emptied: true },
)

let folder: string
let ring: FakeKeyRing
beforeEach(async () => {
  folder = join(await newFolder(), 'contacts.db.keys')
  ring = await fakeKeyRing()
})
afterEach(async () => {
  vi.restoreAllMocks()
  await ring.dispose()
})

/** Opens the vault as a new process does, which does not know yet whether the ring answers. */
const open = (module: string | null = ring.module): KeyVault =>
  systemVault(folder, { locks: locksIn(folder), ring: keyRingVault(module) })
const unavailable = (work: Promise<unknown>) => expect(work).rejects.toBeInstanceOf(KeyVaultUnavailable)
const kindOf = async (vault: KeyVault, of = name) => (await vault.placeOf(of))?.kind
const keyFiles = () => fs.readdirSync(folder).filter((file) => file.endsWith('.key'))
const idOf = async (vault: KeyVault) => (await vault.load(name))?.id

describe('a new key', () => {
  it('goes to the ring if that answers, and to no file', async () => {
    const vault = open()
    await vault.obtain(name)
    expect(await kindOf(vault)).toBe('key-ring')
    expect(ring.secrets()).toHaveLength(1)
    expect(keyFiles()).toEqual([])
    for (const file of fs.readdirSync(folder))
      expect(fs.readFileSync(join(folder, file)).includes(ring.secrets()[0]!)).toBe(false)
  })

  it.each(['dead', 'no bus', 'locked', 'forgets', 'dies when it is given a key'] as const)(
    'goes to a file if the ring is one that is: %s',
    async (trouble) => {
      ring.begin(trouble)
      const vault = open()
      const { id } = await vault.obtain(name)
      expect(await kindOf(vault)).toBe('file')
      expect(await idOf(open())).toEqual(id)
      ring.end()
      expect(await idOf(open())).toEqual(id)
      expect((await open().obtain(name)).id).toEqual(id)
      expect(await kindOf(open())).toBe('file')
    },
  )

  it('goes to a file without asking a ring that did not answer before', async () => {
    ring.begin('dead')
    const vault = open()
    await vault.obtain(name)
    const asked = ring.processes.length
    await vault.obtain(next)
    expect(ring.processes).toHaveLength(asked)
    expect(await kindOf(vault, next)).toBe('file')
  })

  it('goes to the ring again once that has answered', async () => {
    ring.begin('dead')
    const vault = open()
    await vault.obtain(name)
    ring.end()
    expect(await vault.load(next)).toBeNull()
    await vault.obtain(next)
    expect(await kindOf(vault, next)).toBe('key-ring')
  })

  it('is not made if the ring may have one but does not answer', async () => {
    const { id } = await open().obtain(name)
    ring.begin('dead')
    const vault = open()
    for (let time = 0; time < 2; time++) await unavailable(vault.obtain(name))
    expect(keyFiles()).toEqual([])
    ring.end()
    expect((await vault.obtain(name)).id).toEqual(id)
  })

  it('is made in a file after a process was killed while it asked a silent ring', async () => {
    ring.begin('silent')
    const asking = ring.next()
    const other = start()
    go([other])
    const { ended } = await asking
    other.kill('SIGKILL')
    await ended
    ring.begin('dead')
    const vault = open()
    await vault.obtain(name)
    expect(await kindOf(vault)).toBe('file')
  })

  it('is not made if the folder cannot be locked', async () => {
    const closed = { acquire: () => Promise.reject(new Error('read-only')), close: () => Promise.resolve() }
    await unavailable(systemVault(folder, { locks: closed, ring: keyRingVault(null) }).obtain(name))
    const busy = { acquire: () => Promise.resolve(null), close: () => Promise.resolve() }
    let now = 0
    vi.spyOn(performance, 'now').mockImplementation(() => (now += 4_000))
    await unavailable(systemVault(folder, { locks: busy, ring: keyRingVault(null) }).obtain(name))
    expect(fs.existsSync(folder) && keyFiles()).toEqual([])
  })
})

describe('a key in the ring', () => {
  it('counts as unavailable, and not as missing, while the ring does not answer', async () => {
    const vault = open()
    const { id } = await vault.obtain(name)
    for (const trouble of ['dead', 'no bus', 'locked'] as const) {
      ring.begin(trouble)
      await unavailable(vault.load(name))
      await unavailable(vault.placeOf(name))
      // Without a mark, the ring never got a key.
      expect(await open().load(next)).toBeNull()
    }
    ring.end()
    expect(await idOf(vault)).toEqual(id)
    fs.rmSync(folder, { recursive: true })
    ring.begin('dead')
    for (const each of [name, next]) await unavailable(open().load(each))
  })

  it('is asked for each time, also after the ring did not answer', async () => {
    const vault = open()
    const { id } = await vault.obtain(name)
    ring.begin('dead')
    await unavailable(vault.load(name))
    ring.end()
    expect(await idOf(vault)).toEqual(id)
  })

  it('is found by its name alone, if the folder was lost', async () => {
    const { id } = await open().obtain(name)
    fs.rmSync(folder, { recursive: true })
    expect(await idOf(open())).toEqual(id)
    expect((await open().obtain(name)).id).toEqual(id)
    fs.rmSync(folder, { recursive: true })
    ring.begin('dead')
    await unavailable(open().destroy(name))
  })

  it('does not count as lost if the package is missing now', async () => {
    const { id } = await open().obtain(name)
    const without = open(null)
    await unavailable(without.load(name))
    await unavailable(without.obtain(name))
    await unavailable(without.destroy(name))
    expect(await without.load(next)).toBeNull()
    expect(await idOf(open())).toEqual(id)
  })
})

describe('destroying a key', () => {
  it('destroys it in the file and in the ring', async () => {
    await open().obtain(name)
    await fileVault(folder).obtain(name)
    await open().destroy(name)
    expect(ring.secrets()).toEqual([])
    expect(keyFiles()).toEqual([])
    expect(await open().load(name)).toBeNull()
  })

  it('destroys the file, and reports that the ring may still have the key', async () => {
    await open().obtain(name)
    await fileVault(folder).obtain(name)
    for (const trouble of ['dead', 'cannot delete'] as const) {
      ring.begin(trouble)
      await unavailable(open().destroy(name))
      expect(keyFiles()).toEqual([])
    }
    ring.end()
    await open().destroy(name)
    expect(ring.secrets()).toEqual([])
    ring.begin('dead')
    await open().destroy(name)
  })

  it('destroys it in the ring even if the folder cannot be trusted', async () => {
    await open().obtain(name)
    fs.renameSync(folder, `${folder}-aside`)
    fs.writeFileSync(folder, '')
    await unavailable(open().destroy(name))
    expect(ring.secrets()).toEqual([])
  })

  it('needs no ring if the key was never there, and may be repeated', async () => {
    ring.begin('dead')
    await open().obtain(name)
    for (let time = 0; time < 2; time++) {
      await open().destroy(name)
      expect(keyFiles()).toEqual([])
    }
    const vault = open()
    await vault.obtain(name)
    const asked = ring.processes.length
    await vault.destroy(name)
    expect(ring.processes).toHaveLength(asked)
  })
})

const start = (): ChildProcess => {
  const program = fileURLToPath(new URL('system-vault.fixture.mjs', import.meta.url))
  return spawn(process.execPath, [program, folder, ring.module, name], { stdio: ['pipe', 'pipe', 'inherit'] })
}
const go = (children: readonly ChildProcess[]) => {
  for (const child of children) child.stdin?.end('go')
}

describe('several processes that obtain a key at the same time', () => {
  it.each([
    ['in the ring', 'slow', 'key-ring'],
    ['in a file, if the ring does not answer', 'no bus', 'file'],
  ] as const)('get the same, %s', async (_, trouble, kind) => {
    ring.begin(trouble)
    const children = Array.from({ length: 3 }, start)
    const answers = children.map((child) => text(child.stdout!))
    go(children)
    const key = await open().obtain(name)
    const expected = `${Buffer.from(key.id).toString('hex')} ${kind}`
    expect(await Promise.all(answers)).toEqual(children.map(() => expected))
  })
})

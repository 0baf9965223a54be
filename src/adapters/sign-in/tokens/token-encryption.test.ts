import { EventEmitter, once } from 'node:events'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect } from 'vitest'
import { test as it } from '../../../../test/temp-folder.ts'
import { signInSetup } from '../../../../test/sign-in-setup.ts'
import { type KeyVault, KeyVaultUnavailable } from '../../../ports/key-vault.ts'
import { memoryVault } from '../../keys/memory-vault.ts'
import { nodeKey } from '../../keys/node-key.ts'
import { tokenKeyOf } from '../../keys/vault-of-file.ts'
import { tokenCache } from './token-cache.ts'

let folder: string
let path: string
it.beforeEach(({ folder: own }) => {
  folder = own
  path = join(folder, 'tokens.json')
})

/** A fake vault. While `locked`, it does not open. */
const keyRing = () => {
  const vault = memoryVault()
  const ring = { locked: false, asked: 0 }
  const whenOpen = async <T>(work: () => Promise<T>): Promise<T> => {
    ring.asked++
    if (ring.locked) throw new KeyVaultUnavailable('locked')
    return work()
  }
  const keys: KeyVault = {
    obtain: (name) => whenOpen(() => vault.obtain(name)),
    load: (name) => whenOpen(() => vault.load(name)),
    destroy: (name) => whenOpen(() => vault.destroy(name)),
    placeOf: (name) => whenOpen(() => vault.placeOf(name)),
  }
  return Object.assign(ring, { keys })
}

const text = JSON.stringify({ RefreshToken: { secret: 'the-refresh-token', length: 'x'.repeat(5000) } })
const onDisk = () =>
  readdirSync(folder)
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n')

describe('tokens with a key vault', () => {
  it('are not on the disk in any readable form', async () => {
    const ring = keyRing()
    await tokenCache(path, ring.keys).replace(text)
    expect(onDisk()).not.toContain('the-refresh-token')
    expect(onDisk()).not.toContain('RefreshToken')
    expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  it('can be read by this process and the next, but not without the key', async () => {
    const ring = keyRing()
    const cache = tokenCache(path, ring.keys)
    await cache.replace(text)
    expect(await cache.read()).toBe(text)
    expect(await tokenCache(path, ring.keys).read()).toBe(text)
    expect(await tokenCache(path, keyRing().keys).read()).toBeNull()
    expect(await tokenCache(path).read()).toBeNull()
  })

  it('are encrypted with a new nonce each time, so that equal tokens look different', async () => {
    const cache = tokenCache(path, keyRing().keys)
    await cache.replace(text)
    const first = onDisk()
    await cache.replace(text)
    expect(onDisk()).not.toBe(first)
    expect(await cache.read()).toBe(text)
  })

  it('that were changed on the disk count as none', async () => {
    const cache = tokenCache(path, keyRing().keys)
    await cache.replace(text)
    const { enc, sealed } = JSON.parse(onDisk()) as { enc: string; sealed: string }
    for (const changed of [`${sealed.slice(0, -4)}AAAA`, `AAAA${sealed.slice(4)}`, '', 'AAAA']) {
      writeFileSync(path, JSON.stringify({ enc, sealed: changed }))
      expect(await cache.read()).toBeNull()
    }
  })

  it('of a version without encryption are read, and encrypted when they are next written', async () => {
    writeFileSync(path, text)
    const cache = tokenCache(path, keyRing().keys)
    expect(await cache.read()).toBe(text)
    await cache.update(text, text)
    expect(onDisk()).not.toContain('the-refresh-token')
    expect(readdirSync(folder)).toEqual(['tokens.json'])
    expect(await cache.read()).toBe(text)
  })

  it('are gone with a sign-out, and so is their key', async () => {
    const ring = keyRing()
    const cache = tokenCache(path, ring.keys)
    await cache.replace(text)
    // By another process, which did not use the key.
    await tokenCache(path, ring.keys).erase()
    expect(readdirSync(folder)).toEqual([])
    expect(await ring.keys.load('tokens')).toBeNull()
    await cache.replace('{"another":1}')
    expect(await tokenCache(path, ring.keys).read()).toBe('{"another":1}')
  })

  it('leave no key after a sign-out if a process was killed before it wrote them', async () => {
    const ring = keyRing()
    await tokenCache(path, ring.keys).unencryptedFile()
    expect(await ring.keys.load('tokens')).not.toBeNull()
    await tokenCache(path, ring.keys).erase()
    expect(await ring.keys.load('tokens')).toBeNull()
  })

  it('that are not encrypted leave the vault alone at a sign-out', async () => {
    writeFileSync(path, text)
    const ring = keyRing()
    await tokenCache(path, ring.keys).erase()
    expect(readdirSync(folder)).toEqual([])
    expect(ring.asked).toBe(0)
  })

  it('of a new sign-in in another process are read with the new key', async () => {
    const ring = keyRing()
    const cache = tokenCache(path, ring.keys)
    await cache.replace(text)
    const other = tokenCache(path, ring.keys)
    await other.erase()
    await other.replace('{"another":1}')
    expect(await cache.read()).toBe('{"another":1}')
    await cache.replace('{"third":1}')
    expect(await other.read()).toBe('{"third":1}')
  })

  it('stay encrypted when the vault closes while the app runs', async () => {
    const ring = keyRing()
    const cache = tokenCache(path, ring.keys)
    await cache.replace(text)
    ring.locked = true
    await cache.update(text, JSON.stringify({ renewed: 'the-refresh-token' }))
    expect(onDisk()).not.toContain('the-refresh-token')
  })

  it('are removed although their key is locked, and the next sign-out destroys the key', async () => {
    const ring = keyRing()
    const cache = tokenCache(path, ring.keys)
    await cache.replace(text)
    const copy = onDisk()
    ring.locked = true
    await expect(cache.erase()).rejects.toBeInstanceOf(KeyVaultUnavailable)
    // Without tokens, but with a mark that every process understands.
    expect(onDisk().length).toBeLessThan(100)
    expect(await cache.read()).toBeNull()
    const other = tokenCache(path, ring.keys)
    expect(await other.holdsAnything()).toBe(true)
    ring.locked = false
    expect(await other.read()).toBeNull()
    await other.erase()
    expect(readdirSync(folder)).toEqual([])
    writeFileSync(path, copy)
    expect(await tokenCache(path, ring.keys).read()).toBeNull()
  })
})

describe('tokens with a key vault that does not open, or without one', () => {
  it('are in the file that only this person can read, and that is reported', async () => {
    const ring = keyRing()
    expect(await tokenCache(path, ring.keys).unencryptedFile()).toBeNull()
    ring.locked = true
    const cache = tokenCache(path, ring.keys)
    expect(await cache.unencryptedFile()).toBe(path)
    await cache.replace(text)
    expect(onDisk()).toBe(text)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(await tokenCache(path, ring.keys).read()).toBe(text)
  })

  it('are not reported if no vault was wanted or nothing is kept', async () => {
    expect(await tokenCache(path).unencryptedFile()).toBeNull()
    expect(await tokenCache(null, keyRing().keys).unencryptedFile()).toBeNull()
  })

  it('are erased by a sign-out that asks for no key, because none was needed', async () => {
    const ring = keyRing()
    writeFileSync(path, text)
    await tokenCache(path, ring.keys).erase()
    expect(ring.asked).toBe(0)
    expect(readdirSync(folder)).toEqual([])
  })
})

it('are read as the first version with encryption wrote them', async () => {
  // AES-256-GCM without additional data, nonce and tag around the ciphertext, under a key of 32 zero bytes.
  const key = nodeKey(new Uint8Array(32))
  const keys: KeyVault = { ...memoryVault(), load: () => Promise.resolve(key) }
  writeFileSync(
    path,
    '{"enc":"A256GCM","sealed":"AQEBAQEBAQEBAQEBDmKRDxz7HY4K4ovt3kFeU40Yk9aaZ2dTwBWRtIRYHYGWEQ"}',
  )
  expect(await tokenCache(path, keys).read()).toBe('{"RefreshToken":1}')
})

describe('the key of a token file', () => {
  it('is in the vault of the system, and is destroyed with the tokens', async () => {
    const { keys, keyName } = tokenKeyOf(path)
    const cache = tokenCache(path, keys, keyName)
    expect(await cache.unencryptedFile()).toBeNull()
    await cache.replace(text)
    const again = tokenKeyOf(path)
    expect(await tokenCache(path, again.keys, again.keyName).read()).toBe(text)
    expect(readFileSync(path, 'utf8')).not.toContain('the-refresh-token')
    await cache.erase()
    expect(await keys.load(keyName).catch(() => null)).toBeNull()
    expect(existsSync(path)).toBe(false)
  })

  it('is the same for every path to the file, and another one for another file', async () => {
    const real = join(folder, 'real')
    mkdirSync(real)
    symlinkSync(real, join(folder, 'link'), 'junction')
    const one = tokenKeyOf(join(real, 'tokens.json'))
    const other = tokenKeyOf(join(folder, 'link', '..', 'link', 'tokens.json'))
    expect(other.keyName).toBe(one.keyName)
    expect(one.keyName).toMatch(/^[\w-]{43}\/tokens$/)
    expect(tokenKeyOf(join(folder, 'tokens.json')).keyName).not.toBe(one.keyName)
    const key = await one.keys.obtain(one.keyName)
    expect((await other.keys.load(other.keyName))?.id).toEqual(key.id)
    await one.keys.destroy(one.keyName)
  })

  it('that was made for a failed sign-in is destroyed by the sign-out', async () => {
    const vault = memoryVault()
    const steps = new EventEmitter()
    const obtain = async (name: string) => {
      steps.emit('asked')
      await once(steps, 'answer')
      return vault.obtain(name)
    }
    const cache = tokenCache(path, { ...vault, obtain })
    const asked = once(steps, 'asked')
    const asking = cache.unencryptedFile()
    await asked
    const erasing = cache.erase()
    // It asks the disk first whether there are tokens.
    for (let time = 0; time < 50; time++) await readFile(path).catch(() => null)
    steps.emit('answer')
    await Promise.all([asking, erasing])
    expect(await vault.load('tokens')).toBeNull()
  })
})

describe('a sign-in', () => {
  const setup = signInSetup()

  it('says where the tokens will be if no key protects them', async () => {
    const ring = keyRing()
    ring.locked = true
    const { core, done } = await setup.begin(setup.make({ keys: ring.keys }))
    await expect
      .poll(() => core.progress.flatMap(({ tokensKeptIn }) => tokensKeptIn ?? []))
      .toEqual([setup.tokenFile])
    core.cancel()
    await done
  })

  it('says nothing about it if a key protects them', async () => {
    const ring = keyRing()
    const made = setup.make({ keys: ring.keys })
    const { core, done, visit } = await setup.begin(made)
    await visit()
    await done
    expect(core.progress.some((progress) => 'tokensKeptIn' in progress)).toBe(false)
    expect(readFileSync(setup.tokenFile, 'utf8')).not.toContain('refresh-1')
    expect(await made.accessToken({ signal: new AbortController().signal })).toBe('access-1')
    await made.signOut()
    expect(await ring.keys.load('tokens')).toBeNull()
  })
})

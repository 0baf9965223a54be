import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect } from 'vitest'
import { test as it } from '../../../../../test/temp-folder.ts'
import { signInSetup } from '../../../../../test/sign-in-setup.ts'
import type { KeyStore } from '../../../../ports/key-store.ts'
import { systemKeyStore } from '../../../system/system-key-store.ts'
import { tokenCache } from './token-cache.ts'

let folder: string
let path: string
it.beforeEach(({ folder: own }) => {
  folder = own
  path = join(folder, 'tokens.json')
})

/** A key store of an imagined system; `locked`: it does not open. */
const keyRing = () => {
  const kept = new Map<string, Uint8Array>()
  const ring = { kept, locked: false, asked: 0 }
  const whenOpen = async <T>(work: () => T): Promise<T> => {
    ring.asked++
    if (ring.locked) throw new Error('locked')
    return work()
  }
  const keys: KeyStore = {
    get: (name) => whenOpen(() => kept.get(name) ?? null),
    set: (name, secret) => whenOpen(() => void kept.set(name, secret)),
    delete: (name) => whenOpen(() => void kept.delete(name)),
  }
  return Object.assign(ring, { keys })
}

const text = JSON.stringify({ RefreshToken: { secret: 'the-refresh-token', length: 'x'.repeat(5000) } })
const onDisk = () =>
  readdirSync(folder)
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n')

describe('tokens, where there is a key store', () => {
  it('are on the disk in no readable form, and the key store holds 32 bytes alone', async () => {
    const ring = keyRing()
    await tokenCache(path, ring.keys).replace(text)
    expect(onDisk()).not.toContain('the-refresh-token')
    expect(onDisk()).not.toContain('RefreshToken')
    expect([...ring.kept].map(([name, secret]) => [name, secret.length])).toEqual([[path, 32]])
    expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  it('can be read by this process and the next, and by none without the key', async () => {
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
    await cache.erase()
    expect(readdirSync(folder)).toEqual([])
    expect(ring.kept.size).toBe(0)
    await cache.replace('{"another":1}')
    expect(await tokenCache(path, ring.keys).read()).toBe('{"another":1}')
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

  it('stay encrypted when the key store closes while the app runs', async () => {
    const ring = keyRing()
    const cache = tokenCache(path, ring.keys)
    await cache.replace(text)
    ring.locked = true
    await cache.update(text, JSON.stringify({ renewed: 'the-refresh-token' }))
    expect(onDisk()).not.toContain('the-refresh-token')
    await cache.erase()
    expect(readdirSync(folder)).toEqual([])
  })
})

describe('tokens, where there is no key store that opens', () => {
  it('are in the file that only this person can read, and that is told', async () => {
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

  it('are not told of where none was wanted, nor where nothing is kept', async () => {
    expect(await tokenCache(path).unencryptedFile()).toBeNull()
    expect(await tokenCache(null, keyRing().keys).unencryptedFile()).toBeNull()
  })

  it('are signed out of without asking for a key store', async () => {
    const ring = keyRing()
    const cache = tokenCache(path, ring.keys)
    writeFileSync(path, text)
    await cache.erase()
    expect(ring.asked).toBe(0)
    expect(readdirSync(folder)).toEqual([])
  })
})

it('with the key store of this system, whatever it is, they are kept and erased', async () => {
  const cache = tokenCache(path, systemKeyStore)
  await cache.replace(text)
  expect(await tokenCache(path, systemKeyStore).read()).toBe(text)
  expect(onDisk().includes('the-refresh-token')).toBe((await cache.unencryptedFile()) === path)
  await cache.erase()
  expect(await cache.read()).toBeNull()
  expect(readdirSync(folder)).toEqual([])
})

describe('a sign-in', () => {
  const setup = signInSetup()

  it('says where the tokens will be, where no key store guards them', async () => {
    const ring = keyRing()
    ring.locked = true
    const { core, done } = await setup.begin(setup.make({ keyStore: ring.keys }))
    await expect
      .poll(() => core.progress.flatMap(({ tokensKeptIn }) => tokensKeptIn ?? []))
      .toEqual([setup.tokenFile])
    core.cancel()
    await done
  })

  it('says nothing of it where one does', async () => {
    const ring = keyRing()
    const made = setup.make({ keyStore: ring.keys })
    const { core, done, visit } = await setup.begin(made)
    await visit()
    await done
    expect(core.progress.some((progress) => 'tokensKeptIn' in progress)).toBe(false)
    expect(readFileSync(setup.tokenFile, 'utf8')).not.toContain('refresh-1')
    expect(await made.accessToken({ signal: new AbortController().signal })).toBe('access-1')
    await made.signOut()
    expect(ring.kept.size).toBe(0)
  })
})

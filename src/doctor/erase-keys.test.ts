import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type FakeKeyRing, fakeKeyRing } from '../../test/fake-key-ring.ts'
import { newFolder } from '../../test/temp-folder.ts'
import { fileVault } from '../adapters/keys/file-vault.ts'
import { keyRingVault } from '../adapters/keys/ring/key-ring-vault.ts'
import { systemVault } from '../adapters/keys/system-vault.ts'
import { eraseKeys } from './erase-keys.ts'

let folder: string
let ring: FakeKeyRing
beforeEach(async () => {
  folder = join(await newFolder(), 'contacts.db.keys')
  ring = await fakeKeyRing()
  const vault = systemVault(folder, { ring: keyRingVault(ring.module) })
  for (const name of ['store/microsoft365/first', 'store/google/first']) await vault.obtain(name)
  await fileVault(folder).obtain('store/outlook/first')
})
afterEach(() => ring.dispose())

const erase = () => eraseKeys(folder, keyRingVault(ring.module))

describe('all keys of a folder', () => {
  it('are destroyed without knowing their names, in the key ring and in files', async () => {
    expect(ring.secrets()).toHaveLength(2)
    expect(await erase()).toMatchObject({ deleted: expect.arrayContaining([folder]) as unknown, left: [] })
    expect(ring.secrets()).toEqual([])
    expect(existsSync(folder)).toBe(false)
    expect(await erase()).toEqual({ deleted: [], left: [] })
  })

  it('that the key ring does not delete are reported, and destroyed by a later call', async () => {
    ring.begin('dead')
    const { left } = await erase()
    expect(left.map(({ code }) => code)).toEqual(['storage-locked', 'storage-locked'])
    expect(
      readdirSync(folder)
        .map((name) => join(folder, name))
        .toSorted(),
    ).toEqual(left.map(({ path }) => path).toSorted())
    ring.end()
    expect(await erase()).toMatchObject({ left: [] })
    expect(ring.secrets()).toEqual([])
    expect(existsSync(folder)).toBe(false)
  })
})

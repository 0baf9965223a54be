import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type KeyVault, KeyVaultUnavailable, type VaultKey } from '../../ports/key-vault.ts'

/** A condition in which a vault does not answer, and that can be ended. */
export interface KeyVaultTrouble {
  begin(): void | Promise<void>
  end(): void | Promise<void>
}

/** The medium of a vault, created for each test of the contract. */
export interface KeyVaultFixture {
  /** Each vault behaves as if another process or tab had opened it. */
  open(): KeyVault
  /** The conditions in which this vault does not answer, by name. */
  readonly troubles?: Readonly<Record<string, KeyVaultTrouble>>
  /** Makes the vault slow, but not so slow that a request times out. */
  slowDown?(): void | Promise<void>
  /** Removes all keys from the vault, as a person or another program may. */
  empty?(): void | Promise<void>
  /** Removes the medium. */
  dispose(): void | Promise<void>
}

/** The situations for which the fixture has functions. */
export interface KeyVaultSituations {
  /** The names of its `troubles`: locked, silent, gone. */
  readonly troubles?: readonly string[]
  readonly slow?: boolean
  readonly emptied?: boolean
}

const encoder = new TextEncoder()
const plain = encoder.encode('Ada Lovelace, +44 20 7946 0000')
const context = encoder.encode('["page.fetched"]')
const nothing = new Uint8Array()

/** A name in the form that the core and the sign-in use. */
const name = 'hcUTS_-6cWFnw1SdpQGMrTVoJyc/microsoft365/first'
const other = 'hcUTS_-6cWFnw1SdpQGMrTVoJyc/microsoft365/0b9f7f0e-8a37-4e5c-9d0e-6f9f6c2c9f11'

const opens = async (key: VaultKey | null, sealed: Uint8Array): Promise<boolean> => {
  const opened = await key?.open(sealed, context)
  return opened != null && equal(opened, plain)
}

const equal = (one: Uint8Array, two: Uint8Array): boolean =>
  one.length === two.length && one.every((byte, index) => byte === two[index])

/** The tests that every `KeyVault` must pass, for vitest. Call it once in a test file. */
export const keyVaultContract = (
  title: string,
  create: () => KeyVaultFixture | Promise<KeyVaultFixture>,
  { troubles = [], slow = false, emptied = false }: KeyVaultSituations = {},
): void => {
  describe(`${title} keeps the contract of key vaults`, () => {
    let fixture: KeyVaultFixture
    beforeEach(async () => {
      fixture = await create()
    })
    afterEach(() => fixture.dispose())

    it('has no key until one is obtained', async () => {
      expect(await fixture.open().load(name)).toBeNull()
      expect(await fixture.open().placeOf(name)).toBeNull()
    })

    it('returns the key that was made to every later request', async () => {
      const vault = fixture.open()
      const key = await vault.obtain(name)
      const sealed = await key.seal(plain, context)
      for (const again of [await vault.obtain(name), await vault.load(name)]) {
        expect(again?.id).toEqual(key.id)
        expect(await opens(again, sealed)).toBe(true)
      }
      for (const again of [await fixture.open().load(name), await fixture.open().obtain(name)])
        expect(await opens(again, sealed)).toBe(true)
      expect(await fixture.open().placeOf(name)).toEqual(await vault.placeOf(name))
      expect(await vault.placeOf(name)).not.toBeNull()
    })

    it('returns the same key to many that obtain it at the same time', async () => {
      const vaults = Array.from({ length: 6 }, () => fixture.open())
      const keys = await Promise.all(vaults.flatMap((vault) => [vault.obtain(name), vault.obtain(name)]))
      const sealed = await (await fixture.open().obtain(name)).seal(plain, context)
      for (const key of keys) expect(await opens(key, sealed)).toBe(true)
    })

    it('has a separate key for each name', async () => {
      const vault = fixture.open()
      const key = await vault.obtain(name)
      expect(await vault.load(other)).toBeNull()
      const another = await vault.obtain(other)
      expect(another.id).not.toEqual(key.id)
      expect(await opens(another, await key.seal(plain, context))).toBe(false)
      await vault.destroy(name)
      expect(await vault.load(name)).toBeNull()
      expect((await fixture.open().load(other))?.id).toEqual(another.id)
    })

    it('no longer has a destroyed key, and makes a different one', async () => {
      const vault = fixture.open()
      const sealed = await (await vault.obtain(name)).seal(plain, context)
      await fixture.open().destroy(name)
      expect(await vault.load(name)).toBeNull()
      expect(await fixture.open().load(name)).toBeNull()
      expect(await vault.placeOf(name)).toBeNull()
      expect(await opens(await vault.obtain(name), sealed)).toBe(false)
    })

    it('accepts a request to destroy a key that it does not have', async () => {
      const vault = fixture.open()
      await vault.destroy(name)
      await vault.obtain(name)
      await vault.destroy(name)
      await vault.destroy(name)
      expect(await vault.load(name)).toBeNull()
    })

    describe('its keys', () => {
      it('have the first bytes of a SHA-256 as their id', async () => {
        const [key, another] = [await fixture.open().obtain(name), await fixture.open().obtain(other)]
        expect(key.id).toHaveLength(8)
        expect(key.id).not.toEqual(another.id)
      })

      it('return the original bytes of any length, and do not change them', async () => {
        const key = await fixture.open().obtain(name)
        for (const bytes of [nothing, plain, new Uint8Array(100_000).fill(7)]) {
          const before = bytes.slice()
          const sealed = await key.seal(bytes, context)
          expect(equal(bytes, before)).toBe(true)
          const copy = sealed.slice()
          const opened = await key.open(sealed, context)
          expect(opened !== null && equal(opened, bytes)).toBe(true)
          expect(equal(sealed, copy)).toBe(true)
        }
      })

      it('put a nonce of 12 bytes before the ciphertext and a tag of 16 bytes after it', async () => {
        const key = await fixture.open().obtain(name)
        const [one, two] = [await key.seal(plain, context), await key.seal(plain, context)]
        expect(one).toHaveLength(12 + plain.length + 16)
        expect(one.subarray(0, 12)).not.toEqual(two.subarray(0, 12))
        expect(equal(one.subarray(12), two.subarray(12))).toBe(false)
      })

      it('open nothing that was changed, cut, or sealed for another context', async () => {
        const key = await fixture.open().obtain(name)
        const sealed = await key.seal(plain, context)
        for (let at = 0; at < sealed.length; at++) {
          const changed = sealed.map((byte, index) => (index === at ? byte ^ 1 : byte))
          expect(await key.open(changed, context)).toBeNull()
        }
        for (const length of [0, 1, 12, 27, 28, sealed.length - 12, sealed.length - 1])
          expect(await key.open(sealed.subarray(0, length), context)).toBeNull()
        expect(await key.open(sealed, nothing)).toBeNull()
        expect(await key.open(sealed, encoder.encode('["page.fetched","x"]'))).toBeNull()
      })
    })

    it.each(troubles)(
      'throws `KeyVaultUnavailable` when it is %s, and has its keys afterwards',
      async (kind) => {
        const trouble = fixture.troubles?.[kind]
        if (trouble === undefined) throw new Error(`the fixture has no trouble ${kind}`)
        const sealed = await (await fixture.open().obtain(name)).seal(plain, context)
        await trouble.begin()
        const vault = fixture.open()
        await Promise.all(
          [vault.load(name), vault.obtain(name), vault.destroy(name), vault.placeOf(name)].map((answer) =>
            expect(answer).rejects.toBeInstanceOf(KeyVaultUnavailable),
          ),
        )
        await trouble.end()
        expect(await opens(await fixture.open().load(name), sealed)).toBe(true)
        expect(await opens(await vault.obtain(name), sealed)).toBe(true)
      },
    )

    if (slow)
      it('answers correctly when it is slow', async () => {
        await fixture.slowDown?.()
        const vault = fixture.open()
        expect(await vault.load(name)).toBeNull()
        const key = await vault.obtain(name)
        expect((await vault.load(name))?.id).toEqual(key.id)
        await vault.destroy(name)
        expect(await vault.load(name)).toBeNull()
      })

    if (emptied)
      it('has no key after it was emptied, and makes a different one', async () => {
        const vault = fixture.open()
        const key = await vault.obtain(name)
        await fixture.empty?.()
        expect(await vault.load(name)).toBeNull()
        expect(await vault.placeOf(name)).toBeNull()
        await vault.destroy(name)
        expect((await vault.obtain(name)).id).not.toEqual(key.id)
      })
  })
}

import { describe, expect, it } from 'vitest'
import { memoryVault } from '../../keys/memory-vault.ts'
import { ImportFailure } from '../../../domain/failures.ts'
import { KeyVaultUnavailable, type KeyVault } from '../../../ports/key-vault.ts'
import { TransientError } from '../../http/retry/transient-error.ts'
import { tokenKeeper } from '../browser/token-keeper.ts'
import type { GrantedTokens, OAuthClient } from '../authority/oauth-client.ts'
import { oauthTokens } from './oauth-tokens.ts'
import type { TokenStore } from '../browser/token-store.ts'

const { signal } = new AbortController()
const account = { id: 'tenant-1.object-1', username: 'ada@example.test' }
const ready = Promise.resolve()

/** A store for these tests; that of a browser is tested in one. */
const storeInTest = () => {
  const store = {
    record: null as Uint8Array | null,
    fails: false,
    load: async () => store.record,
    save: async (bytes: Uint8Array) => {
      if (store.fails) throw new DOMException('full', 'QuotaExceededError')
      store.record = bytes
    },
    replace: async (expected: Uint8Array, bytes: Uint8Array) => {
      if (store.fails) throw new DOMException('full', 'QuotaExceededError')
      if (store.record !== expected) return false
      store.record = bytes
      return true
    },
    remove: async () => {
      store.record = null
    },
  }
  return store satisfies TokenStore
}

const grantOf = (number: number, more: Partial<GrantedTokens> = {}): GrantedTokens => ({
  accessToken: `access-${number}`,
  lifetime: 3_600_000,
  refreshToken: `refresh-${number}`,
  scopes: ['Contacts.Read'],
  account,
  ...more,
})

const setup = ({
  keys = memoryVault(),
  store = storeInTest(),
}: { keys?: KeyVault; store?: ReturnType<typeof storeInTest> } = {}) => {
  const spent: string[] = []
  const world = {
    now: 0,
    refresh: async (): Promise<GrantedTokens> => grantOf(spent.length + 1),
  }
  const client = {
    refresh: (refreshToken: string) => {
      spent.push(refreshToken)
      return world.refresh()
    },
  } as unknown as OAuthClient
  const keeper = tokenKeeper({ store, keys, keyName: 'tokens' })
  const tokens = oauthTokens({
    client: async () => client,
    keeper,
    coversContacts: (scopes) => scopes.includes('Contacts.Read'),
    alone: (_, work) => work(),
    timeLimit: 20_000,
    network: null,
    now: () => world.now,
  })
  return { world, spent, keeper, tokens, store }
}

describe('an access token of a page', () => {
  it('is used until five minutes before it expires', async () => {
    const { tokens, spent, world } = setup()
    await tokens.keep(grantOf(1), account)
    world.now = 3_299_000
    expect(await tokens.accessToken({ signal }, ready)).toBe('access-1')
    world.now = 3_300_000
    expect(await tokens.accessToken({ signal }, ready)).toBe('access-2')
    expect(spent).toEqual(['refresh-1'])
  })

  it('is renewed once for all requests that had it refused', async () => {
    const { tokens, spent } = setup()
    await tokens.keep(grantOf(1), account)
    const asked = [1, 2, 3].map(() => tokens.accessToken({ signal, refused: 'access-1' }, ready))
    expect(new Set(await Promise.all(asked))).toEqual(new Set(['access-2']))
    expect(spent).toHaveLength(1)
  })

  it('is renewed with the newest refresh token, also by the next page', async () => {
    const device = { keys: memoryVault(), store: storeInTest() }
    const first = setup(device)
    await first.tokens.keep(grantOf(1), account)
    await first.tokens.renew(signal)
    const next = setup(device)
    expect(await next.tokens.kept()).toEqual({ refreshToken: 'refresh-2', account, signedInAt: 0 })
    await next.tokens.accessToken({ signal }, ready)
    expect(next.spent).toEqual(['refresh-2'])
  })

  it('cannot be had from a record whose key is gone', async () => {
    const { tokens, store } = setup()
    await tokens.keep(grantOf(1), account)
    expect(await setup({ store }).tokens.kept()).toBeNull()
  })

  it('is requested again after an outage', async () => {
    const { tokens, world } = setup()
    await tokens.keep(grantOf(1), account)
    let outages = 1
    world.refresh = async () => {
      if (outages-- > 0) throw new TransientError('service-unavailable', 'service-unavailable')
      return grantOf(9)
    }
    expect(await tokens.accessToken({ signal, refused: 'access-1' }, ready)).toBe('access-9')
  })

  it('of another account is not used', async () => {
    const { tokens, world } = setup()
    await tokens.keep(grantOf(1), account)
    world.refresh = async () => grantOf(2, { account: { id: 'tenant-1.object-2' } })
    await expect(tokens.accessToken({ signal, refused: 'access-1' }, ready)).rejects.toMatchObject({
      code: 'bad-answer',
    })
  })

  it('that arrives after a sign-out is dropped, and nothing is stored again', async () => {
    const { tokens, world, keeper, store } = setup()
    await tokens.keep(grantOf(1), account)
    let answer: (granted: GrantedTokens) => void = () => undefined
    let asked = (): void => undefined
    const isAsked = new Promise<void>((resolve) => (asked = resolve))
    world.refresh = () => {
      asked()
      return new Promise((resolve) => (answer = resolve))
    }
    const renewing = tokens.accessToken({ signal, refused: 'access-1' }, ready)
    await isAsked
    tokens.forget()
    await keeper.erase()
    answer(grantOf(2))
    await expect(renewing).rejects.toMatchObject({ code: 'sign-in-expired' })
    expect(store.record).toBeNull()
    await expect(tokens.accessToken({ signal }, ready)).rejects.toMatchObject({ code: 'sign-in-expired' })
  })

  it('that arrives after a sign-out of another tab makes no new key', async () => {
    const device = { keys: memoryVault(), store: storeInTest() }
    const { tokens, world } = setup(device)
    await tokens.keep(grantOf(1), account)
    world.refresh = async () => {
      // The other tab has destroyed the key, and has yet to remove the record.
      await device.keys.destroy('tokens')
      return grantOf(2)
    }
    await expect(tokens.accessToken({ signal, refused: 'access-1' }, ready)).rejects.toMatchObject({
      code: 'sign-in-expired',
    })
    expect(await device.keys.load('tokens')).toBeNull()
  })

  it('without a refresh token ends with the page', async () => {
    const { tokens, store } = setup()
    await tokens.keep(grantOf(1, { refreshToken: null }), account)
    expect(await tokens.accessToken({ signal }, ready)).toBe('access-1')
    expect(store.record).toBeNull()
  })
})

describe('tokens that cannot be written', () => {
  const locked: KeyVault = {
    ...memoryVault(),
    obtain: () => Promise.reject(new KeyVaultUnavailable()),
    load: () => Promise.reject(new KeyVaultUnavailable()),
  }

  it('are kept in memory only, never unencrypted, and earlier ones are removed', async () => {
    const { tokens, store, keeper } = setup({ keys: locked })
    store.record = Uint8Array.of(1, 2, 3)
    await tokens.keep(grantOf(1), account)
    expect(keeper.isKept()).toBe(false)
    expect(store.record).toBeNull()
    expect(await tokens.accessToken({ signal, refused: 'access-1' }, ready)).toBe('access-2')
    expect(await tokens.kept()).toMatchObject({ refreshToken: 'refresh-2' })
  })

  it('after a renewal leave the earlier record, which may still work', async () => {
    const { tokens, store, keeper } = setup()
    await tokens.keep(grantOf(1), account)
    const { record } = store
    store.fails = true
    expect(await tokens.accessToken({ signal, refused: 'access-1' }, ready)).toBe('access-2')
    expect(store.record).toBe(record)
    expect(keeper.isKept()).toBe(false)
    store.fails = false
    await tokens.keep(grantOf(3), account)
    expect(keeper.isKept()).toBe(true)
  })

  it('are gone after a sign-out, although the key cannot be destroyed', async () => {
    const { tokens, keeper, store } = setup({
      keys: { ...memoryVault(), destroy: () => Promise.reject(new KeyVaultUnavailable()) },
    })
    await tokens.keep(grantOf(1), account)
    tokens.forget()
    await expect(keeper.erase()).rejects.toBeInstanceOf(KeyVaultUnavailable)
    expect(store.record).toBeNull()
    expect(await tokens.kept()).toBeNull()
  })

  it('and a record that is not ours, or damaged, count as signed out', async () => {
    const { tokens, store } = setup()
    for (const record of [new Uint8Array(), new Uint8Array(100), Uint8Array.of(1)]) {
      store.record = record
      expect(await tokens.kept()).toBeNull()
    }
    await expect(tokens.renew(signal)).rejects.toBeInstanceOf(ImportFailure)
  })
})

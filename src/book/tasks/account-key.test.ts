import { expect, test } from 'vitest'
import { accountKey } from './account-key.ts'

test('is the same for one account in one store, and different in another store', async () => {
  const key = await accountKey('store', 'tenant.person')
  expect(await accountKey('store', 'tenant.person')).toBe(key)
  expect(await accountKey('another store', 'tenant.person')).not.toBe(key)
  expect(await accountKey('store', 'tenant.other')).not.toBe(key)
  expect(key).toMatch(/^[\w-]{43}$/)
})

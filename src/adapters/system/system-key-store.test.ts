import { afterAll, expect, it } from 'vitest'
import { systemKeyStore } from './system-key-store.ts'

const name = `test ${crypto.randomUUID()}`
afterAll(() => systemKeyStore.delete(name).catch(() => undefined))

it('keeps a secret until it is deleted, or says of everything that there is no key store', async () => {
  const secret = crypto.getRandomValues(new Uint8Array(32))
  const isThere = await systemKeyStore.set(name, secret).then(
    () => true,
    () => false,
  )
  if (isThere) {
    expect(await systemKeyStore.get(name)).toEqual(secret)
    await systemKeyStore.delete(name)
    expect(await systemKeyStore.get(name)).toBeNull()
    await systemKeyStore.delete(name)
  } else {
    await expect(systemKeyStore.get(name)).rejects.toThrow()
    await expect(systemKeyStore.delete(name)).rejects.toThrow()
  }
})

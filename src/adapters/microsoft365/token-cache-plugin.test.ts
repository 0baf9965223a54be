import { PublicClientApplication } from '@azure/msal-node'
import { expect, it } from 'vitest'
import { tokenCacheFile } from './token-cache-file.ts'
import { tokenCachePlugin } from './token-cache-plugin.ts'

const account = {
  home_account_id: 'object-1.tenant-1',
  environment: 'login.example.org',
  realm: 'tenant-1',
  local_account_id: 'object-1',
  username: 'ada@example.org',
  authority_type: 'MSSTS',
}

it('gives MSAL what is in the cache now, and nothing where that is gone or damaged', async () => {
  const cache = tokenCacheFile(null)
  const msal = new PublicClientApplication({
    auth: { clientId: 'client-1' },
    cache: { cachePlugin: tokenCachePlugin(cache) },
  })
  const accounts = () => msal.getTokenCache().getAllAccounts()
  expect(await accounts()).toEqual([])
  const text = JSON.stringify({ Account: { 'object-1.tenant-1-login.example.org-tenant-1': account } })
  await cache.replace(text)
  expect(await accounts()).toMatchObject([{ homeAccountId: 'object-1.tenant-1' }])
  await cache.erase()
  expect(await accounts()).toEqual([])
  for (const damaged of ['{', '{"Account":{"a":null}}']) {
    await cache.replace(text)
    expect(await accounts()).toHaveLength(1)
    await cache.replace(damaged)
    expect(await accounts()).toEqual([])
  }
})

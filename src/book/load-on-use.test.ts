import { afterEach, expect, test, vi } from 'vitest'
import { loadOnUse } from './load-on-use.ts'

const missing = new TypeError('Failed to fetch dynamically imported module')

afterEach(() => vi.unstubAllGlobals())

test('code that is there is handed on', async () => {
  expect(await loadOnUse(async () => 'code')).toBe('code')
})

test.each([
  [false, 'offline'],
  [true, 'service-unavailable'],
  [undefined, 'service-unavailable'],
])('code that cannot be loaded, with onLine %s, fails as %s and keeps the cause', async (onLine, code) => {
  vi.stubGlobal('navigator', { onLine })
  await expect(loadOnUse(() => Promise.reject(missing))).rejects.toMatchObject({ code, cause: missing })
})

import { beforeAll, describe, expect, test } from 'vitest'
import { pageScripts, type PageScripts } from './page-scripts.ts'

/** What must not be loaded before it is used, by what uses it. */
const onDemand = {
  'an import': '@microsoft/microsoft-graph-client/',
  'a search': 'src/projections/search/search-index.ts',
  whois: 'libphonenumber-js/',
  'an export of vCards': 'src/export/vcard.ts',
  'an export of a table': 'src/export/csv.ts',
}

const loadsOf = (names: readonly string[], modules: readonly string[]) =>
  names.filter((name) => modules.some((module) => module.includes(name)))

describe('the core with Microsoft 365 and all adapters of a browser', () => {
  let scripts: PageScripts
  beforeAll(async () => {
    scripts = await pageScripts(`export * from './src/browser.ts'`)
  })

  test('are 90 kB', () => {
    expect(scripts.firstModules).toContain('src/adapters/stores/indexeddb/open-store.ts')
    expect(scripts.first).toBeLessThanOrEqual(90_000)
  })

  test.each(Object.entries(onDemand))('load the code for %s when it is first used', (_use, name) => {
    expect(loadsOf([name], scripts.firstModules)).toEqual([])
    const chunks = scripts.later.filter(({ modules }) => loadsOf([name], modules).length > 0)
    expect(chunks).toHaveLength(1)
  })
})

import { beforeAll, describe, expect, test } from 'vitest'
import { pageScripts, type PageScripts } from './page-scripts.ts'

/** What must not be loaded before it is used, by what uses it. */
const ofCore = {
  'the past of a list': 'src/book/views/past-lists.ts',
  'its earlier versions': 'node_modules/immer/',
  photos: 'src/book/photos/photos.ts',
  compaction: 'src/book/maintenance/compaction.ts',
}
const ofBrowser = {
  ...ofCore,
  'an import': '@microsoft/microsoft-graph-client/',
  'an import from Google': 'src/adapters/google/people/people-contact-source.ts',
  'a sign-in to Google': 'src/adapters/google/sign-in/google-client.ts',
  'a chosen file': 'src/adapters/outlook/export-source.ts',
  'a search': 'src/projections/search/search-index.ts',
  whois: 'libphonenumber-js/',
  'an export of vCards': 'src/export/vcard.ts',
  'an export of a table': 'src/export/csv.ts',
}

const ofElements = {
  'the sentences in English': 'src/messages/en/en.ts',
  'the sentences in German': 'src/messages/de/de.ts',
  settings: 'src/shells/web/settings/contact-settings.ts',
  'a card': 'src/shells/web/card/contact-card.ts',
  'a review of duplicates': 'src/shells/web/people/contact-duplicates.ts',
  'a call': 'src/shells/web/call/incoming-call.ts',
  'an inspector': 'src/shells/web/inspector/import-inspector.ts',
  'the machine that it replays': 'src/machines/account-replay.ts',
}

const loadsOf = (names: readonly string[], modules: readonly string[]) =>
  names.filter((name) => modules.some((module) => module.includes(name)))

const core = { bytes: 45_000, contained: 'src/book/open.ts', onDemand: ofCore }

describe.each([
  { name: 'the core', page: `export { openContactBook } from './src/index.ts'`, ...core },
  { name: 'the core in a browser', page: `export { openContactBook } from './src/browser.ts'`, ...core },
  {
    name: 'the core with Microsoft 365 and all adapters of a browser',
    page: `export * from './src/browser.ts'`,
    bytes: 90_000,
    contained: 'src/adapters/stores/indexeddb/open-store.ts',
    onDemand: ofBrowser,
  },
  {
    name: 'what the elements load first, with Lit',
    page: `export { defineContactElements } from './src/elements.ts'`,
    bytes: 24_500,
    contained: 'src/shells/web/list/contact-list.ts',
    onDemand: ofElements,
  },
])('$name', ({ page, bytes, contained, onDemand }) => {
  let scripts: PageScripts
  beforeAll(async () => {
    scripts = await pageScripts(page)
  })

  test(`is at most ${bytes / 1000} kB before a page's first line runs`, () => {
    expect(scripts.firstModules).toContain(contained)
    expect(scripts.first).toBeLessThanOrEqual(bytes)
  })

  test.each(Object.entries(onDemand))(
    'has the code for %s in a chunk that is loaded when it is first used',
    (_use, name) => {
      expect(loadsOf([name], scripts.firstModules)).toEqual([])
      const chunks = scripts.later.filter(({ modules }) => loadsOf([name], modules).length > 0)
      expect(chunks).toHaveLength(1)
    },
  )
})

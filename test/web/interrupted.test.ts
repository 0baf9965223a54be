import type { BrowserContext } from 'playwright-core'
import { expect } from 'vitest'
import { pageDriver } from '../../examples/web/page-driver.ts'
import type { StateName } from '../../src/index.ts'
import { linkedAccount } from '../../src/machines/linked-account.ts'
import { MODEL_CONTACTS } from '../../src/testing/account-model.ts'
import { pathsOf, type ModelPath } from '../../src/testing/model-paths.ts'
import { walkPath } from '../../src/testing/walk-path.ts'
import { test as browserTest } from '../browser-test.ts'
import { crashPage } from '../crash-page.ts'
import { soakTurn } from '../soak.ts'
import type { ExampleApp } from './example-app.ts'
import { type ExamplePage, openExample } from './example-page.ts'
import { pacedGraph } from './paced-graph.ts'
import { decide, says } from './person.ts'

const interruptions = {
  reload: async (page: ExamplePage) => {
    await page.tab.reload()
    return page
  },
  crash: async (page: ExamplePage, context: BrowserContext, app: ExampleApp) => {
    await crashPage(page.tab)
    return openExample(context, app)
  },
}

/** The shortest path that ends in each state; in `fetching`, with a page of contacts on the disk. */
const pathTo = (state: StateName): ModelPath => {
  const found = pathsOf(linkedAccount)
    .flatMap(({ name, steps }) => steps.map((_, index) => ({ name, steps: steps.slice(0, index + 1) })))
    .filter(({ steps }) => steps.at(-1)?.state.value === state)
    .filter(({ steps }) => state !== 'fetching' || steps.at(-1)?.event.type === 'page.fetched')
    .toSorted((a, b) => a.steps.length - b.steps.length)[0]
  if (found === undefined) throw new Error(`no path to ${state}`)
  return found
}

const states = Object.keys(linkedAccount.states) as StateName[]

const test = browserTest.extend('contacts', { scope: 'file' }, MODEL_CONTACTS.few)

test.for(
  states.flatMap((state, index) =>
    soakTurn(['reload', 'crash'] as const, 2, index).map((end) => [end, state] as const),
  ),
)('a %s in the state %s loses nothing', async ([end, state], { context, ownApp }) => {
  const graph = await pacedGraph(context, ownApp.sandbox)
  const before = await openExample(context, ownApp)
  const driver = pageDriver(before.tab, graph.service, decide)
  const path = pathTo(state)
  await walkPath(path, {
    ...driver,
    command: async (type) => {
      graph.begin(type)
      await driver.command(type)
    },
  })
  const shown = await before.names()
  const after = await interruptions[end](before, context, ownApp)
  const expected = path.steps.at(-1)?.expected
  if (expected === undefined) throw new Error('an empty path')
  if (state === 'consenting') {
    await after.shows('failed')
    expect(await after.problem()).toContain('stopped because the app was closed')
    await graph.service.finish()
    await decide(await after.pressForTab('restart'), 'accept')
    await after.shows('imported')
  } else if (state === 'fetching') {
    await after.tab.locator('#doing', { hasText: /^[1-9]/ }).waitFor()
    await graph.service.finish()
    await after.shows('imported')
    expect(await after.names()).toHaveLength(MODEL_CONTACTS.few)
    expect(await after.enabled()).toEqual(['restart', 'refresh', 'signOut'])
  } else {
    await pageDriver(after.tab, graph.service, decide).expectShown(expected)
    expect(await after.names()).toEqual(shown)
  }
})

test('a tab that agrees after the page was loaded again reads that it has to start again', async ({
  context,
  ownApp,
}) => {
  const page = await openExample(context, ownApp)
  const tab = await page.pressForTab('signIn')
  await tab.getByRole('button', { name: 'Mira Lindqvist' }).waitFor()
  await page.tab.reload()
  await page.shows('failed')
  await decide(tab, 'accept')
  await says(tab, 'The app does not know this sign-in')
  await page.shows('failed')
  expect(ownApp.sandbox.requests.matching('POST /common/oauth2/v2.0/token')).toEqual([])
})

import type { BrowserContext } from 'playwright-core'
import { expect } from 'vitest'
import { test } from '../browser-test.ts'
import { crashPage } from '../crash-page.ts'
import type { ExampleApp } from './example-app.ts'
import { openExample } from './example-page.ts'
import { pacedGraph } from './paced-graph.ts'
import { decide } from './person.ts'

const threeTabs = async (context: BrowserContext, app: ExampleApp) =>
  [await openExample(context, app), await openExample(context, app), await openExample(context, app)] as const

test('if the tab that asks the person to sign in crashes, the other tabs say so, and one can start again', async ({
  context,
  app,
}) => {
  const [one, two, three] = await threeTabs(context, app)
  await one.pressForTab('signIn')
  for (const page of [two, three]) await page.shows('consenting')
  expect(await two.enabled()).toEqual(['cancel', 'signOut'])
  await crashPage(one.tab)
  for (const page of [two, three]) {
    await page.shows('failed')
    expect(await page.problem()).toContain('stopped because the app was closed')
    expect(await page.enabled()).toEqual(['restart', 'signOut'])
  }
  await decide(await three.pressForTab('restart'), 'accept')
  for (const page of [two, three]) await page.shows('imported')
  expect(await two.names()).toHaveLength(30)
  expect(await two.names()).toEqual(await three.names())
})

test('if the tab that fetches the contacts crashes, exactly one of the other tabs continues', async ({
  context,
  app,
}) => {
  const { service } = await pacedGraph(context, app.sandbox)
  const [one, two, three] = await threeTabs(context, app)
  const fetching = new Set<string>()
  for (const [name, { tab }] of Object.entries({ two, three }))
    tab.on('request', (request) => request.url().startsWith(app.sandbox.graphUrl) && fetching.add(name))
  await decide(await one.pressForTab('signIn'), 'accept')
  await service.count('few')
  await service.page('few')
  for (const page of [two, three]) await page.tab.locator('#doing', { hasText: /^30 of about 30/ }).waitFor()
  expect(fetching.size).toBe(0)
  await crashPage(one.tab)
  await service.finish()
  for (const page of [two, three]) await page.shows('imported')
  expect(await two.names()).toHaveLength(30)
  expect(await two.names()).toEqual(await three.names())
  expect(fetching.size).toBe(1)
})

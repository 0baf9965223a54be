import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pageDriver } from '../../examples/web/page-driver.ts'
import { linkedAccount } from '../../src/machines/linked-account.ts'
import { MODEL_CONTACTS } from '../../src/testing/account-model.ts'
import { pathsOf } from '../../src/testing/model-paths.ts'
import { walkPath } from '../../src/testing/walk-path.ts'
import { launchBrowser } from '../browser.ts'
import { startExampleApp } from './example-app.ts'
import { pacedGraph } from './paced-graph.ts'
import { brokenIn } from './broken.ts'
import { decide } from './person.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

test.each(pathsOf(linkedAccount, 'covering').map((path) => [path.name, path] as const))(
  'by clicks: %s',
  async (_, path) => {
    const app = await startExampleApp({ contacts: MODEL_CONTACTS.few })
    const context = await browser.newContext()
    try {
      const graph = await pacedGraph(context, app.sandbox)
      const broken = brokenIn(context)
      const page = await context.newPage()
      await page.goto(app.address)
      const driver = pageDriver(page, graph.service, decide)
      await walkPath(path, {
        ...driver,
        command: async (type) => {
          graph.begin(type)
          // Each sign-in asks the person, as one does whose access has ended.
          if (type === 'restart') app.sandbox.revokeConsent('user')
          await driver.command(type)
        },
      })
      expect(broken).toEqual([])
    } finally {
      await context.close()
      await app.close()
    }
  },
)

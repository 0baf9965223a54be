import type { Browser, Page } from 'playwright-core'
import { signInContract } from '../../src/testing/contracts/sign-in-contract.ts'
import { test } from '../browser-test.ts'
import { appContext } from './browser-app.ts'
import { decide } from './person.ts'
import type { Site } from './site.ts'

let browser: Browser
let site: Site
// The contract makes its own tests.
test.beforeAll(({ browser: launched, servedSite }) => {
  browser = launched
  site = servedSite
})

signInContract('Microsoft, in a page of a browser', async () => {
  const context = await browser.newContext()
  const app = await (await appContext(context)).open(site, site.options)
  return {
    signIn: app.signIn,
    visit: async (address, decision) => {
      const tab: Page = await context.newPage()
      await tab.goto(address)
      await decide(tab, decision)
    },
    hasAccess: () =>
      app.signIn.accessToken({ signal: new AbortController().signal }).then(Boolean, () => false),
    dispose: async () => {
      await context.close()
      site.sandbox.revokeConsent('user')
    },
  }
})

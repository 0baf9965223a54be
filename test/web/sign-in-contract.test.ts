import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import type { Sandbox } from '../../sandbox/index.ts'
import { startSandbox } from '../../sandbox/index.ts'
import { signInContract } from '../../src/testing/contracts/sign-in-contract.ts'
import { launchBrowser } from '../browser.ts'
import { appContext } from './browser-app.ts'
import { decide } from './person.ts'
import { type Site, startSite } from './site.ts'

let browser: Browser
let sandbox: Sandbox
let site: Site

beforeAll(async () => {
  ;[browser, sandbox] = await Promise.all([launchBrowser(), startSandbox({ contacts: 3 })])
  site = await startSite(sandbox.origin)
  sandbox.settings.change({ spaRedirects: [site.signInPage] })
})
afterAll(async () => {
  await browser.close()
  await Promise.all([site.close(), sandbox.close()])
})

signInContract('Microsoft, in a page of a browser', async () => {
  const context = await browser.newContext()
  const app = await (
    await appContext(context)
  ).open(site, {
    clientId: sandbox.spaClientId,
    authority: sandbox.authority,
    graphUrl: sandbox.graphUrl,
    signInPage: site.signInPage,
  })
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
      sandbox.revokeConsent('user')
    },
  }
})

import { chromium, type BrowserContext } from 'playwright-core'
import { expect } from 'vitest'
import type { Sandbox, SettingsChange } from '../sandbox/index.ts'
import { browserOptions } from './browser.ts'
import { MODEL_CONTACTS } from '../src/testing/account-model.ts'
import { serveParts } from './chromium/serve-parts.ts'
import { test as base } from './temp-folder.ts'
import { startElementsPage } from './web/elements-page.ts'
import { startExampleApp } from './web/example-app.ts'
import { openExample } from './web/example-page.ts'
import { startSite } from './web/site.ts'

/** What a test may change about a sandbox, as it is otherwise. */
const usual: SettingsChange = {
  answerIssuer: 'right',
  exposeRetryAfter: false,
  faults: [],
  needAdminApproval: false,
  openerPolicy: 'same-origin',
  refreshRefusal: null,
  signInRefusal: null,
  tokenCors: 'registered',
  withheldScopes: [],
}

/** The next test finds a person who has not agreed yet, and no trouble. */
const restore = (sandbox: Sandbox): void => {
  sandbox.revokeConsent('user')
  sandbox.settings.change(usual)
}

/** Collects what no page of an app may cause: errors of scripts, and everything that the security policy stops. */
export const brokenIn = (context: BrowserContext): readonly string[] => {
  const broken: string[] = []
  context.on('weberror', (error) => broken.push(String(error.error())))
  context.on('console', (message) => {
    if (/Content Security Policy|Trusted(Type|HTML|Script)/i.test(message.text())) broken.push(message.text())
  })
  return broken
}

/** Starts a browser with a profile on disk, and ends it after the work. */
export const inProfile = async <T>(
  profile: string,
  work: (context: BrowserContext) => Promise<T>,
): Promise<T> => {
  const context = await chromium.launchPersistentContext(profile, await browserOptions())
  try {
    return await work(context)
  } finally {
    await context.close()
  }
}

/**
 * Vitest's `test` with what tests in a real browser share: the tests of a file have one browser, one sandbox tenant and one
 * site, and each test a context of its own, in which no page may break. `contacts` is the size of the user's mailbox.
 */
export const test = base
  .extend('contacts', { scope: 'file' }, 30)
  .extend('browser', { scope: 'file' }, async ({}, { onCleanup }) => {
    const browser = await chromium.launch(await browserOptions())
    onCleanup(() => browser.close())
    return browser
  })
  .extend('context', async ({ browser }, { onCleanup }) => {
    const context = await browser.newContext()
    // Hangs end; nothing else is to fail on a machine that others keep busy.
    context.setDefaultTimeout(60_000)
    const broken = brokenIn(context)
    onCleanup(async () => {
      await context.close()
      expect(broken).toEqual([])
    })
    return context
  })
  /** A browser of the test alone, with a profile on disk. */
  .extend('profile', async ({ folder }, { onCleanup }) => {
    const context = await chromium.launchPersistentContext(folder, await browserOptions())
    onCleanup(() => context.close())
    return context
  })
  /** The page of `examples/web`, and its tenant. */
  .extend('servedApp', { scope: 'file' }, async ({ contacts }, { onCleanup }) => {
    const app = await startExampleApp('web', { contacts })
    onCleanup(() => app.close())
    return app
  })
  .extend('app', async ({ servedApp }, { onCleanup }) => {
    onCleanup(() => restore(servedApp.sandbox))
    return servedApp
  })
  /** The same for a test that changes the mailbox. */
  .extend('ownApp', async ({ contacts }, { onCleanup }) => {
    const app = await startExampleApp('web', { contacts })
    onCleanup(() => app.close())
    return app
  })
  /** The page of the elements over the model's mailbox, and its tenant, for a test that changes the mailbox. */
  .extend('ownElements', async ({}, { onCleanup }) => {
    const page = await startElementsPage({ contacts: MODEL_CONTACTS.few })
    onCleanup(() => page.close())
    return page
  })
  /** The page of the elements with every source, and its tenant with five contacts. */
  .extend('allSources', { scope: 'file' }, async ({}, { onCleanup }) => {
    const page = await startElementsPage({ contacts: 5 }, 'all')
    onCleanup(() => page.close())
    return page
  })
  /** The page of `app` in a tab. */
  .extend('page', async ({ context, app }) => openExample(context, app))
  /** The page of `examples/react`, and its tenant. */
  .extend('servedReact', { scope: 'file' }, async ({ contacts }, { onCleanup }) => {
    const app = await startExampleApp('react', { contacts })
    onCleanup(() => app.close())
    return app
  })
  .extend('reactApp', async ({ servedReact }, { onCleanup }) => {
    onCleanup(() => restore(servedReact.sandbox))
    return servedReact
  })
  /** Pages that give tests the parts that an app uses, and their tenant. */
  .extend('servedSite', { scope: 'file' }, async ({ contacts }, { onCleanup }) => {
    const site = await startSite({ contacts })
    onCleanup(() => site.close())
    return site
  })
  .extend('site', async ({ servedSite }, { onCleanup }) => {
    const { patience } = servedSite
    onCleanup(() => {
      servedSite.patience = patience
      restore(servedSite.sandbox)
    })
    return servedSite
  })
  /** A page with the parts for browsers, without a tenant. */
  .extend('parts', { scope: 'file' }, async ({}, { onCleanup }) => {
    const parts = await serveParts()
    onCleanup(() => parts.close())
    return parts
  })

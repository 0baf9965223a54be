import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { launchBrowser } from '../test/browser.ts'
import { googleApp } from './google/google-visitor.ts'
import { type Sandbox, startSandbox } from './index.ts'
import { pageVisitor } from './page-visitor.ts'

let browser: Browser
let app: Server
let origin: string
let sandbox: Sandbox
let context: BrowserContext
let page: Page

beforeAll(async () => {
  app = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html').end('<!doctype html><title>App</title>')
  })
  await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve))
  origin = `http://localhost:${(app.address() as AddressInfo).port}`
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  await new Promise((resolve) => {
    app.close(resolve)
    app.closeAllConnections()
  })
})
beforeEach(async () => {
  sandbox = await startSandbox({ contacts: 3, spaRedirects: [`${origin}/answer`] })
  context = await browser.newContext()
  page = await context.newPage()
  await page.goto(origin)
})
afterEach(async () => {
  await context.close()
  await sandbox.close()
})

/** What a script of the page learns from a request. */
const fetchInPage = (
  address: string,
  init: { method?: string; headers?: Record<string, string>; body?: string },
) =>
  page.evaluate(
    async ([url, options]) => {
      try {
        const response = await fetch(url, options)
        const { error } = (await response.json()) as { error?: unknown }
        return { status: response.status, error, retryAfter: response.headers.get('retry-after') }
      } catch (thrown) {
        return String(thrown)
      }
    },
    [address, init] as const,
  )

const redeem = (fields: Record<string, string>) =>
  fetchInPage(`${sandbox.authority}/oauth2/v2.0/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ client_id: sandbox.spaClientId, ...fields }).toString(),
  })

const NETWORK_ERROR = 'TypeError: Failed to fetch'

test('a script reads why its refresh is refused, but only on a registered page', async () => {
  const visitor = pageVisitor(sandbox, `${origin}/answer`)
  const { body } = await visitor.redeem((await visitor.walk()).get('code'))
  const refresh = { grant_type: 'refresh_token', refresh_token: String(body.refresh_token) }
  expect(await redeem(refresh)).toMatchObject({ status: 200 })
  sandbox.revokeConsent('user')
  expect(await redeem(refresh)).toMatchObject({ status: 400, error: 'invalid_grant' })
  sandbox.settings.change({ spaRedirects: ['http://localhost:1/'] })
  expect(await redeem(refresh)).toBe(NETWORK_ERROR)
})

test('a script asks Graph after a preflight, cannot read Retry-After, and sees a gateway as a broken network', async () => {
  const address = `${sandbox.graphUrl}/me/contacts`
  const headers = { authorization: `Bearer ${sandbox.issueToken('user')}` }
  sandbox.settings.change({ faults: [{ kind: 'status', status: 429, retryAfter: 1, times: 1 }] })
  expect(await fetchInPage(address, { headers })).toMatchObject({ status: 429, retryAfter: null })
  sandbox.settings.change({
    faults: [{ kind: 'status', status: 429, retryAfter: 1, times: 1 }],
    exposeRetryAfter: true,
  })
  expect(await fetchInPage(address, { headers })).toMatchObject({ status: 429, retryAfter: '1' })
  expect(await fetchInPage(address, { headers })).toMatchObject({ status: 200 })
  expect(sandbox.requests.entries.slice(0, 2).map(({ method }) => method)).toEqual(['OPTIONS', 'GET'])
  sandbox.settings.change({ faults: [{ kind: 'status', status: 502, body: 'graph', cors: false }] })
  expect(await fetchInPage(address, { headers })).toBe(NETWORK_ERROR)
  sandbox.settings.change({ faults: [{ kind: 'status', status: 503, match: 'OPTIONS' }] })
  expect(await fetchInPage(`${sandbox.graphUrl}/me`, { headers })).toBe(NETWORK_ERROR)
})

test.each([
  ['same-origin', true],
  ['none', false],
] as const)(
  'with the opener policy %s, a tab that signs in seems closed: %s',
  async (openerPolicy, seemsClosed) => {
    sandbox.settings.change({ openerPolicy })
    const opened = context.waitForEvent('page')
    const address = pageVisitor(sandbox, `${origin}/answer`).authorizeUrl()
    const tab = await page.evaluateHandle((url) => window.open(url), address)
    const signIn = await opened
    await signIn.getByRole('button', { name: 'Mira Lindqvist' }).click()
    await signIn.getByRole('button', { name: 'Accept' }).waitFor()
    await expect.poll(() => tab.evaluate((window) => window?.closed)).toBe(seemsClosed)
    await signIn.getByRole('button', { name: 'Cancel' }).click()
    await signIn.waitForURL(`${origin}/answer#**`)
    expect(new URLSearchParams(new URL(signIn.url()).hash.slice(1)).get('error')).toBe('access_denied')
  },
)

test('a person ticks the contacts on the pages of Google, and a script reads them', async () => {
  const { google } = sandbox
  const app = googleApp(sandbox, `${origin}/answer`, 'web')
  await page.goto(app.authorizeUrl())
  await page.getByRole('button', { name: 'Mira Lindqvist' }).click()
  const box = page.getByRole('checkbox', { name: 'See and download your contacts' })
  expect(await box.isChecked()).toBe(false)
  await box.check()
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.waitForURL(`${origin}/answer?**`)
  const { body } = await app.redeem(new URL(page.url()).searchParams.get('code'), {}, origin)
  const address = `${google.peopleUrl}/v1/people/me/connections?personFields=names`
  const headers = { authorization: `Bearer ${String(body.access_token)}` }
  expect(await fetchInPage(address, { headers })).toMatchObject({ status: 200 })
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  const refresh = { grant_type: 'refresh_token', refresh_token: String(body.refresh_token) }
  expect(
    await fetchInPage(`${google.issuer}/token`, {
      method: 'POST',
      headers: form,
      body: new URLSearchParams({
        client_id: google.webClientId,
        client_secret: google.webClientSecret,
        ...refresh,
      }).toString(),
    }),
  ).toMatchObject({ status: 200 })
  google.revoke('user')
  expect(await fetchInPage(address, { headers })).toMatchObject({ status: 401, error: { code: 401 } })
  expect(sandbox.requests.matching('OPTIONS /google/people')).not.toEqual([])
})

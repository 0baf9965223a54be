import type { BrowserContext, Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import type { Fault, SettingsChange } from '../../sandbox/index.ts'
import type { FailureCode } from '../../src/index.ts'
import { test } from '../browser-test.ts'
import { soakCases } from '../soak.ts'
import { appContext, begin, type BrowserApp } from './browser-app.ts'
import { accept, chooseAccount, decide, says } from './person.ts'
import type { Site } from './site.ts'

const TOKEN = 'POST /common/oauth2/v2.0/token'
const redemptions = ({ sandbox }: Site) => sandbox.requests.matching(TOKEN).length

/** An app that gives an outage up after a second try. */
const impatientApp = async (context: BrowserContext, site: Site): Promise<BrowserApp> =>
  (await appContext(context)).open(site, { ...site.options, outageTimeout: 600 })
const patientApp = async (context: BrowserContext, site: Site): Promise<BrowserApp> =>
  (await appContext(context)).open(site, site.options)

test.beforeEach(({ site }) => {
  site.sandbox.requests.clear()
})

/** A sign-in to which the person agreed: its failure, and what its tab says. */
const agreed = async (app: BrowserApp) => {
  const { failure, tab } = await begin(app)
  await decide(tab, 'accept')
  const heading = tab.isClosed() ? 'Done' : await tab.getByRole('heading', { level: 1 }).textContent()
  const code: unknown = Reflect.get(Object(await failure) as object, 'code') ?? null
  return { code, heading, hasTokens: await app.signIn.hasTokens?.() }
}

/** A sign-in that waits for the person, and the means of another service to answer it. */
const waiting = async (app: BrowserApp, site: Site) => {
  const { core, failure, tab } = await begin(app)
  const { searchParams: asked } = new URL(await core.address)
  /** Opens our page with an answer. Resolves to its tab. */
  const answer = async (fields: Readonly<Record<string, string>>, more = ''): Promise<Page> => {
    const answering = await app.tab.context().newPage()
    const values = new URLSearchParams({ state: asked.get('state') ?? '', ...fields })
    await answering.goto(`${site.options.signInPage}#${values.toString()}${more}`)
    return answering
  }
  return { answer, core, failure, tab }
}

/** The address with which the sign-in page sends a tab back. */
const answerOf = async (context: BrowserContext, act: () => Promise<void>): Promise<string> => {
  const isAnswer = (location: string | undefined) => location?.includes('#') === true
  const [response] = await Promise.all([
    context.waitForEvent('response', (each) => isAnswer(each.headers()['location'])),
    act(),
  ])
  return response.headers()['location'] ?? ''
}

describe('an answer of another service', () => {
  test('is not used, whatever it says, and the right one still counts', async ({ context, site }) => {
    const app = await patientApp(context, site)
    const { answer, core, failure, tab } = await waiting(app, site)
    const right = encodeURIComponent(`${site.sandbox.authority}/v2.0`)
    for (const [fields, more] of [
      [{ code: 'mixed-up', iss: 'https://login.other.example/common/v2.0' }],
      [{ code: 'mixed-up' }],
      [{ code: 'mixed-up', iss: '' }],
      [{ error: 'access_denied', iss: 'https://login.other.example/common/v2.0' }],
      [{ error: 'access_denied' }],
      [{ iss: 'https://login.other.example/', code: 'mixed-up' }, `&iss=${right}`],
    ] as const)
      await says(await answer(fields, more), 'This answer came from another service')
    expect(core.reports).toEqual([])
    expect(redemptions(site)).toBe(0)
    await decide(tab, 'accept')
    expect(await failure).toBeNull()
  })

  test('with a state of its own is not known to the app, and changes nothing', async ({ context, site }) => {
    site.patience = 1
    const app = await patientApp(context, site)
    const { answer, core } = await waiting(app, site)
    for (const state of ['invented', '__proto__', 'x'.repeat(70_000)])
      await says(await answer({ state, code: 'c' }), 'The app does not know this sign-in')
    expect(core.reports).toEqual([])
    expect(redemptions(site)).toBe(0)
  })
})

describe('an answer that comes twice', () => {
  test('is redeemed once: the other tab reads that there is nothing more to do', async ({
    context,
    site,
  }) => {
    const app = await patientApp(context, site)
    const { failure, tab } = await begin(app)
    await chooseAccount(tab)
    const address = await answerOf(context, () => accept(tab))
    expect(await failure).toBeNull()
    for (let time = 0; time < 2; time++) {
      const again = await context.newPage()
      await again.goto(address)
      await says(again, 'This sign-in is already finished')
    }
    expect(redemptions(site)).toBe(1)
    expect(await app.signIn.hasTokens?.()).toBe(true)
  })

  test('for another sign-in is refused, and leaves no token', async ({ context, site }) => {
    const app = await patientApp(context, site)
    const first = await begin(app)
    await chooseAccount(first.tab)
    const used = new URL(await answerOf(context, () => accept(first.tab))).hash.slice(1)
    expect(await first.failure).toBeNull()
    await app.signIn.signOut()
    const { answer, failure } = await waiting(app, site)
    const { state: _, ...fields } = Object.fromEntries(new URLSearchParams(used))
    await says(await answer(fields), 'The sign-in did not work')
    expect(await failure).toMatchObject({ code: 'bad-answer' })
    expect(await app.signIn.hasTokens?.()).toBe(false)
  })
})

const outages: readonly (readonly [string, Fault])[] = [
  ['500', { kind: 'status', match: TOKEN, status: 500, times: 2 }],
  ['503 without a body', { kind: 'status', match: TOKEN, status: 503, times: 2 }],
  ['502 of a proxy', { kind: 'status', match: TOKEN, status: 502, cors: false, times: 2 }],
  ['429', { kind: 'status', match: TOKEN, status: 429, retryAfter: 0, times: 2 }],
  ['a broken connection', { kind: 'reset', match: TOKEN, times: 2 }],
]

test.for(outages)(
  'a code whose authority answers with %s is redeemed a moment later',
  async ([, fault], { context, site }) => {
    const app = await patientApp(context, site)
    site.sandbox.settings.change({ faults: [fault] })
    expect(await agreed(app)).toEqual({ code: null, heading: 'Done', hasTokens: true })
    expect(redemptions(site)).toBe(3)
  },
)

const didNotWork = 'The sign-in did not work'
const failing: readonly (readonly [string, SettingsChange, FailureCode, string])[] = [
  ['lets no page read its answers', { tokenCors: 'none' }, 'service-unavailable', didNotWork],
  ['is down', { faults: [{ kind: 'reset', match: TOKEN }] }, 'service-unavailable', didNotWork],
  [
    'is out of order',
    { faults: [{ kind: 'status', match: TOKEN, status: 503 }] },
    'service-unavailable',
    didNotWork,
  ],
  ['is busy', { faults: [{ kind: 'status', match: TOKEN, status: 429 }] }, 'throttled', didNotWork],
  [
    'is hidden by a network',
    { faults: [{ kind: 'captive-portal', match: TOKEN }] },
    'service-unavailable',
    didNotWork,
  ],
  [
    'withholds the permission',
    { withheldScopes: ['Contacts.Read'] },
    'permission-missing',
    'The app has no permission to read your contacts',
  ],
  [
    'wants an administrator, on its page',
    { signInRefusal: { at: 'return', number: 90094 } },
    'admin-approval-needed',
    'Your organization has to approve this app first',
  ],
  [
    'wants an administrator, later',
    { signInRefusal: { at: 'redeem', number: 90094 } },
    'admin-approval-needed',
    'Your organization has to approve this app first',
  ],
  [
    'has a rule against it, on its page',
    { signInRefusal: { at: 'return', number: 53003 } },
    'sign-in-blocked',
    'Your organization blocked this sign-in',
  ],
  [
    'has a rule against it, later',
    { signInRefusal: { at: 'redeem', number: 53003 } },
    'sign-in-blocked',
    'Your organization blocked this sign-in',
  ],
]

test.for(soakCases(failing, 2))(
  'a sign-in whose authority %s fails with a code, tells the tab, and leaves no token',
  async ([, settings, code, heading], { context, site }) => {
    const app = await impatientApp(context, site)
    site.sandbox.settings.change(settings)
    expect(await agreed(app)).toEqual({ code, heading, hasTokens: false })
    site.sandbox.settings.change({
      faults: [],
      tokenCors: 'registered',
      withheldScopes: [],
      signInRefusal: null,
    })
    site.sandbox.revokeConsent('user')
    expect(await agreed(app)).toEqual({ code: null, heading: 'Done', hasTokens: true })
  },
)

test('a sign-in whose device loses its network before the code is redeemed fails as offline', async ({
  context,
  site,
}) => {
  const app = await impatientApp(context, site)
  const { failure, tab } = await begin(app)
  await context.route(`${site.options.authority}/oauth2/v2.0/token`, async (route) => {
    await context.setOffline(true)
    await route.abort('internetdisconnected')
  })
  await decide(tab, 'accept')
  await says(tab, didNotWork)
  expect(await failure).toMatchObject({ code: 'offline' })
})

describe('a discovery document', () => {
  const endpoints = (origin: string) => ({
    issuer: `${origin}/common/v2.0`,
    authorization_endpoint: `${origin}/common/oauth2/v2.0/authorize`,
    token_endpoint: `${origin}/common/oauth2/v2.0/token`,
  })
  const wrong: readonly (readonly [string, (origin: string) => unknown])[] = [
    ['that is a page', () => '<!doctype html><title>Welcome</title>'],
    ['that is empty', () => ({})],
    ['that is a list', () => []],
    ['with a script', (origin) => ({ ...endpoints(origin), authorization_endpoint: 'javascript:alert(1)' })],
    ['without an issuer', (origin) => ({ ...endpoints(origin), issuer: undefined })],
    [
      'without encryption',
      (origin) => ({ ...endpoints(origin), token_endpoint: 'http://login.example.org/t' }),
    ],
  ]
  test.for(soakCases(wrong, 2))(
    '%s leads no tab anywhere, and the tab closes',
    async ([, document], { context, site }) => {
      const made = document(site.sandbox.origin)
      await context.route('**/.well-known/**', (route) =>
        route.fulfill({
          headers: { 'access-control-allow-origin': '*', 'content-type': 'application/json' },
          body: typeof made === 'string' ? made : JSON.stringify(made),
        }),
      )
      const app = await impatientApp(context, site)
      const { core, failure, tab } = await begin(app)
      expect(await failure).toMatchObject({ code: 'app-misconfigured' })
      if (!tab.isClosed()) await tab.waitForEvent('close')
      expect(core.progress).toEqual([])
      expect(core.reports).toEqual([])
    },
  )
})

test('a list stays as it is, whatever the authority answers to the next sign-in', async ({ app, page }) => {
  const { sandbox } = app
  const signInAgain = async (settings: SettingsChange) => {
    sandbox.revokeConsent('user')
    sandbox.settings.change(settings)
    await decide(await page.pressForTab('restart'), 'accept')
  }
  await decide(await page.pressForTab('signIn'), 'accept')
  await page.shows('imported')
  const names = await page.names()
  expect(names).toHaveLength(30)
  await signInAgain({ signInRefusal: { at: 'return', number: 53003 } })
  await page.shows('failed')
  expect(await page.problem()).toContain('organization')
  expect(await page.names()).toEqual(names)
  await signInAgain({ signInRefusal: { at: 'redeem', number: 90094 } })
  await page.tab.getByRole('alert').filter({ hasText: 'approve' }).waitFor()
  expect(await page.names()).toEqual(names)
  await signInAgain({ signInRefusal: null, withheldScopes: ['Contacts.Read'] })
  await page.tab.getByRole('alert').filter({ hasText: 'permission' }).waitFor()
  expect(await page.names()).toEqual(names)
  await signInAgain({ withheldScopes: [] })
  await page.shows('imported')
  expect(await page.names()).toEqual(names)
})

import { expect } from 'vitest'
import type { RobotOptions, Sandbox } from '../index.ts'
import { visitedSandbox } from '../visited-sandbox.ts'
import { pageVisitor } from '../page-visitor.ts'

const ANSWER_PAGE = 'http://localhost:5173/answer.html'

const test = visitedSandbox({ contacts: 0, spaRedirects: [ANSWER_PAGE] }).extend('page', ({ sandbox }) =>
  pageVisitor(sandbox, ANSWER_PAGE),
)

const MIRA = 'Mira@Sandbox.example '
const TOMAS = 'tomas@sandbox.example'

/** A silent answer, with what it shows on the way: nothing, because no page may be shown. */
const silently = async (
  page: ReturnType<typeof pageVisitor>,
  more: Readonly<Record<string, string>> = {},
): Promise<Record<string, string>> => {
  const shown: string[] = []
  const answer = await page.walk('abandon', { prompt: 'none', ...more }, ({ name }) => shown.push(name))
  expect(shown).toEqual([''])
  expect(answer.get('state')).toBe('the-state')
  return Object.fromEntries(answer)
}

const text = (number: number, start: string) =>
  expect.stringMatching(
    new RegExp(`^AADSTS${number}: ${start}[^\r\n]*\r\nTrace ID: [\\w-]+\r\nCorrelation ID: `),
  ) as string

test('prompt=none returns a code to a person who is signed in, with the right hint or none', async ({
  page,
}) => {
  await page.walk()
  for (const more of [{}, { login_hint: MIRA }]) {
    const { code = '' } = await silently(page, more)
    expect((await page.redeem(code)).status).toBe(200)
  }
})

test('prompt=none without a session, or with that of another person, is login_required (50058)', async ({
  page,
}) => {
  expect(await silently(page)).toMatchObject({
    error: 'login_required',
    error_description: text(50058, 'A silent sign-in request was sent but no user is signed in'),
  })
  await page.walk()
  expect(await silently(page, { login_hint: TOMAS })).toMatchObject({
    error: 'login_required',
    error_description: text(50058, 'A silent sign-in request was sent but none of the currently'),
  })
})

test('prompt=none after consent was revoked, or for more than was granted, is consent_required (65001)', async ({
  page,
  sandbox,
}) => {
  await page.walk()
  expect(await silently(page, { scope: 'openid User.Read' })).toMatchObject({
    error: 'consent_required',
    error_description: text(65001, 'The user or administrator has not consented'),
  })
  sandbox.revokeConsent('user')
  expect((await silently(page)).error).toBe('consent_required')
})

const refusals: readonly [SignInRefusal, string][] = [
  [{ at: 'page', number: 53003 }, 'interaction_required'],
  [{ at: 'return', number: 50076 }, 'interaction_required'],
  [{ at: 'return', number: 50158 }, 'interaction_required'],
  [{ at: 'return', number: 50020, error: 'access_denied' }, 'access_denied'],
]
type SignInRefusal = NonNullable<Sandbox['settings']['current']['signInRefusal']>

test.for(refusals)(
  'prompt=none is refused without a page if a policy refuses: %j',
  async ([signInRefusal, error], { page, sandbox }) => {
    await page.walk()
    sandbox.settings.change({ signInRefusal })
    const { number } = signInRefusal
    expect(await silently(page)).toMatchObject({ error, error_description: text(number, '') })
  },
)

test.for(['query', 'form_post'])('prompt=none answers by %s as well', async (response_mode, { page }) => {
  const response = await fetch(page.authorizeUrl({ prompt: 'none', response_mode }), { redirect: 'manual' })
  const answer = response.headers.get('location') ?? (await response.text())
  expect(answer).toContain('login_required')
  expect(answer).toContain('AADSTS50058')
})

test('a hint puts its account first, and is typed already', async ({ page }) => {
  const shown: string[] = []
  const note: RobotOptions['onPage'] = ({ text: words }) => shown.push(words)
  await page.walk('abandon', {}, note)
  await page.walk('abandon', { login_hint: TOMAS }, note)
  const before =
    (a: string, b: string) =>
    (words = '') =>
      words.indexOf(a) < words.indexOf(b)
  expect(shown.map(before('Mira', 'Tomás'))).toEqual([true, false])
  const cookies: string[] = []
  let address = page.authorizeUrl({ login_hint: '"<b>@else.example' })
  for (let hop = 0; hop < 2; hop++) {
    const response = await fetch(address, { redirect: 'manual', headers: { cookie: cookies.join('; ') } })
    cookies.push(...response.headers.getSetCookie().map((cookie) => cookie.split(';', 1)[0] ?? ''))
    address = new URL(response.headers.get('location') ?? address, address).href
    if (hop === 1) expect(await response.text()).toContain('value="&#34;&#60;b&#62;@else.example"')
  }
})

test('a hint at a person who is not signed in asks that person, who may still choose another account', async ({
  page,
}) => {
  await page.walk()
  const names: string[] = []
  const note: RobotOptions['onPage'] = ({ name }) => names.push(name)
  expect((await page.walk('accept', { login_hint: MIRA }, note)).get('code')).not.toBeNull()
  expect(names).toEqual([''])
  names.length = 0
  expect((await page.walk('accept', { login_hint: TOMAS }, note)).get('code')).not.toBeNull()
  expect(names).toEqual(['choose-account', ''])
})

test('cancel on the page returns access_denied in the fragment, with the state', async ({
  page,
  sandbox,
}) => {
  const declined = Object.fromEntries(await page.walk('decline'))
  expect(declined).toEqual({
    error: 'access_denied',
    error_description: text(65004, 'User declined'),
    error_uri: 'https://login.microsoftonline.com/error?code=65004',
    state: 'the-state',
    iss: `${sandbox.authority}/v2.0`,
  })
  sandbox.settings.change({ declineForm: 'subcode' })
  expect((await page.walk('decline', { prompt: 'select_account' })).get('error_subcode')).toBe('cancel')
})

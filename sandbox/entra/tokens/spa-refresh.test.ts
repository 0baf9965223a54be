import { expect } from 'vitest'
import { pageVisitor } from '../../page-visitor.ts'
import { visitedSandbox } from '../../visited-sandbox.ts'
import { spaRefreshRefusal } from './spa-refresh.ts'

const APP = 'http://localhost:5173'

const test = visitedSandbox({ contacts: 0, spaRedirects: [`${APP}/`] }).extend('page', ({ sandbox }) =>
  pageVisitor(sandbox, `${APP}/`),
)

const signedIn = async (page: ReturnType<typeof pageVisitor>, more: Record<string, string> = {}) => {
  const redeemed = await page.redeem((await page.walk('accept', more)).get('code'))
  expect(redeemed.status).toBe(200)
  return redeemed
}

test('a page refreshes for a day, and each refresh token still works', async ({ page, sandbox }) => {
  expect(sandbox.settings.current.spaRefreshTokenLifetime).toBe(86_400)
  const first = await signedIn(page)
  const second = await page.refresh(first)
  const third = await page.refresh(second)
  for (const each of [first, second, third]) expect((await page.refresh(each)).status).toBe(200)
})

test('refreshing does not prolong it: the newest token ends with the first one (700084)', async ({
  page,
  sandbox,
}) => {
  sandbox.settings.change({ spaRefreshTokenLifetime: 2 })
  let last = await signedIn(page)
  // Would never end if each token lived for two seconds of its own.
  while (last.status === 200) last = await page.refresh(last)
  expect(last.body).toMatchObject({ error: 'invalid_grant', error_codes: [700084] })
  expect(last.body.error_description).toMatch(
    /^AADSTS700084: The refresh token was issued to a single page app \(SPA\), and therefore has a fixed, limited lifetime of 00:00:02, which cannot be extended\. .*The token was issued on [\d-]+T[\d:]+\.0000000Z\.\r\n/,
  )
  expect(last.headers.get('access-control-allow-origin')).toBe(APP)
})

test('a shorter time ends all tokens of pages, and no others; a new sign-in starts a new day', async ({
  page,
  sandbox,
}) => {
  const program = pageVisitor(sandbox, 'http://localhost:8400', sandbox.clientId)
  const code = (await program.walk()).get('code')
  const ofProgram = await program.redeem(code, {}, null)
  const first = await signedIn(page)
  const second = await page.refresh(first)
  sandbox.settings.change({ spaRefreshTokenLifetime: 1 })
  const codesOf = async (each: typeof first) => (await page.refresh(each)).body.error_codes
  await expect.poll(() => codesOf(second), { timeout: 30_000 }).toEqual([700084])
  expect(await codesOf(first)).toEqual([700084])
  expect((await program.refresh(ofProgram, null)).status).toBe(200)
  sandbox.settings.change({ spaRefreshTokenLifetime: 86_400 })
  const again = await signedIn(page, { prompt: 'none' })
  expect((await page.refresh(again)).status).toBe(200)
})

test('the refusal names the lifetime and the first day as Entra does', () => {
  const issued = Date.UTC(2023, 11, 11, 12, 31, 44) / 1000
  expect(spaRefreshRefusal(86_400, issued).error_description).toMatch(
    /limited lifetime of 1\.00:00:00, which .*issued on 2023-12-11T12:31:44\.0000000Z\.\r\n/,
  )
  expect(spaRefreshRefusal(90_061, issued).error_description).toContain('lifetime of 1.01:01:01,')
})

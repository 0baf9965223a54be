import { existsSync } from 'node:fs'
import { describe, expect, it, vi } from 'vitest'
import type { TokenAnswer } from '../../../../test/sign-in-authority.ts'
import { signInSetup } from '../../../../test/sign-in-setup.ts'
import { signInCore } from '../../../testing/contracts/sign-in-core.ts'

const setup = signInSetup()

/** The token endpoint gives these answers one by one, then good ones. */
const giveFirst = (...answers: readonly TokenAnswer[]) => {
  const left = [...answers]
  setup.authority.answer = () => left.shift() ?? setup.authority.grant()
}

const unavailable: TokenAnswer = { status: 503, body: '' }

describe('a code whose authority has an outage', () => {
  it.each<[string, TokenAnswer]>([
    ['503', unavailable],
    ['429 with a wait', { status: 429, headers: { 'retry-after': '0' }, body: '' }],
    ['500', { status: 500, body: { error: 'server_error' } }],
    ['502 of a proxy', { status: 502, body: '<html>' }],
    ['504 of a proxy', { status: 504, body: '<html>' }],
    ['503 with an error of another form', { status: 503, body: { error: { code: 'ServiceUnavailable' } } }],
    ['503 with an unknown error', { status: 503, body: { error: 'ServiceUnavailable' } }],
    ['a busy service', { status: 400, body: { error: 'temporarily_unavailable', error_codes: [90033] } }],
    ['a broken connection', { breaks: true }],
  ])('(%s) is redeemed a moment later, and the shell is told of the wait', async (_, outage) => {
    giveFirst(outage, outage)
    const { core, done, visit } = await setup.begin(setup.make())
    expect((await visit()).page).toContain('Done')
    await done
    expect(setup.authority.requests.map((request) => request.get('code'))).toEqual(Array(3).fill('code-1'))
    expect(core.reports.map(({ type }) => type)).toEqual(['sign-in.answered', 'consent.granted'])
    const waits = core.progress.flatMap(({ waiting }) =>
      waiting === undefined ? [] : [waiting && waiting.reason],
    )
    expect(waits).toEqual([expect.any(String), null, expect.any(String), null])
  })

  it('is not sent again after a refusal, or an answer that may have used it up', async () => {
    for (const [answer, code] of [
      [{ status: 400, body: { error: 'invalid_grant', error_codes: [54005] } }, 'sign-in-expired'],
      [{ status: 500, body: { error: 'invalid_grant', error_codes: [53003] } }, 'sign-in-blocked'],
      [{ status: 200, body: '{"access_token":"cut' }, 'bad-answer'],
      [{ status: 200, body: '<html>' }, 'bad-answer'],
    ] as const) {
      setup.authority.requests.length = 0
      giveFirst(answer)
      const { done, visit } = await setup.begin(setup.make())
      await visit()
      await expect(done).rejects.toMatchObject({ code })
      expect(setup.authority.requests).toHaveLength(1)
    }
  })

  it('that was used up by a lost answer needs a new sign-in', async () => {
    giveFirst({ breaks: true }, { status: 400, body: { error: 'invalid_grant', error_codes: [54005] } })
    const { done, visit } = await setup.begin(setup.make())
    expect((await visit()).page).toContain('The sign-in did not work')
    await expect(done).rejects.toMatchObject({
      code: 'sign-in-expired',
      details: { serviceCode: 'AADSTS54005' },
    })
  })

  it.each<[TokenAnswer, string]>([
    [unavailable, 'service-unavailable'],
    [{ status: 429, body: '' }, 'throttled'],
    [{ breaks: true }, 'service-unavailable'],
  ])('is given up in the end (%j: %s)', async (outage, code) => {
    setup.authority.answer = () => outage
    const { done, visit } = await setup.begin(setup.make({ outageTimeout: 600 }))
    expect((await visit()).page).toContain('The sign-in did not work')
    await expect(done).rejects.toMatchObject({ code })
    expect(setup.authority.requests.length).toBeGreaterThan(1)
    expect(existsSync(setup.tokenFile)).toBe(false)
  })

  it('is sent to an unreachable authority until that counts as offline', async () => {
    const { done, visit } = await setup.begin(setup.make({ outageTimeout: 600 }))
    const answered = visit()
    setup.authority.answer = () => ({ breaks: true })
    await setup.authority.close()
    expect((await answered).page).toContain('The sign-in did not work')
    await expect(done).rejects.toMatchObject({
      code: expect.stringMatching(/^(offline|service-unavailable)$/) as string,
    })
  })

  it('is given up immediately if the authority asks for a much later retry, which is reported', async () => {
    giveFirst({ status: 503, headers: { 'retry-after': '120' }, body: '' })
    const start = Date.now()
    const { done, visit } = await setup.begin(setup.make())
    await visit()
    const failure: unknown = await done.catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'throttled', details: { retryAt: expect.any(String) as string } })
    const { retryAt } = Reflect.get(failure as object, 'details') as { retryAt: string }
    expect(Date.parse(retryAt)).toBeGreaterThanOrEqual(start + 120_000)
    expect(setup.authority.requests).toHaveLength(1)
  })

  it('is not sent again after a cancel', async () => {
    setup.authority.answer = () => ({ status: 503, headers: { 'retry-after': '20' }, body: '' })
    const { core, done, visit } = await setup.begin(setup.make())
    const tab = visit()
    await vi.waitFor(() => expect(core.progress.some(({ waiting }) => waiting)).toBe(true), 60_000)
    const start = performance.now()
    core.cancel()
    await done
    expect((await tab).page).toContain('This import was cancelled')
    expect(performance.now() - start).toBeLessThan(1000)
    expect(setup.authority.requests).toHaveLength(1)
  })
})

describe('before the person has signed in', () => {
  it('a short outage is waited for', async () => {
    setup.authority.outages.push(
      { status: 503 },
      { breaks: true },
      { status: 429, headers: { 'retry-after': '0' } },
    )
    const { done, visit } = await setup.begin(setup.make())
    await visit()
    await done
  })

  it('a longer one is reported, and no tab is opened', async () => {
    setup.authority.outages.push({ status: 503, headers: { 'retry-after': '120' } })
    const core = signInCore()
    await expect(setup.make().signIn({ attempt: 'a' }, core.context)).rejects.toMatchObject({
      code: 'throttled',
    })
    setup.authority.outages.push(...Array<TokenAnswer>(40).fill({ status: 502, body: '<html>' }))
    await expect(setup.make().signIn({ attempt: 'b' }, core.context)).rejects.toMatchObject({
      code: 'service-unavailable',
    })
    expect(core.progress).toEqual([])
  })
})

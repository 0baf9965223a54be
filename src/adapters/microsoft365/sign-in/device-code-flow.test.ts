import { existsSync } from 'node:fs'
import { describe, expect, it, vi } from 'vitest'
import { signInSetup } from '../../../../test/sign-in-setup.ts'
import type { TokenAnswer } from '../../../../test/sign-in-authority.ts'
import { signInCore } from '../../../testing/contracts/sign-in-core.ts'

const setup = signInSetup()
const { signal } = new AbortController()

const code = {
  device_code: 'device-1',
  user_code: 'ABCD-EFGH',
  verification_uri: 'https://login.example.org/device',
  expires_in: 900,
  interval: 0.02,
}

const pending: TokenAnswer = { status: 400, body: { error: 'authorization_pending' } }

/** Requests a code, and answers the polls for it one by one. The last answer is repeated. */
const begin = (polls: readonly (TokenAnswer | (() => TokenAnswer))[], answer: object | string = code) => {
  const left = [...polls]
  setup.authority.answer = (request) => {
    if (!request.has('grant_type')) return { body: answer }
    const next = (left.length > 1 ? left.shift() : left[0]) ?? pending
    return typeof next === 'function' ? next() : next
  }
  const made = setup.make({ deviceCode: true, consentTimeout: 20_000 })
  const core = signInCore()
  const done = made.signIn({ attempt: 'attempt-1' }, core.context)
  done.catch(() => undefined)
  return { made, core, done }
}

const granted = () => setup.authority.grant({}, { nonce: undefined })

const polls = () => setup.authority.requests.filter((request) => request.has('grant_type')).length

describe('a sign-in by device code', () => {
  it('says what to type where and until when, and that nothing was opened here', async () => {
    const { core, done } = begin([pending])
    await core.address
    expect(core.progress).toEqual([
      {
        address: 'https://login.example.org/device',
        userCode: 'ABCD-EFGH',
        opened: false,
        until: expect.any(Date) as Date,
      },
    ])
    expect(core.progress[0]?.until?.getTime()).toBeLessThanOrEqual(Date.now() + 20_000)
    expect(setup.authority.requests[0]?.get('scope')).toContain('Contacts.Read')
    core.cancel()
    await done
  })

  it('continues to poll through pauses and outages until the person has agreed', async () => {
    const outage: TokenAnswer = { status: 503, body: '<html>' }
    const { made, core, done } = begin([pending, outage, pending, granted])
    await done
    expect(core.reports.map(({ type }) => type)).toEqual(['sign-in.answered', 'consent.granted'])
    expect(await made.accessToken({ signal })).toMatch(/^access-/)
    expect(polls()).toBe(4)
  })

  it('polls less often when it is told to slow down', async () => {
    const { core, done } = begin([{ status: 400, body: { error: 'slow_down' } }, granted])
    await vi.waitFor(() => expect(polls()).toBe(1), 60_000)
    // RFC 8628 adds five seconds, so the next poll is far away.
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(polls()).toBe(1)
    core.cancel()
    await done
  })

  it.each([
    [{ error: 'authorization_declined', error_codes: [65004] }, 'consent-declined'],
    [{ error: 'access_denied' }, 'consent-declined'],
    [{ error: 'expired_token', error_codes: [70020] }, 'consent-timed-out'],
    [{ error: 'expired_token' }, 'consent-timed-out'],
    [{ error: 'bad_verification_code', error_codes: [70018] }, 'consent-timed-out'],
    [{ error: 'invalid_grant', error_codes: [53003] }, 'sign-in-blocked'],
    [{ error: 'invalid_grant', error_description: 'AADSTS530032: blocked' }, 'sign-in-blocked'],
    [{ error: 'invalid_grant', error_codes: [90094] }, 'admin-approval-needed'],
  ])('that is refused with %j fails as %s', async (body, code) => {
    const { done } = begin([pending, { status: 400, body }])
    await expect(done).rejects.toMatchObject({ name: 'ImportFailure', code })
  })

  it('fails with the reason if the authority issues no code', async () => {
    const refusal = {
      error: 'unauthorized_client',
      error_codes: [7000218],
      correlation_id: crypto.randomUUID(),
    }
    const { core, done } = begin([pending], refusal)
    await expect(done).rejects.toMatchObject({
      code: 'app-misconfigured',
      details: { serviceCode: 'AADSTS7000218', requestId: refusal.correlation_id },
    })
    expect(core.progress).toEqual([])
  })

  it.each([
    ['javascript:alert(1)', 'ABCD'],
    ['file:///etc/passwd', 'ABCD'],
    ['http://login.example.org/device', 'ABCD'],
    ['https://microsoft.com@evil.example/device', 'ABCD'],
    ['', 'ABCD'],
    [undefined, 'ABCD'],
    [42, 'ABCD'],
    [`https://login.example.org/${'a'.repeat(9000)}`, 'ABCD'],
    ['https://login.example.org/device', ''],
    ['https://login.example.org/device', undefined],
    ['https://login.example.org/device', 42],
    ['https://login.example.org/device', 'AB\u001b[2JCD'],
    ['https://login.example.org/device', 'AB\u009bCD'],
    ['https://login.example.org/device', 'AB\nTo stay safe, open https://evil.example'],
    ['https://login.example.org/device', 'AB\u202eCD'],
    ['https://login.example.org/device', 'AB\u200fCD'],
    ['https://login.example.org/device', '\u0410BCD'],
    ['https://login.example.org/device', '$(reboot)'],
    ['https://login.example.org/device', '`x`;&|'],
    ['https://login.example.org/device', '--help'],
    ['https://login.example.org/device', 'A'.repeat(41)],
  ])(
    'that would print the address %j and the code %j prints neither',
    async (verification_uri, user_code) => {
      const { core, done } = begin([pending], { ...code, verification_uri, user_code })
      await expect(done).rejects.toMatchObject({ code: 'bad-answer' })
      expect(core.progress).toEqual([])
      expect(polls()).toBe(0)
    },
  )

  it('prints the address as parsed, in ASCII, and no other text of the authority', async () => {
    const { core, done } = begin([pending], {
      ...code,
      verification_uri: 'https://micr\u043esoft.com/\u001b]0;x\u0007\u202e',
      verification_uri_complete: 'javascript:alert(1)',
      message: '\u001b[2J',
    })
    await core.address
    expect(core.progress).toEqual([
      {
        address: 'https://xn--micrsoft-qbh.com/%1B]0;x%07%E2%80%AE',
        userCode: 'ABCD-EFGH',
        opened: false,
        until: expect.any(Date) as Date,
      },
    ])
    core.cancel()
    await done
  })

  it.each([
    ['as text', { interval: '1', expires_in: '900' }],
    ['that are endless', { interval: '1', expires_in: 1e300 }],
    ['that make no sense', { interval: -1, expires_in: 'soon' }],
  ])('may have its times %s', async (_, times) => {
    const { core, done } = begin([granted], { ...code, ...times })
    await core.address
    expect(core.progress[0]?.until?.getTime()).toBeGreaterThan(Date.now())
    if (times.interval === '1') await done
    core.cancel()
    await done
  })

  it('is never polled for without a pause, whatever interval the authority names', async () => {
    const { core, done } = begin(
      [pending],
      JSON.stringify(code).replace(/"interval":[^,}]*/, '"interval":1e999'),
    )
    await core.address
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(polls()).toBe(0)
    core.cancel()
    await done
  })

  it('gets its code through an outage', async () => {
    const { core, done } = begin([{ breaks: true }, { status: 502, body: '<html>' }, granted])
    const outages: TokenAnswer[] = [
      { breaks: true },
      { status: 429, headers: { 'retry-after': '0' } },
      { status: 503 },
    ]
    const { answer } = setup.authority
    setup.authority.answer = (request) => outages.shift() ?? answer(request)
    await done
    expect(core.reports.map(({ type }) => type)).toEqual(['sign-in.answered', 'consent.granted'])
    expect(core.progress).toContainEqual({ waiting: null })
  })

  it('fails as throttled if the authority asks for a much later retry', async () => {
    setup.authority.answer = () => ({ status: 429, headers: { 'retry-after': '3600' } })
    const made = setup.make({ deviceCode: true })
    await expect(made.signIn({ attempt: 'a' }, signInCore().context)).rejects.toMatchObject({
      code: 'throttled',
      details: { retryAt: expect.any(String) as string },
    })
  })

  it('waits as long as the authority asks when it is asked for the tokens', async () => {
    const { core, done } = begin([{ status: 503, headers: { 'retry-after': '60' } }, granted])
    await vi.waitFor(() => expect(polls()).toBe(1), 60_000)
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(polls()).toBe(1)
    core.cancel()
    await done
  })

  it('whose scopes do not cover contacts fails, and nothing of it is kept', async () => {
    const { done } = begin([() => setup.authority.grant({ scope: 'openid User.Read' })])
    await expect(done).rejects.toMatchObject({ code: 'permission-missing' })
    expect(existsSync(setup.tokenFile)).toBe(false)
  })

  it('ends at its time limit, even if the code is valid for longer', async () => {
    setup.authority.answer = (request) => (request.has('grant_type') ? pending : { body: code })
    const made = setup.make({ deviceCode: true, consentTimeout: 200 })
    await expect(made.signIn({ attempt: 'a' }, signInCore().context)).rejects.toMatchObject({
      code: 'consent-timed-out',
    })
  })
})

describe('a code that is typed after the cancel', () => {
  it('is reported, and its tokens are dropped', async () => {
    let agreed = false
    const { made, core, done } = begin([() => (agreed ? granted() : pending)])
    await core.address
    core.cancel()
    await done
    agreed = true
    await vi.waitFor(() => expect(core.reports).toEqual([{ type: 'sign-in.answered' }]), 60_000)
    expect(existsSync(setup.tokenFile)).toBe(false)
    await expect(made.accessToken({ signal })).rejects.toMatchObject({ code: 'sign-in-expired' })
  })

  it('is not used either if the cancel comes during a poll', async () => {
    const { made, core, done } = begin([() => ({ ...granted(), delay: 1500 })])
    await vi.waitFor(() => expect(polls()).toBe(1), 60_000)
    const start = performance.now()
    core.cancel()
    await done
    expect(performance.now() - start).toBeLessThan(1000)
    await vi.waitFor(() => expect(core.reports).toEqual([{ type: 'sign-in.answered' }]), 60_000)
    expect(existsSync(setup.tokenFile)).toBe(false)
    await expect(made.accessToken({ signal })).rejects.toMatchObject({ code: 'sign-in-expired' })
  })

  it('is no longer polled for once the app is closed', async () => {
    const { made, core, done } = begin([pending])
    await vi.waitFor(() => expect(polls()).toBeGreaterThan(0), 60_000)
    core.cancel()
    await done
    await made.close()
    const before = polls()
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(polls()).toBeLessThanOrEqual(before + 1)
    expect(core.reports).toEqual([])
  })
})

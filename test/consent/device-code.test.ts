import { afterEach, beforeEach, expect, it } from 'vitest'
import type { RobotOptions, Sandbox } from '../../sandbox/index.ts'
import { robotWalk, startSandbox } from '../../sandbox/index.ts'
import { ConsentDevice } from './consent-device.ts'

let sandbox: Sandbox
let device: ConsentDevice

beforeEach(async () => {
  sandbox = await startSandbox({ contacts: 12, distributionLists: 0, deviceCodeInterval: 0.05 })
  device = await ConsentDevice.open(sandbox, { deviceCode: true })
})
afterEach(async () => {
  await device.close()
  await sandbox.close()
})

/** Begins an attempt. `visit` acts as the person who types the shown code on another device. */
const begin = async (command: 'signIn' | 'restart' = 'signIn') => {
  const started = await device.book[command]('microsoft365')
  if (!started.ok) throw new Error(started.refusal)
  const { attempt } = started
  const shown = () => device.book.progress.get().microsoft365
  await expect.poll(() => shown()?.attempt === attempt && shown()?.userCode, { timeout: 20_000 }).toBeTruthy()
  const { address = '', userCode = '' } = shown() ?? {}
  const visit = (options: Partial<RobotOptions> = {}) =>
    robotWalk(`${address}?${new URLSearchParams({ user_code: userCode }).toString()}`, {
      decision: 'accept',
      ...options,
    })
  return { attempt, address, userCode, visit }
}

const nothingKept = async () => {
  expect(await device.secretsOnDisk()).toEqual([])
  expect(await device.hasAccess()).toBe(false)
}

it('a code that is typed on another device imports the contacts here', async () => {
  const { attempt, address, userCode, visit } = await begin()
  expect(address).toMatch(/^http:\/\/localhost:\d+\//)
  expect(userCode).toMatch(/^\S{8,}$/)
  expect(await visit()).toContain('You are signed in')
  expect(await device.book.outcome(attempt)).toMatchObject({ state: 'imported' })
  expect(await device.recorded(attempt)).toContain('consent.granted')
  expect(await device.silently('refresh')).toMatchObject({ state: 'imported' })
})

it('a decline on the other device is reported here', async () => {
  const { attempt, visit } = await begin()
  await visit({ decision: 'decline' })
  expect(await device.book.outcome(attempt)).toMatchObject({ state: 'failed', code: 'consent-declined' })
  expect(device.allowed).toEqual(['restart'])
  await nothingKept()
})

it('a code that expired before it was typed fails as consent-timed-out', async () => {
  sandbox.settings.change({ deviceCodeLifetime: 1 })
  const { attempt } = await begin()
  expect(await device.book.outcome(attempt)).toMatchObject({ code: 'consent-timed-out' })
  expect(device.allowed).toEqual(['restart'])
})

it('a rule of the organization that forbids device codes is reported as such', async () => {
  sandbox.settings.change({ signInRefusal: { at: 'redeem', number: 53003 } })
  const { attempt, visit } = await begin()
  await visit().catch(() => undefined)
  expect(await device.book.outcome(attempt)).toMatchObject({
    code: 'sign-in-blocked',
    details: { serviceCode: 'AADSTS53003' },
  })
  await nothingKept()
})

it.each([
  { userCode: 'AB\u001b]0;owned\u0007CD' },
  { userCode: 'AB\nCD' },
  { verificationUri: 'javascript:alert(1)' },
  { verificationUri: 'http://login.example.test/device' },
])('what a hostile authority would have the person do (%j) is not shown', async (deviceCodePrompt) => {
  sandbox.settings.change({ deviceCodePrompt })
  const started = await device.book.signIn('microsoft365')
  if (!started.ok) throw new Error(started.refusal)
  expect(await device.book.outcome(started.attempt)).toMatchObject({ state: 'failed', code: 'bad-answer' })
  await nothingKept()
})

it('a short outage ends neither the code nor the sign-in', async () => {
  const fault = { kind: 'status', status: 503, times: 1, retryAfter: 0 } as const
  sandbox.settings.change({
    faults: [
      { ...fault, match: 'POST */devicecode' },
      { ...fault, match: 'POST */token' },
    ],
  })
  const { attempt, visit } = await begin()
  await visit()
  expect(await device.book.outcome(attempt)).toMatchObject({ state: 'imported' })
})

it('a code that is typed after the cancel is not processed; only a restart with a new code is', async () => {
  const old = await begin()
  const start = performance.now()
  await device.book.cancel('microsoft365')
  // The promised 100 ms are for stopping the task. The rest allows for slow disks.
  expect(performance.now() - start).toBeLessThan(2000)
  await old.visit()
  await expect
    .poll(() => device.recorded(old.attempt), { timeout: 20_000 })
    .toEqual(['attempt.requested', 'attempt.cancelled', 'report.ignored'])
  expect(device.account.state).toBe('cancelled')
  await nothingKept()

  const again = await begin('restart')
  expect(again.userCode).not.toBe(old.userCode)
  await again.visit()
  expect(await device.book.outcome(again.attempt)).toMatchObject({ state: 'imported' })
})

import { expect, it } from 'vitest'
import { startConsentTimeout } from './consent-timeout.ts'

it('ends by itself when the person takes too long', async () => {
  const wait = startConsentTimeout(new AbortController().signal, 20)
  await expect(wait.ended).rejects.toMatchObject({ code: 'consent-timed-out' })
  expect(wait).toMatchObject({ hasEnded: true, late: 'consent-timed-out' })
})

it('ends without a failure when the attempt is cancelled, even before it began', async () => {
  const abort = new AbortController()
  const wait = startConsentTimeout(abort.signal, 60_000)
  expect(wait).toMatchObject({ hasEnded: false, late: null })
  abort.abort()
  await wait.ended
  expect(wait).toMatchObject({ hasEnded: true, late: 'cancelled' })
  await startConsentTimeout(abort.signal, 60_000).ended
})

it('does not limit the rest once the person has answered', async () => {
  const wait = startConsentTimeout(new AbortController().signal, 20)
  wait.stopTimer()
  await new Promise((resolve) => setTimeout(resolve, 60))
  expect(wait).toMatchObject({ hasEnded: false, late: null })
  wait.end()
  await wait.ended
})

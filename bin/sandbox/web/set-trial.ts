import type { Sandbox, SettingsChange } from '../../../sandbox/index.ts'
import { trialGroups } from '../page/trials.ts'
import type { Trial } from '../page/trials.ts'

/** The person of the sandbox whose mailbox and access change. */
export const PERSON = 'user'

/** What `normal` restores. Not the mailbox, because a smaller one would be a removal. */
const restored = [
  'faults',
  'latency',
  'exposeRetryAfter',
  'needAdminApproval',
  'withheldScopes',
  'signInRefusal',
  'refreshRefusal',
  'spaRefreshTokenLifetime',
] as const

/** Changes the sandbox. Each trial of the service and the sign-in replaces the one before. */
export type SetTrial = (trial: Trial) => void

export const isTrial = (text: string): text is Trial =>
  text === 'normal' || Object.values<readonly string[]>(trialGroups).some((trials) => trials.includes(text))

/** The access of the person ends: the token is refused, and the consent is gone, so the next sign-in asks again. */
const tokenRefused = { faults: [{ kind: 'token-expired', times: 1 }] } as const satisfies {
  faults: SettingsChange['faults']
}

export const trialsOf = (sandbox: Sandbox): SetTrial => {
  const { current } = sandbox.settings
  const usual = Object.fromEntries(restored.map((name) => [name, current[name]])) as SettingsChange
  const change = (settings: SettingsChange) => sandbox.settings.change({ ...usual, ...settings })
  const mailbox = () => sandbox.mailbox(PERSON).contacts().length
  const usualSize = mailbox()
  const resize = (size: number) => sandbox.changeMailbox(PERSON, { size })
  const withdraw = (settings: SettingsChange) => {
    sandbox.revokeConsent(PERSON)
    change({ ...tokenRefused, ...settings })
  }
  const trials: Readonly<Record<Trial, () => void>> = {
    normal: () => change({}),
    more: () => resize(mailbox() + 5),
    edited: () => sandbox.changeMailbox(PERSON, { edits: 8 }),
    halved: () => resize(Math.floor(mailbox() / 2)),
    emptied: () => resize(0),
    refilled: () => resize(usualSize),
    capped: () => resize(12_345),
    // Otherwise a page cannot read the time (msgraph-sdk-design issue 76).
    throttled: () =>
      change({ faults: [{ kind: 'status', status: 429, retryAfter: 30, times: 1 }], exposeRetryAfter: true }),
    slow: () => change({ latency: 1500 }),
    down: () => change({ faults: [{ kind: 'status', status: 503 }] }),
    // Within the answer: a browser itself repeats a request that breaks before it (RFC 9110, section 9.2.2).
    unstable: () => change({ faults: [{ kind: 'reset', bytes: 20, times: 3 }] }),
    portal: () => change({ faults: [{ kind: 'captive-portal' }] }),
    // Listings only: a request that counts has no use for ids, and would use the faults up.
    malformed: () =>
      change({
        faults: [{ kind: 'malformed', how: 'no-id', at: 3, match: '*/contacts?*displayName*', times: 4 }],
      }),
    revoked: () => withdraw({ refreshRefusal: '65001' }),
    expired: () => change({ ...tokenRefused, spaRefreshTokenLifetime: 1 }),
    admin: () => withdraw({ needAdminApproval: true }),
    withheld: () => withdraw({ withheldScopes: ['Contacts.Read'] }),
    googleExpired: () =>
      change({
        faults: [{ kind: 'google-error', name: 'expired-sync-token-a', match: '&syncToken=', times: 1 }],
      }),
    googleRemoved: () => sandbox.google.revoke(PERSON),
    policy: () => change({ signInRefusal: { at: 'return', number: 53003 } }),
  }
  return (trial) => trials[trial]()
}

/** The number of contacts in the mailbox that the trials change. */
export const mailboxSize = (sandbox: Sandbox): number => sandbox.mailbox(PERSON).contacts().length

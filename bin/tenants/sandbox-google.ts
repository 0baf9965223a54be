import type { RobotOptions, Sandbox } from '../../sandbox/index.ts'
import { googleSignIn } from '../../src/adapters/google/google.node.ts'
import { peopleContactSource } from '../../src/adapters/google/people/people-contact-source.ts'
import { sqliteLocks } from '../../src/adapters/stores/sqlite/run-locks.ts'
import { systemBrowser } from '../../src/adapters/system/system-browser.ts'
import type { LinkedSource } from '../../src/index.ts'
import { orIssued } from './or-issued.ts'
import { googleTokenCacheOf } from './token-cache.ts'

/** The Google account of the sandbox. `robot` null: a person signs in. */
export const sandboxGoogle = (
  sandbox: Sandbox,
  {
    store,
    fetch,
    robot,
  }: {
    readonly store: string
    readonly fetch: typeof globalThis.fetch
    readonly robot: RobotOptions['decision'] | null
  },
): LinkedSource => {
  const { clientId, clientSecret, issuer, peopleUrl } = sandbox.google
  const tokenFile = googleTokenCacheOf(store)
  const signIn = googleSignIn({
    ...{ clientId, clientSecret, authority: issuer, fetch, tokenFile },
    tokenLocks: sqliteLocks(tokenFile),
    openBrowser: robot === null ? systemBrowser : sandbox.robot({ decision: robot, fetch }),
  })
  const tokens = robot === null ? signIn : orIssued(signIn, () => sandbox.google.issueToken('user'))
  return { source: 'google', signIn, contacts: peopleContactSource({ tokens, peopleUrl, fetch }) }
}

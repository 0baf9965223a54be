import type { Sandbox } from '../../sandbox/index.ts'
import { graphContactSource } from '../../src/adapters/microsoft365/mailbox/graph-contact-source.ts'
import { microsoftSignIn } from '../../src/adapters/microsoft365/sign-in/microsoft-sign-in.node.ts'
import { systemFetch } from '../../src/adapters/network/system-fetch.ts'
import { sqliteLocks } from '../../src/adapters/stores/sqlite/run-locks.ts'
import { systemBrowser } from '../../src/adapters/system/system-browser.ts'
import { isImportFailure } from '../../src/index.ts'
import type { Options } from '../../src/shells/terminal/arguments/options.ts'
import { announceSandbox } from '../sandbox/announce.ts'
import { rememberSandbox } from '../sandbox/memory.ts'
import type { SandboxMemory } from '../sandbox/memory.ts'
import { sandboxChoices } from '../sandbox/options.ts'
import { startSandboxTenant } from '../sandbox/start.ts'
import type { Tenant } from './tenant.ts'
import { tokenCacheOf } from './token-cache.ts'

/**
 * The sandbox tenant in this process: a new one each time, with the same people and contacts as before. It does not
 * know the tokens of earlier ones; if no user can be asked, it issues one on behalf of the robot.
 */
export const sandboxTenant = async (
  options: Options,
  store: string,
  remembered: SandboxMemory,
): Promise<Tenant> => {
  const choices = sandboxChoices(options)
  const contacts = choices.contacts ?? remembered.contacts
  const seed = choices.seed ?? remembered.seed
  const interactive = choices.interactive || (remembered.interactive === true && choices.robot === undefined)
  await rememberSandbox(store, {
    ...(contacts !== undefined && { contacts }),
    ...(seed !== undefined && { seed }),
    interactive,
  })
  const sandbox = await startSandboxTenant({ ...choices, contacts, seed })
  const tokenFile = tokenCacheOf(store)
  // The runtime's own may send requests to this machine through a proxy.
  const fetch = systemFetch()
  const signIn = microsoftSignIn({
    ...sandbox.signInOptions,
    fetch,
    tokenFile,
    tokenLocks: sqliteLocks(tokenFile),
    openBrowser: interactive ? systemBrowser : sandbox.robot({ decision: choices.robot ?? 'accept', fetch }),
  })
  const tokens = interactive ? signIn : withRobotsPlace(signIn, sandbox)
  return {
    source: {
      source: 'microsoft365',
      signIn,
      contacts: graphContactSource({
        graphUrl: sandbox.graphUrl,
        tokens,
        fetch,
        extendedProperties: options.extendedProperties,
      }),
    },
    tenant: 'sandbox',
    keyRing: false,
    signsIn: interactive ? 'person' : 'robot',
    adminConsentLink: undefined,
    options: options.extendedProperties ? ['--extended-properties'] : [],
    announce: (output, isSigningIn) => announceSandbox(output, isSigningIn && !interactive),
    close: () => sandbox.close(),
  }
}

type Tokens = Parameters<typeof graphContactSource>[0]['tokens']

const withRobotsPlace = (tokens: Tokens, sandbox: Sandbox): Tokens => {
  let issued: string | null = null
  return {
    accessToken: async (request) => {
      if (issued !== null && request.refused !== issued) return issued
      try {
        return await tokens.accessToken(request)
      } catch (error) {
        if (!isImportFailure(error) || error.code !== 'sign-in-expired') throw error
        if (issued !== null && request.refused === issued) throw error
        // Several requests may ask at the same time.
        return (issued ??= sandbox.issueToken('user'))
      }
    },
  }
}

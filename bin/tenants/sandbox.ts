import { randomUUID } from 'node:crypto'
import { graphSources } from '../../src/adapters/microsoft365/graph-sources.ts'
import { microsoftSignIn } from '../../src/adapters/microsoft365/sign-in/microsoft-sign-in.node.ts'
import { systemFetch } from '../../src/adapters/network/system-fetch.ts'
import { sqliteLocks } from '../../src/adapters/stores/sqlite/run-locks.ts'
import { systemBrowser } from '../../src/adapters/system/system-browser.ts'
import type { Options } from '../../src/shells/terminal/arguments/options.ts'
import { announceSandbox } from '../sandbox/announce.ts'
import { rememberSandbox } from '../sandbox/memory.ts'
import type { SandboxMemory } from '../sandbox/memory.ts'
import { type SandboxChoices, sandboxChoices } from '../sandbox/options.ts'
import { startSandboxTenant } from '../sandbox/start.ts'
import { orIssued } from './or-issued.ts'
import { sandboxGoogle } from './sandbox-google.ts'
import type { Tenant } from './tenant.ts'
import { tokenCacheOf } from './token-cache.ts'

const DEFAULT_SEED = 1

/** The origin of Graph in links: each process listens on another port, but delta links must stay valid. */
const GRAPH_ORIGIN = 'http://graph.localhost'

/**
 * The sandbox tenant in this process: a new one each time, with the mailbox of the previous one. It does not know the
 * tokens that earlier ones issued. If the robot signs in, an expired sign-in is replaced by a token that the sandbox issues.
 */
export const sandboxTenant = async (
  options: Options,
  store: string,
  remembered: SandboxMemory,
): Promise<Tenant> => {
  const choices = sandboxChoices(options)
  const memory = laterMemory(choices, remembered)
  const { contacts, seed, interactive } = memory
  await rememberSandbox(store, memory)
  const sandbox = await startSandboxTenant(
    { ...choices, contacts, seed },
    { remembered: memory.mailbox, linkOrigin: GRAPH_ORIGIN },
  )
  const tokenFile = tokenCacheOf(store)
  // The runtime's own `fetch` may send requests to this machine through a proxy.
  const fetch = systemFetch()
  const signIn = microsoftSignIn({
    ...sandbox.signInOptions,
    fetch,
    tokenFile,
    tokenLocks: sqliteLocks(tokenFile),
    openBrowser: interactive ? systemBrowser : sandbox.robot({ decision: choices.robot ?? 'accept', fetch }),
  })
  const tokens = interactive ? signIn : orIssued(signIn, () => sandbox.issueToken('user'))
  return {
    source: {
      source: 'microsoft365',
      signIn,
      ...graphSources({
        graphUrl: `${GRAPH_ORIGIN}/v1.0`,
        fetch: (address, init) => fetch(there(sandbox.origin, address), init),
        tokens,
        extendedProperties: options.extendedProperties,
      }),
    },
    google: {
      isKnown: true,
      source: sandboxGoogle(sandbox, {
        store,
        fetch,
        robot: interactive ? null : (choices.robot ?? 'accept'),
      }),
    },
    tenant: 'sandbox',
    keyRing: false,
    signsIn: interactive ? 'person' : 'robot',
    adminConsentLink: undefined,
    options: options.extendedProperties ? ['--extended-properties'] : [],
    announce: (output, isSigningIn) => announceSandbox(output, isSigningIn && !interactive, store),
    close: () => sandbox.close(),
  }
}

/** The same address at this process's sandbox. */
const there = (origin: string, address: string | URL | Request): string => {
  const { pathname, search } = new URL(address instanceof Request ? address.url : address)
  return `${origin}${pathname}${search}`
}

/** The memory of the tenant, with the changes that the options ask for. */
const laterMemory = (choices: SandboxChoices, remembered: SandboxMemory) => {
  const { contacts: size, edits } = choices
  const interactive = choices.interactive || (remembered.interactive === true && choices.robot === undefined)
  const seed = choices.seed ?? remembered.seed
  const { mailbox } = remembered
  const isNew = mailbox === undefined || (seed ?? DEFAULT_SEED) !== (remembered.seed ?? DEFAULT_SEED)
  const change = {
    at: new Date().toISOString(),
    // A new mailbox has its size from the start.
    ...(size !== undefined && !isNew && { size }),
    ...(edits !== undefined && { edits }),
  }
  const changes = change.size === undefined && change.edits === undefined ? [] : [change]
  if (!isNew)
    return { ...remembered, interactive, mailbox: { ...mailbox, changes: [...mailbox.changes, ...changes] } }
  const contacts = size ?? sizeOf(remembered)
  return { contacts, seed, interactive, mailbox: { id: randomUUID(), changes } }
}

/** The number of contacts that was last chosen for the mailbox; undefined: the default. */
const sizeOf = ({ contacts, mailbox }: SandboxMemory): number | undefined =>
  mailbox?.changes.findLast(({ size }) => size !== undefined)?.size ?? contacts

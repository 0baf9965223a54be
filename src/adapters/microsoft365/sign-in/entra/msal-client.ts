import type { INetworkModule, NetworkRequestOptions, PublicClientApplication } from '@azure/msal-node'
import { ImportFailure, isImportFailure } from '../../../../domain/failures.ts'
import { TransientError } from '../../../http/retry/transient-error.ts'
import { type AuthoritySettings, resolveAuthority } from './authority.ts'
import { atTenant, DEFAULT_AUTHORITY } from './authority-address.ts'
import { checkedNetwork, requireEndpoints } from './checked-network.ts'
import { msalNetwork } from './msal-network.ts'
import { announcedIssuer, type AnnouncedIssuer } from '../../../sign-in/authority/response-issuer.ts'

/** The app registration, and where its users sign in. */
export interface MsalClientOptions {
  /** Application (client) id of the app registration. */
  readonly clientId: string
  /** Default: `https://login.microsoftonline.com/common`. Plain http for a provider on this machine. */
  readonly authority?: string
  /** A tenant's id or domain, which replaces the one in `authority`. */
  readonly tenant?: string
  /** Like `authorityMetadata`, an option of MSAL. If absent, determined from `authority`. */
  readonly knownAuthorities?: readonly string[]
  readonly authorityMetadata?: string
  /** Sends every request of a sign-in. Default: the runtime's own, which may know no proxy. */
  readonly fetch?: typeof fetch
}

export interface MsalClientRequest {
  /** For one request, in ms. */
  readonly timeLimit: number
  readonly signal?: AbortSignal
  /** Wraps the network between MSAL and the authority. */
  network?(network: INetworkModule): INetworkModule
  /** Called with the authority's metadata once it is known, unless it is MSAL's own. */
  readonly onMetadata?: (metadata: object) => void
}

/**
 * Creates clients of one app registration that keep tokens in memory only. They reject with the `ImportFailure` or the
 * `TransientError` that their network threw. Throws as `resolveAuthority` does.
 */
export const msalClients = (options: MsalClientOptions) => {
  let resolved: AuthoritySettings | null = null
  return async (conditions: MsalClientRequest): Promise<PublicClientApplication> => {
    resolved ??= await settingsOf(options, conditions)
    // Loaded on demand: it takes up to a second from a cold disk, and most commands never sign in.
    const { PublicClientApplication } = await import('@azure/msal-node')
    const { timeLimit, signal } = conditions
    const network = msalNetwork(timeLimit, {
      ...(signal && { signal }),
      ...(options.fetch && { fetch: options.fetch }),
    })
    const checked = checkedNetwork(network, conditions.onMetadata)
    if (resolved.authorityMetadata !== undefined) {
      const metadata = givenMetadata(resolved.authorityMetadata)
      requireEndpoints(metadata)
      conditions.onMetadata?.(metadata)
    }
    const remembering = rememberingNetwork(conditions.network?.(checked) ?? checked)
    const client = new PublicClientApplication({
      auth: {
        clientId: options.clientId,
        authority: resolved.authority,
        knownAuthorities: [...resolved.knownAuthorities],
        ...(resolved.authorityMetadata !== undefined && { authorityMetadata: resolved.authorityMetadata }),
        // Tells Graph that it may send claims challenges: `accessToken({ claims })` answers them.
        clientCapabilities: ['CP1'],
      },
      system: { networkClient: remembering },
    })
    return withReasons(client, remembering)
  }
}

interface RememberingNetwork extends INetworkModule {
  /** Why the last request failed; null if it did not. */
  readonly failure: Error | null
}

const rememberingNetwork = (network: INetworkModule): RememberingNetwork => {
  let failure: Error | null = null
  const remembered = async <T>(send: () => Promise<T>): Promise<T> => {
    failure = null
    try {
      return await send()
    } catch (error) {
      if (isImportFailure(error) || error instanceof TransientError) failure = error
      throw error
    }
  }
  return {
    sendGetRequestAsync: <T>(url: string, request?: NetworkRequestOptions, timeout?: number) =>
      remembered(() => network.sendGetRequestAsync<T>(url, request, timeout)),
    sendPostRequestAsync: <T>(url: string, request?: NetworkRequestOptions) =>
      remembered(() => network.sendPostRequestAsync<T>(url, request)),
    get failure() {
      return failure
    },
  }
}

/**
 * MSAL replaces the errors of its network by one that always says the same. This client rejects with the original
 * error.
 */
const withReasons = <Client extends object>(client: Client, network: RememberingNetwork): Client =>
  new Proxy(client, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name)
      if (typeof member !== 'function') return member
      return (...args: readonly unknown[]): unknown => {
        const before = network.failure
        const result: unknown = Reflect.apply(member, target, args)
        if (!(result instanceof Promise)) return result
        return result.catch((error: unknown) => {
          throw network.failure !== before && network.failure !== null ? network.failure : error
        })
      }
    },
  })

export type MsalClients = ReturnType<typeof msalClients>

/**
 * The issuer in MSAL's own metadata of Microsoft's clouds, once MSAL has made an address. That metadata announces no
 * `iss`.
 */
export const issuerKnownToMsal = (client: PublicClientApplication): AnnouncedIssuer => {
  const entries = Object.values(client.getTokenCache().getKVStore())
  const metadata = entries.find((entry) => typeof entry === 'object' && 'authorization_endpoint' in entry)
  return announcedIssuer(Object(metadata) as object)
}

const givenMetadata = (text: string): object => {
  try {
    return Object(JSON.parse(text)) as object
  } catch (error) {
    throw new ImportFailure('app-misconfigured', {}, error)
  }
}

const settingsOf = async (
  { tenant, knownAuthorities, authorityMetadata, fetch, ...options }: MsalClientOptions,
  { timeLimit, signal }: MsalClientRequest,
): Promise<AuthoritySettings> => {
  const authority = atTenant(options.authority ?? DEFAULT_AUTHORITY, tenant)
  if (authorityMetadata !== undefined)
    return { authority, knownAuthorities: knownAuthorities ?? [new URL(authority).host], authorityMetadata }
  const found = await resolveAuthority(authority, {
    timeLimit,
    ...(signal && { signal }),
    ...(fetch && { fetch }),
  })
  return knownAuthorities === undefined ? found : { ...found, knownAuthorities }
}

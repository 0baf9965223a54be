import type { Settings } from '../settings.ts'

/** The app for programs: a public client, registered for the platform *Mobile and desktop applications*. */
export const CLIENT_ID = '5a9db0c0-0000-4000-8000-000000c0ffee'

/** The app for pages, registered for the platform *Single-page application* with the setting `spaRedirects`. */
export const SPA_CLIENT_ID = '5a9db0c0-0000-4000-8000-00000005e11a'

/** How an app is registered. Entra redeems codes and refresh tokens differently for each. */
export type Platform = 'native' | 'spa'

const platforms: Readonly<Record<string, Platform>> = { [CLIENT_ID]: 'native', [SPA_CLIENT_ID]: 'spa' }

/** Null: no such app is registered. */
export const platformOf = (clientId: string | null | undefined): Platform | null =>
  (Object.hasOwn(platforms, clientId ?? '') ? platforms[clientId ?? ''] : undefined) ?? null

/** The origins of the pages that are registered as a single-page application. */
export const spaOrigins = ({ current }: Settings): readonly string[] =>
  current.spaRedirects.map((address) => new URL(address).origin)

/**
 * Whether an answer may be sent to this address: for pages exactly the registered ones, for programs any port of this
 * machine (RFC 8252, section 7.3).
 */
export const isRegistered = (clientId: string, redirectUri: string, settings: Settings): boolean =>
  platformOf(clientId) === 'spa'
    ? settings.current.spaRedirects.includes(redirectUri)
    : URL.canParse(redirectUri) && ['localhost', '127.0.0.1'].includes(new URL(redirectUri).hostname)

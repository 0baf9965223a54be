import type { Settings } from '../settings.ts'

/** An OAuth client of a Google Cloud project. Both kinds have a secret, even if it cannot be kept secret. */
export interface GoogleApp {
  readonly clientId: string
  readonly clientSecret: string
  readonly kind: 'desktop' | 'web'
}

export const desktopApp: GoogleApp = {
  clientId: '123456789012-desktop5a9db0c0.apps.googleusercontent.com',
  clientSecret: 'GOCSPX-sandbox-desktop',
  kind: 'desktop',
}

export const webApp: GoogleApp = {
  clientId: '123456789012-web5a9db0c0.apps.googleusercontent.com',
  clientSecret: 'GOCSPX-sandbox-web',
  kind: 'web',
}

export const appOf = (clientId: string | null): GoogleApp | undefined =>
  [desktopApp, webApp].find((app) => app.clientId === clientId)

const isLoopback = (address: string): boolean =>
  URL.canParse(address) &&
  new URL(address).protocol === 'http:' &&
  ['127.0.0.1', 'localhost'].includes(new URL(address).hostname) &&
  !address.includes('#')

/**
 * Whether an answer may be sent to this address: for web clients exactly the registered ones, for desktop clients any
 * port and path of this machine (Google: OAuth 2.0 for iOS & Desktop Apps, loopback IP address).
 */
export const isRedirectOf = ({ kind }: GoogleApp, address: string, { current }: Settings): boolean =>
  kind === 'web' ? current.spaRedirects.includes(address) : isLoopback(address)

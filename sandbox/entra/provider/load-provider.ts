import type * as OidcProvider from 'oidc-provider'

/**
 * Loads oidc-provider on demand. On Node 20 it warns that only newer versions are supported, although everything used
 * here works (the tests run on it): that one line is suppressed.
 */
export const loadProvider = async (): Promise<typeof OidcProvider> => {
  const { warn } = console
  console.warn = (...args: unknown[]) => {
    if (!String(args[0]).includes('Unsupported runtime')) warn(...args)
  }
  try {
    return await import('oidc-provider')
  } finally {
    console.warn = warn
  }
}

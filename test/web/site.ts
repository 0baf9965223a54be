import { bundle } from './bundle.ts'
import { serve } from './serve.ts'

/** The web server of an app: its page, the page of sign-in tabs, and their scripts. */
export interface Site {
  readonly app: string
  readonly signInPage: string
  /** How long the page of sign-in tabs waits for the app, in ms. */
  patience: number
  close(): Promise<void>
}

/**
 * Strict, as an app's should be: no inline script or style, no markup made of texts.
 *
 * @param connect the origins that the app's page may send requests to
 */
export const siteHeaders =
  (connect: string, signInPage: string) =>
  (path: string): Readonly<Record<string, string>> => ({
    'content-security-policy':
      `default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' ${connect}; ` +
      `base-uri 'none'; form-action 'none'; frame-ancestors 'none'; ` +
      `require-trusted-types-for 'script'; trusted-types 'none'`,
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    ...(path === signInPage ? {} : { 'cross-origin-opener-policy': 'same-origin-allow-popups' }),
  })

/**
 * A site whose page gives tests the parts that an app uses.
 *
 * @param connect the origins that the app's page may send requests to
 * @param app the script of the app's page
 */
export const startSite = async (connect: string, app = 'app.page.ts'): Promise<Site> => {
  const scripts = await bundle(new URL('./', import.meta.url), [app, 'sign-in.page.ts'])
  const page = (script: string) =>
    `<!doctype html><html lang="en" data-patience="${site.patience}"><meta charset="utf-8"><title>App</title>` +
    `<link rel="icon" href="data:,"><script type="module" src="${script}"></script>`
  const served = await serve(
    () =>
      new Map([
        ...scripts,
        ['/', page(`/${app.replace(/\.ts$/, '.js')}`)],
        ['/sign-in', page('/sign-in.page.js')],
      ]),
    siteHeaders(connect, '/sign-in'),
  )
  const site: Site = {
    app: `${served.origin}/`,
    signInPage: `${served.origin}/sign-in`,
    patience: 60_000,
    close: () => served.close(),
  }
  return site
}

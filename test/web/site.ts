import { startSandbox, type Sandbox, type SettingsChange } from '../../sandbox/index.ts'
import { bundle } from './bundle.ts'
import { serve } from './serve.ts'

/** Apps in pages, the page of their sign-in tabs, and a sandbox tenant that knows it. */
export interface Site {
  readonly sandbox: Sandbox
  /** The address of a page that gives tests the parts that an app uses. */
  readonly app: string
  /** The address of a page that keeps a book. */
  readonly bookApp: string
  /** What an app needs to sign in. */
  readonly options: {
    readonly clientId: string
    readonly authority: string
    readonly graphUrl: string
    readonly signInPage: string
  }
  /** How long the page of sign-in tabs waits for the app, in ms; null: as long as it does by itself. */
  patience: number | null
  close(): Promise<void>
}

/** What the elements need: photos of contacts, and markup made by Lit. */
export const elementsPolicy = 'img-src blob:; trusted-types lit-html'

/**
 * Strict, as an app's should be: no inline script or style, no markup made of texts.
 *
 * @param connect the origins that the app's page may send requests to
 * @param more what else the page needs: see `elementsPolicy`
 */
export const siteHeaders =
  (connect: string, signInPage: string, more = `trusted-types 'none'`) =>
  (path: string): Readonly<Record<string, string>> => ({
    'content-security-policy':
      `default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' ${connect}; ` +
      `base-uri 'none'; form-action 'none'; frame-ancestors 'none'; ` +
      `require-trusted-types-for 'script'; ${more}`,
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    ...(path === signInPage ? {} : { 'cross-origin-opener-policy': 'same-origin-allow-popups' }),
  })

const scriptsOfPages = { '/': 'app.page.ts', '/book': 'book.page.ts', '/sign-in': 'sign-in.page.ts' }

/** Serves the pages with strict headers. */
export const startSite = async (settings: SettingsChange = {}): Promise<Site> => {
  const sandbox = await startSandbox(settings)
  const scripts = await bundle(new URL('./', import.meta.url), Object.values(scriptsOfPages))
  const page = (script: string) =>
    `<!doctype html><html lang="en" data-patience="${site.patience ?? ''}"><meta charset="utf-8"><title>App</title>` +
    `<script type="module" src="/${script.replace(/\.ts$/, '.js')}"></script>`
  const pages = () => Object.entries(scriptsOfPages).map(([path, script]) => [path, page(script)] as const)
  const served = await serve(() => new Map([...scripts, ...pages()]), siteHeaders(sandbox.origin, '/sign-in'))
  const signInPage = `${served.origin}/sign-in`
  sandbox.settings.change({ spaRedirects: [signInPage] })
  const site: Site = {
    sandbox,
    app: `${served.origin}/`,
    bookApp: `${served.origin}/book`,
    options: {
      clientId: sandbox.spaClientId,
      authority: sandbox.authority,
      graphUrl: sandbox.graphUrl,
      signInPage,
    },
    patience: 60_000,
    close: async () => {
      await Promise.all([served.close(), sandbox.close()])
    },
  }
  return site
}

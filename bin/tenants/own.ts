import { broughtToken } from '../../src/adapters/microsoft365/brought-token.ts'
import { graphContacts } from '../../src/adapters/microsoft365/graph-contacts.ts'
import { microsoftSignIn } from '../../src/adapters/microsoft365/sign-in.node.ts'
import { readTokenFile, TokenFileError } from '../../src/adapters/microsoft365/token-file.ts'
import { systemBrowser } from '../../src/adapters/system/system-browser.ts'
import { adminConsentLink } from '../../src/messages/admin-consent-link.ts'
import type { Options } from '../../src/shells/terminal/options.ts'
import { UsageError } from '../../src/shells/terminal/usage-error.ts'
import type { Tenant } from './tenant.ts'
import { tokenCacheOf } from './token-cache.ts'

/** The person's own tenant, by an app registration or with a token that the person brings. */
export const ownTenant = async (options: Options, store: string): Promise<Tenant> => {
  const { clientId = '', tokenFile, graphUrl = 'https://graph.microsoft.com' } = options
  const { authority, tenant } = options
  if (tokenFile !== undefined) await checkTokenFile(tokenFile)
  const signIn =
    tokenFile === undefined
      ? microsoftSignIn({
          clientId,
          graphUrl,
          tokenFile: tokenCacheOf(store),
          openBrowser: systemBrowser,
          ...(authority !== undefined && { authority }),
          ...(tenant !== undefined && { tenant }),
        })
      : broughtToken({ tokenFile })
  return {
    source: { source: 'microsoft365', signIn, contacts: graphContacts({ graphUrl, tokens: signIn }) },
    tenant: 'own',
    signsIn: tokenFile === undefined ? 'person' : 'nobody',
    adminConsentLink: approvalLink(options),
    options: typed(options),
    close: () => Promise.resolve(),
  }
}

const tokenFileProblems = {
  missing: 'is not there',
  unreadable: 'cannot be read',
  empty: 'is empty',
  'not-a-token': 'holds something else than an access token',
} as const

/** Before anything else happens: a wrong file name is no failed import. */
const checkTokenFile = async (file: string): Promise<void> => {
  try {
    await readTokenFile(file)
  } catch (error) {
    if (!(error instanceof TokenFileError)) throw error
    throw new UsageError(`The token file ${file} ${tokenFileProblems[error.reason]}.`)
  }
}

/** Only Microsoft has such a page. */
const approvalLink = ({ clientId, tenant, authority, graphUrl }: Options): string | undefined => {
  const signInHost = authority === undefined ? undefined : new URL(authority)
  const graphHost = graphUrl === undefined ? undefined : new URL(graphUrl)
  if (clientId === undefined || signInHost?.protocol === 'http:' || graphHost?.protocol === 'http:')
    return undefined
  return adminConsentLink({
    clientId,
    ...(tenant !== undefined && { tenant }),
    ...(signInHost && { signInHost: signInHost.host }),
    ...(graphHost && { graphHost: graphHost.host }),
  })
}

const typed = ({ clientId, tenant, authority, graphUrl, tokenFile }: Options): readonly string[] =>
  Object.entries({
    '--client-id': clientId,
    '--tenant': tenant,
    '--authority': authority,
    '--graph-url': graphUrl,
    '--token-file': tokenFile,
  }).flatMap(([name, value]) => (value === undefined ? [] : [name, value]))

import { isOnThisMachine } from '../../src/adapters/microsoft365/sign-in/entra/authority-address.ts'
import { adminConsentLink } from '../../src/messages.ts'
import { microsoft365, microsoft365WithTokenFile } from '../../src/node.ts'
import type { LinkedSource } from '../../src/node.ts'
import type { Options } from '../../src/shells/terminal/arguments/options.ts'
import { checkTokenFile } from './check-token-file.ts'
import { recalledGoogle } from './google.ts'
import type { Tenant } from './tenant.ts'
import { tokenCacheOf } from './token-cache.ts'

/** The person's own tenant, accessed with an app registration or a token file. */
export const ownTenant = async (options: Options, store: string): Promise<Tenant> => ({
  source: await sourceOf(options, store),
  google: await recalledGoogle(store),
  tenant: 'own',
  keyRing: !isLocal(options),
  signsIn: options.tokenFile === undefined ? 'person' : 'nobody',
  adminConsentLink: approvalLink(options),
  options: typed(options),
  close: () => Promise.resolve(),
})

const isLocal = ({ authority, graphUrl }: Options): boolean =>
  [authority, graphUrl].some((address) => address !== undefined && isOnThisMachine(address))

const sourceOf = async (options: Options, store: string): Promise<LinkedSource> => {
  const { clientId = '', tokenFile, graphUrl, authority, tenant, deviceCode, extendedProperties } = options
  const graph = { extendedProperties, ...(graphUrl !== undefined && { graphUrl }) }
  if (tokenFile !== undefined) {
    await checkTokenFile(tokenFile)
    return microsoft365WithTokenFile({ tokenFile, ...graph })
  }
  return microsoft365({
    clientId,
    tokenFile: tokenCacheOf(store),
    deviceCode,
    ...graph,
    ...(authority !== undefined && { authority }),
    ...(tenant !== undefined && { tenant }),
  })
}

const approvalLink = ({ clientId, tenant, authority, graphUrl }: Options): string | undefined =>
  clientId === undefined ? undefined : adminConsentLink({ clientId, tenant, authority, graphUrl })

const typed = ({
  clientId,
  tenant,
  authority,
  graphUrl,
  tokenFile,
  deviceCode,
  extendedProperties,
}: Options): readonly string[] => [
  ...Object.entries({
    '--client-id': clientId,
    '--tenant': tenant,
    '--authority': authority,
    '--graph-url': graphUrl,
    '--token-file': tokenFile,
  }).flatMap(([name, value]) => (value === undefined ? [] : [name, value])),
  ...(deviceCode ? ['--device-code'] : []),
  ...(extendedProperties ? ['--extended-properties'] : []),
]

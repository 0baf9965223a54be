import type { Adapter, ClientMetadata } from 'oidc-provider'
import type { Settings } from '../../settings.ts'
import { CLIENT_ID, SPA_CLIENT_ID } from '../apps.ts'

/** Allows any port in its addresses: oidc-provider does so for native clients. */
export const nativeClient: ClientMetadata = {
  client_id: CLIENT_ID,
  client_name: 'device-contacts',
  application_type: 'native',
  token_endpoint_auth_method: 'none',
  redirect_uris: ['http://localhost', 'http://127.0.0.1'],
  grant_types: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'],
}

/** Compares its addresses exactly, port and path included. */
const spaClient = (redirectUris: readonly string[]): ClientMetadata => ({
  client_id: SPA_CLIENT_ID,
  client_name: 'device-contacts',
  application_type: 'web',
  token_endpoint_auth_method: 'none',
  redirect_uris: [...redirectUris],
  grant_types: ['authorization_code', 'refresh_token'],
})

/** Where oidc-provider looks for clients that may change: the addresses of pages are a setting. */
export const clientAdapter = (settings: Settings, storage: Adapter): Adapter => ({
  ...storage,
  find: async (id) => {
    const { spaRedirects } = settings.current
    return id === SPA_CLIENT_ID && spaRedirects.length > 0 ? spaClient(spaRedirects) : undefined
  },
})

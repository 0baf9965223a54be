import { describe, expect, it } from 'vitest'
import { TransientError } from '../../../http/retry/transient-error.ts'
import { msalClients } from './msal-client.ts'

const at = 'https://login.example.test/tenant'
const address = { scopes: ['Contacts.Read'], redirectUri: 'http://localhost' }

/** The error with which a client rejects if its authority answers like this. */
const reasonOf = async (fetch: typeof globalThis.fetch): Promise<unknown> => {
  const clients = msalClients({ clientId: 'id', authority: at, fetch })
  const client = await clients({ timeLimit: 5000 })
  return client.getAuthCodeUrl(address).catch((error: unknown) => error)
}

describe('a client of MSAL rejects with what its network found', () => {
  it('in metadata that would send codes unencrypted', async () => {
    const endpoints = {
      authorization_endpoint: `${at}/authorize`,
      token_endpoint: 'http://login.example.test/t',
    }
    const metadata = { issuer: at, jwks_uri: `${at}/keys`, ...endpoints }
    expect(await reasonOf(async () => Response.json(metadata))).toMatchObject({ code: 'app-misconfigured' })
  })

  it('in the answer of a proxy', async () => {
    expect(await reasonOf(async () => new Response('', { status: 407 }))).toMatchObject({
      code: 'proxy-needs-sign-in',
    })
  })

  it('in a connection that may work a moment later', async () => {
    const broken = async () => {
      throw new TypeError('fetch failed', { cause: Object.assign(new Error(), { code: 'ECONNRESET' }) })
    }
    const reason = await reasonOf(broken)
    expect(reason).toBeInstanceOf(TransientError)
    expect(reason).toMatchObject({ code: 'service-unavailable' })
  })
})

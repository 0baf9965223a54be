import { encodeBase64url } from '../../formats/base64url.ts'

/**
 * An opaque key for an account: equal for the same account in the same store, meaningless anywhere else.
 * HMAC-SHA-256 of the account's id under the store's random key, base64url.
 */
export const accountKey = async (storeKey: string, accountId: string): Promise<string> => {
  const encoder = new TextEncoder()
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', encoder.encode(storeKey), algorithm, false, ['sign'])
  const signature = await crypto.subtle.sign('HMAC', key, encoder.encode(accountId))
  return encodeBase64url(new Uint8Array(signature))
}

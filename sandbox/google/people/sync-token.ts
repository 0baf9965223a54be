import { createHmac, randomBytes } from 'node:crypto'
import * as v from 'valibot'

const syncSchema = v.object({
  generation: v.string(),
  /** Position of the contacts: later changes have not been returned yet. */
  since: v.number(),
  /** When the full sync began that everything goes back to, in milliseconds. */
  full: v.number(),
  /** The parameters of the full sync. */
  shape: v.string(),
})

/** What a device knows after a sync. */
export type SyncState = v.InferOutput<typeof syncSchema>

/** The same in every process: a token is valid as long as its contacts are. */
const SECRET = 'sandbox'

const seal = (text: string): string =>
  createHmac('sha256', SECRET).update(text).digest('base64url').slice(0, 12)

/** Opaque and different each time: a client that compares or parses tokens must fail. */
export const syncToken = (state: SyncState): string => {
  const nonce = randomBytes(4).toString('hex')
  const text = Buffer.from(JSON.stringify({ ...state, nonce })).toString('base64url')
  return `GgEC${seal(text)}${text}`
}

/** Null if the token was not issued here. */
export const readSyncToken = (token: string): SyncState | null => {
  const text = token.slice(16)
  if (token.slice(0, 16) !== `GgEC${seal(text)}`) return null
  return v.parse(syncSchema, JSON.parse(Buffer.from(text, 'base64url').toString('utf8')))
}

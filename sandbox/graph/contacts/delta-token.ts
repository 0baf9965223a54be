import { createHmac, randomBytes } from 'node:crypto'
import * as v from 'valibot'

const stateSchema = v.object({
  generation: v.string(),
  folderId: v.string(),
  /** Position in the change log: later changes have not been returned yet. */
  since: v.number(),
  /** Key of the last listed item during the first listing of the folder; null after that. */
  after: v.nullable(v.number()),
  /** Number of changes of this round that have been returned. */
  done: v.number(),
  /** Where this round of changes ends. */
  until: v.nullable(v.number()),
  select: v.nullable(v.array(v.string())),
  size: v.number(),
})

/** The progress of a delta query. */
export type DeltaState = v.InferOutput<typeof stateSchema>

const secret = randomBytes(32)

/** All selections so far: a token contains only the index, because it would be too long otherwise. */
const selections: string[] = []

const placeOf = (select: readonly string[]): number => {
  const text = select.join()
  return selections.includes(text) ? selections.indexOf(text) : selections.push(text) - 1
}

const seal = (text: string): string =>
  createHmac('sha256', secret).update(text).digest('base64url').slice(0, 12)

let issued = 0

/** How many tokens have been issued so far. */
export const deltaTokensIssued = (): number => issued

/** When the delta token of an address was issued: a count from 1. Infinity for an address without one. */
export const issueNumberIn = (url: string): number => {
  const query = new URLSearchParams(url.split('?')[1] ?? '')
  const token = query.get('$deltatoken') ?? query.get('$skiptoken')
  return (token === null ? null : keptIn(token)?.issue) ?? Infinity
}

/** Opaque and different each time: a client that compares or parses tokens must fail. */
export const deltaToken = (state: DeltaState): string => {
  const { select, ...rest } = state
  const nonce = randomBytes(4).toString('hex')
  const kept: Kept = { ...rest, select: select && placeOf(select), issue: ++issued, nonce }
  const text = Buffer.from(JSON.stringify(kept)).toString('base64url')
  return `${seal(text)}${text}`
}

/** Null if the token was not issued here. */
export const readDeltaToken = (token: string): DeltaState | null => {
  const kept = keptIn(token)
  if (kept === null) return null
  const select = kept.select === null ? null : selections[kept.select]?.split(',')
  return v.parse(stateSchema, { ...kept, select })
}

type Kept = Omit<DeltaState, 'select'> & {
  readonly select: number | null
  readonly issue: number
  readonly nonce: string
}

const keptIn = (token: string): Kept | null => {
  const text = token.slice(12)
  if (seal(text) !== token.slice(0, 12)) return null
  return JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as Kept
}

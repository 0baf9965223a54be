import { createHmac, randomBytes } from 'node:crypto'
import * as v from 'valibot'
import { contactProperties } from './contact-properties.ts'

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

/** The same in every process: a token is valid as long as its mailbox is. */
const SECRET = 'sandbox'

/** A selection as a set of bits: its names would make a token too long. */
const bitsOf = (select: readonly string[]): string =>
  contactProperties
    .reduce((bits, property, index) => (select.includes(property) ? bits | (1n << BigInt(index)) : bits), 0n)
    .toString(16)

const selectOf = (bits: string): string[] => {
  const set = BigInt(`0x${bits}`)
  return contactProperties.filter((_, index) => (set >> BigInt(index)) % 2n === 1n)
}

const seal = (text: string): string =>
  createHmac('sha256', SECRET).update(text).digest('base64url').slice(0, 12)

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
  const kept: Kept = { ...rest, select: select && bitsOf(select), issue: ++issued, nonce }
  const text = Buffer.from(JSON.stringify(kept)).toString('base64url')
  return `${seal(text)}${text}`
}

/** Null if the token was not issued here. */
export const readDeltaToken = (token: string): DeltaState | null => {
  const kept = keptIn(token)
  if (kept === null) return null
  const select = kept.select === null ? null : selectOf(kept.select)
  return v.parse(stateSchema, { ...kept, select })
}

type Kept = Omit<DeltaState, 'select'> & {
  readonly select: string | null
  readonly issue: number
  readonly nonce: string
}

const keptIn = (token: string): Kept | null => {
  const text = token.slice(12)
  if (seal(text) !== token.slice(0, 12)) return null
  return JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as Kept
}

import { createHmac, randomBytes } from 'node:crypto'
import * as v from 'valibot'

const stateSchema = v.object({
  generation: v.string(),
  folderId: v.string(),
  /** Of the change log: changes after it are still to come. */
  since: v.number(),
  /** Key of the last item that was listed, while the folder is listed for the first time; then null. */
  after: v.nullable(v.number()),
  /** Changes of this round that were given already. */
  done: v.number(),
  /** Where this round of changes ends. */
  until: v.nullable(v.number()),
  select: v.nullable(v.array(v.string())),
  size: v.number(),
})

/** Where a delta query stands. */
export type DeltaState = v.InferOutput<typeof stateSchema>

const secret = randomBytes(32)

/** What was ever selected: a token names its place here, as it would be too long otherwise. */
const selections: string[] = []

const placeOf = (select: readonly string[]): number => {
  const text = select.join()
  return selections.includes(text) ? selections.indexOf(text) : selections.push(text) - 1
}

const seal = (text: string): string =>
  createHmac('sha256', secret).update(text).digest('base64url').slice(0, 12)

/** Opaque, and never the same twice: a client that compares or takes apart tokens must fail. */
export const deltaToken = (state: DeltaState): string => {
  const { select, ...rest } = state
  const kept = { ...rest, select: select && placeOf(select), nonce: randomBytes(4).toString('hex') }
  const text = Buffer.from(JSON.stringify(kept)).toString('base64url')
  return `${seal(text)}${text}`
}

/** Null where the token was not made here. */
export const readDeltaToken = (token: string): DeltaState | null => {
  const text = token.slice(12)
  if (seal(text) !== token.slice(0, 12)) return null
  const { select, ...state } = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as {
    select: number | null
  }
  return v.parse(stateSchema, { ...state, select: select === null ? null : selections[select]?.split(',') })
}

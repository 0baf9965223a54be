import * as v from 'valibot'
import { commandTypes } from '../../domain/commands.ts'
import { failureCodes, signOutSteps } from '../../domain/failures.ts'
import { sources } from '../../domain/source.ts'
import { MOST_ROWS } from '../contacts-client.ts'

/** Longer texts of the other side are refused: no name and no number is as long. */
const LONGEST_TEXT = 10_000

const source = v.picklist(sources)
const text = v.pipe(v.string(), v.maxLength(LONGEST_TEXT))
const index = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const range = [v.optional(index), v.optional(index)] as const

/** The calls that a client sends, with their parameters. */
export const callParameters = {
  rows: v.strictTuple([index, index, index]),
  locate: v.strictTuple([v.pipe(v.array(text), v.maxLength(MOST_ROWS))]),
  find: v.strictTuple([text, index]),
  findNow: v.strictTuple([text, index]),
  whois: v.strictTuple([text]),
  dial: v.strictTuple([text]),
  contact: v.strictTuple([text]),
  person: v.strictTuple([text]),
  duplicates: v.tuple([...range]),
  identify: v.strictTuple([text, text, v.nullable(v.boolean())]),
  photo: v.strictTuple([text]),
  held: v.tuple([source, ...range]),
  skipped: v.tuple([source, ...range]),
  changes: v.strictTuple([source]),
  events: v.tuple([index, v.optional(index)]),
  run: v.strictTuple([v.picklist(commandTypes), source]),
  refreshAll: v.strictTuple([]),
  retryNow: v.strictTuple([source]),
} as const

export type CallName = keyof typeof callParameters

const callNames = Object.keys(callParameters) as CallName[]

const callSchema = v.object({
  type: v.literal('call'),
  id: index,
  name: v.picklist(callNames),
  parameters: v.array(v.unknown()),
})
export type Call = v.InferOutput<typeof callSchema>

/** What a client sends. `hello` asks for the views. `pong` repeats the token of a `ping`. `bye`: no more calls. */
export const clientMessageSchema = v.variant('type', [
  v.object({ type: v.literal('hello'), protocol: v.literal(1) }),
  callSchema,
  v.object({ type: v.literal('pong'), token: v.number() }),
  v.object({ type: v.literal('bye') }),
])
export type ClientMessage = v.InferOutput<typeof clientMessageSchema>

export const viewNames = ['accounts', 'progress', 'list', 'position'] as const
export type ViewName = (typeof viewNames)[number]

/** An error as it is sent: no message but the code, because a message might hold a name or a number. */
const errorSchema = v.variant('kind', [
  v.object({
    kind: v.literal('failure'),
    code: v.picklist(failureCodes),
    details: v.record(v.string(), v.union([v.string(), v.number()])),
    left: v.nullable(v.array(v.picklist(signOutSteps))),
  }),
  v.object({ kind: v.literal('parameters') }),
  v.object({ kind: v.literal('busy') }),
])
export type SentError = v.InferOutput<typeof errorSchema>

const views = v.object({
  accounts: v.unknown(),
  progress: v.unknown(),
  list: v.unknown(),
  position: v.unknown(),
})

/**
 * What a server sends. A client trusts it, because it runs the book: views and answers are not checked. The schema only
 * tells its messages from those of others on the same channel.
 */
export const serverMessageSchema = v.variant('type', [
  v.object({ type: v.literal('views'), views }),
  v.object({ type: v.literal('view'), name: v.picklist(viewNames), value: v.unknown() }),
  v.object({ type: v.literal('answer'), id: index, value: v.unknown() }),
  v.object({ type: v.literal('error'), id: index, error: errorSchema }),
  v.object({ type: v.literal('ping'), token: v.number() }),
  v.object({ type: v.literal('closed') }),
])
export type ServerMessage = v.InferOutput<typeof serverMessageSchema>

/** An answer or an error that may be of no shape that this client knows. */
export const anyAnswerSchema = v.object({ type: v.picklist(['answer', 'error']), id: index })

import * as v from 'valibot'
import { commandTypes } from '../domain/commands.ts'
import { failureCodes, signOutSteps } from '../domain/failures.ts'
import { sources } from '../domain/source.ts'

/** Longer texts of the other side are refused: no name and no number is as long. */
const LONGEST_TEXT = 10_000

const source = v.picklist(sources)
const text = v.pipe(v.string(), v.maxLength(LONGEST_TEXT))
const index = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const range = [v.optional(index), v.optional(index)] as const

/** The calls that a client sends, with their parameters. */
export const callParameters = {
  rows: v.strictTuple([index, index, index]),
  find: v.strictTuple([text, index]),
  whois: v.strictTuple([text]),
  dial: v.strictTuple([text]),
  contact: v.strictTuple([text]),
  photo: v.strictTuple([text]),
  held: v.tuple([source, ...range]),
  skipped: v.tuple([source, ...range]),
  changes: v.strictTuple([source]),
  run: v.strictTuple([v.picklist(commandTypes), source]),
  refreshAll: v.strictTuple([]),
} as const

export type CallName = keyof typeof callParameters

const callNames = Object.keys(callParameters) as CallName[]

/** Asks for the views, which come before any answer. */
export const hello = { type: 'hello', protocol: 1 } as const
export const helloSchema = v.object({ type: v.literal('hello'), protocol: v.literal(1) })

export const callSchema = v.object({
  type: v.literal('call'),
  id: index,
  name: v.picklist(callNames),
  parameters: v.array(v.unknown()),
})

export const viewNames = ['accounts', 'progress', 'list'] as const
export type ViewName = (typeof viewNames)[number]

/** An error as it is sent: no message but the code, because a message might hold a name or a number. */
export const errorSchema = v.variant('kind', [
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
  accounts: v.array(v.object({ source })),
  progress: v.record(v.string(), v.unknown()),
  list: v.object({
    version: index,
    count: index,
    sections: v.array(v.unknown()),
    status: v.record(v.string(), v.string()),
  }),
})

/** What a server sends. */
export const serverMessageSchema = v.variant('type', [
  v.object({ type: v.literal('views'), views: v.looseObject({}) }),
  v.object({ type: v.literal('view'), name: v.picklist(viewNames), value: v.unknown() }),
  v.object({ type: v.literal('answer'), id: index, value: v.unknown() }),
  v.object({ type: v.literal('error'), id: index, error: errorSchema }),
  v.object({ type: v.literal('closed') }),
])

/** Whether a value has the shape of this view: enough to show nothing that would break a shell. */
export const isView = (name: ViewName, value: unknown): boolean => v.is(views.entries[name], value)

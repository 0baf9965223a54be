import { STATUS_CODES } from 'node:http'
import * as v from 'valibot'
import { type Answer, bodyOf } from './answer.ts'
import { graphErrors } from './graph-error.ts'

const LARGEST_BATCH = 20

const partSchema = v.object({
  id: v.string(),
  method: v.pipe(
    v.string(),
    v.transform((method) => method.toUpperCase()),
  ),
  url: v.string(),
  headers: v.optional(v.record(v.string(), v.string()), {}),
  dependsOn: v.optional(v.array(v.string()), []),
})

const batchSchema = v.object({ requests: v.array(partSchema) })

export type BatchPart = v.InferOutput<typeof partSchema>

/** Reads a batch. Throws Graph's error for a batch that is malformed, too long, or names an id twice. */
export const readBatch = (body: string): readonly BatchPart[] => {
  let parsed: unknown
  try {
    parsed = JSON.parse(body)
  } catch {
    throw graphErrors.invalidBatch('Invalid batch payload format.')
  }
  const batch = v.safeParse(batchSchema, parsed)
  if (!batch.success) throw graphErrors.invalidBatch('Invalid batch payload format.')
  const { requests } = batch.output
  if (requests.length > LARGEST_BATCH)
    throw graphErrors.invalidBatch(
      `Number of batch request steps exceeds the maximum value of ${LARGEST_BATCH}.`,
    )
  if (new Set(requests.map(({ id }) => id.toLowerCase())).size < requests.length)
    throw graphErrors.invalidBatch('Duplicate request id in the batch.')
  return requests
}

/** Runs the parts; a part whose predecessor failed is not run (424). The responses may come in any order. */
export const runBatch = (parts: readonly BatchPart[], run: (part: BatchPart) => Answer): Answer => {
  const statuses = new Map<string, number>()
  const replies = parts.map((part) => {
    const blocked = part.dependsOn.some((id) => (statuses.get(id) ?? 500) >= 400)
    const answer = blocked ? failedDependency : run(part)
    statuses.set(part.id, answer.status)
    return replyText(part.id, answer)
  })
  return { status: 200, headers: {}, content: `{"responses":[${replies.reverse().join(',')}]}` }
}

const failedDependency: Answer = {
  status: 424,
  headers: {},
  content: JSON.stringify({ error: { code: 'FailedDependency', message: STATUS_CODES[424] } }),
}

const replyText = (id: string, answer: Answer): string => {
  const { 'content-type': type = 'application/json', ...headers } = answer.headers
  const body = bodyOf(answer)
  const text =
    typeof body !== 'string'
      ? JSON.stringify(Buffer.from(body).toString('base64'))
      : type.startsWith('application/json') && body !== ''
        ? body
        : JSON.stringify(body)
  const named = Object.entries({ 'content-type': type, ...headers }).map(([name, value]) => [
    pascal(name),
    value,
  ])
  return `{"id":${JSON.stringify(id)},"status":${answer.status},"headers":${JSON.stringify(Object.fromEntries(named))},"body":${text}}`
}

/** Header names of batch parts are spelled as in Graph's examples: `Retry-After`. */
const pascal = (name: string): string => name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase())

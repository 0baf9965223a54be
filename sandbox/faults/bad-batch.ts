import type { FaultOf } from './fault.ts'

interface Reply {
  readonly id: string
  readonly body: unknown
}

/** Makes the JSON of a batch's answer useless. Any other JSON stays unchanged. */
export const badBatch = (content: string, { how, at = 0 }: FaultOf<'bad-batch'>): string => {
  const { responses } = JSON.parse(content) as { readonly responses?: readonly Reply[] }
  if (responses === undefined) return content
  switch (how) {
    case 'no-batch':
      return JSON.stringify({ status: 'ok' })
    case 'swapped-ids':
      return written(responses.map((reply, i) => ({ ...reply, id: responses.at(i - 1)?.id ?? reply.id })))
    case 'missing':
      return written(responses.filter((_, i) => i !== at))
    case 'text-body':
      return written(
        responses.map((reply, i) => (i === at ? { ...reply, body: JSON.stringify(reply.body) } : reply)),
      )
  }
}

const written = (responses: readonly Reply[]): string => JSON.stringify({ responses })

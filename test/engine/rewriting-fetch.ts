/** A `fetch` whose answers have another text: `rewrite` gets the text and the address that was requested. */
export const rewriting =
  (rewrite: (text: string, address: string) => string): typeof fetch =>
  async (address, init) => {
    const response = await fetch(address, init)
    const text = rewrite(await response.text(), address as string)
    return new Response(text, { status: response.status, headers: response.headers })
  }

/** The same for the responses to the parts of a batch. All other answers stay as they are. */
export const rewritingParts = (rewrite: (part: BatchedAnswer) => object): typeof fetch =>
  rewriting((text, address) => {
    if (!address.endsWith('$batch')) return text
    const { responses } = JSON.parse(text) as { responses: BatchedAnswer[] }
    return JSON.stringify({ responses: responses.map(rewrite) })
  })

interface BatchedAnswer {
  readonly id: string
}

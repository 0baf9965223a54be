/** A `fetch` that fails for every page with the contact at this place of the default folder. */
export const damagedAt =
  (origin: string, place: number): typeof fetch =>
  async (address, init) => {
    const isHit = (link: string) => {
      const { pathname, searchParams } = new URL(link, origin)
      const skip = Number(searchParams.get('$skip') ?? 0)
      const top = Number(searchParams.get('$top') ?? 0)
      return pathname.endsWith('/me/contacts') && skip <= place && place < skip + top
    }
    const failing = { status: 500, headers: { 'content-type': 'application/json' } }
    const body = JSON.stringify({ error: { code: 'ErrorCorruptData' } })
    if (typeof init?.body !== 'string')
      return isHit(address as string) ? new Response(body, failing) : fetch(address, init)
    const response = await fetch(address, init)
    const asked = JSON.parse(init.body) as { requests: { id: string; url: string }[] }
    const answer = (await response.json()) as { responses: { id: string }[] }
    const responses = answer.responses.map((part) => {
      const url = asked.requests.find(({ id }) => id === part.id)?.url ?? ''
      return isHit(url) ? { id: part.id, status: 500, headers: {}, body: JSON.parse(body) as object } : part
    })
    return new Response(JSON.stringify({ responses }), { status: 200 })
  }

import type { Context } from '@microsoft/microsoft-graph-client'
import { beforeEach, describe, expect, test } from 'vitest'
import { ImportFailure } from '../../domain/failures.ts'
import { UnchangedToken, type AccessTokenRequest, type AccessTokens } from '../../ports/access-token.ts'
import { authentication, untilAccessEnds } from './authentication.ts'

let asked: AccessTokenRequest[] = []
let shown: (string | null)[] = []
beforeEach(() => {
  asked = []
  shown = []
})

const tokens: AccessTokens = {
  accessToken: async (need) => {
    asked.push(need)
    return need.refused === undefined ? 'old' : 'new'
  },
}

/** Sends one request to a service that accepts only the token `valid`. */
const send = async (valid: string, challenge = 'Bearer realm=""') => {
  const context: Context = { request: 'https://graph.microsoft.com/', options: { headers: { Prefer: 'x' } } }
  const service = {
    execute: async ({ options }: Context) => {
      const headers = new Headers(options?.headers)
      expect(headers.get('prefer')).toBe('x')
      shown.push(headers.get('authorization'))
      const isValid = headers.get('authorization') === `Bearer ${valid}`
      const refusal = new Headers({ 'www-authenticate': challenge })
      context.response = isValid ? new Response('{}') : new Response('', { status: 401, headers: refusal })
    },
  }
  await authentication(service, tokens).execute(context)
  return context.response?.status
}

test('each request carries a token', async () => {
  expect(await send('old')).toBe(200)
  expect(shown).toEqual(['Bearer old'])
})

test('a refused token is renewed once, and the request is sent again', async () => {
  expect(await send('new')).toBe(200)
  expect(shown).toEqual(['Bearer old', 'Bearer new'])
  expect(asked[1]).toMatchObject({ refused: 'old' })
  expect(asked[1]).not.toHaveProperty('claims')
})

test('it is renewed with the claims that the service demands', async () => {
  const claims = '{"access_token":{"nbf":{"essential":true, "value":"1635527790"}}}'
  await send('new', `PoP realm="", Bearer realm="", error="insufficient_claims", claims="${btoa(claims)}"`)
  expect(asked[1]).toMatchObject({ refused: 'old', claims })
})

test('a 401 for the renewed token as well is passed on as the response', async () => {
  expect(await send('another')).toBe(401)
  expect(shown).toHaveLength(2)
})

test.each([
  [1, 200],
  [2, 401],
])(
  'a token that cannot be renewed is sent once more: refused %i times, the answer is %i',
  async (times, status) => {
    let refusals = times
    const service = {
      execute: async (context: Context) => {
        context.response = new Response('{}', { status: refusals-- > 0 ? 401 : 200 })
      },
    }
    const onlyToken: AccessTokens = {
      accessToken: async ({ refused }) => {
        if (refused !== undefined) throw new UnchangedToken()
        return 'only'
      },
    }
    const context: Context = { request: 'https://graph.microsoft.com/' }
    await authentication(service, onlyToken).execute(context)
    expect(context.response?.status).toBe(status)
  },
)

describe('once the access has ended', () => {
  const signal = new AbortController().signal

  /** Tokens of which each request ends as the next of these says; the last one holds for all further ones. */
  const tokensOf = (...ends: (string | Error)[]) => {
    const requests: AccessTokenRequest[] = []
    const tokens = untilAccessEnds({
      accessToken: async (request) => {
        requests.push(request)
        const end = ends.length > 1 ? ends.shift() : ends[0]
        if (typeof end === 'string') return end
        throw end ?? new Error('not told')
      },
    })
    return { tokens, requests }
  }

  test.each(['sign-in-expired', 'permission-removed', 'sign-in-blocked'] as const)(
    'no request asks for a token again (%s)',
    async (code) => {
      const { tokens, requests } = tokensOf(new ImportFailure(code, { serviceCode: 'AADSTS65001' }))
      const failure = { code, details: { serviceCode: 'AADSTS65001' } }
      await expect(tokens.accessToken({ signal, refused: 'old' })).rejects.toMatchObject(failure)
      await expect(tokens.accessToken({ signal, refused: 'old' })).rejects.toMatchObject(failure)
      await expect(tokens.accessToken({ signal })).rejects.toMatchObject(failure)
      expect(requests).toHaveLength(1)
      expect(tokens.ended).toMatchObject(failure)
    },
  )

  test('requests that were refused together do not ask either', async () => {
    const { tokens, requests } = tokensOf(new ImportFailure('sign-in-expired'))
    const asked = Array.from({ length: 12 }, () => tokens.accessToken({ signal, refused: 'old' }))
    for (const result of await Promise.allSettled(asked)) expect(result.status).toBe('rejected')
    expect(requests).toHaveLength(1)
  })

  test.each(['offline', 'service-unavailable', 'throttled', 'proxy-needs-sign-in'] as const)(
    'an outage is not the end (%s)',
    async (code) => {
      const { tokens } = tokensOf(new ImportFailure(code), 'new')
      await expect(tokens.accessToken({ signal, refused: 'old' })).rejects.toMatchObject({ code })
      expect(tokens.ended).toBeNull()
      expect(await tokens.accessToken({ signal, refused: 'old' })).toBe('new')
    },
  )

  test('nor is a request that was aborted', async () => {
    const { tokens } = tokensOf(new ImportFailure('sign-in-expired'), 'new')
    const aborted = AbortSignal.abort(new ImportFailure('sign-in-expired'))
    await expect(tokens.accessToken({ signal: aborted, refused: 'old' })).rejects.toThrow()
    const abort = new AbortController()
    const asked = tokens.accessToken({ signal: abort.signal, refused: 'old' })
    abort.abort(new ImportFailure('sign-in-expired'))
    await expect(asked).rejects.toThrow()
    expect(tokens.ended).toBeNull()
  })

  test('nor is a token of which there is only one', async () => {
    const { tokens, requests } = tokensOf(new UnchangedToken())
    await expect(tokens.accessToken({ signal, refused: 'only' })).rejects.toBeInstanceOf(UnchangedToken)
    await expect(tokens.accessToken({ signal, refused: 'only' })).rejects.toBeInstanceOf(UnchangedToken)
    expect(requests).toHaveLength(2)
  })
})

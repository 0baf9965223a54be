import type { Context } from '@microsoft/microsoft-graph-client'
import { beforeEach, expect, test } from 'vitest'
import { UnchangedToken, type AccessTokenRequest, type AccessTokens } from '../../ports/access-token.ts'
import { authentication } from './authentication.ts'

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

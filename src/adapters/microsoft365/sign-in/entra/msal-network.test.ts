import { afterEach, expect, test } from 'vitest'
import { localService, type LocalService } from '../../../../testing/local-service.ts'
import { msalNetwork } from './msal-network.ts'

let service: LocalService | undefined
afterEach(() => service?.close())

/** An authority that answers with a body without an end. */
const endless = async (status: number): Promise<string> => {
  service = await localService((response) => {
    const more = () => {
      while (!response.destroyed && response.write(' '.repeat(1024 * 1024)));
    }
    response.writeHead(status).on('drain', more)
    more()
  })
  return service.url.href
}

test.each([
  [200, 'no_token_answer'],
  [503, 'temporarily_unavailable'],
])('a token answer %i without an end counts as a page that is no token answer', async (status, error) => {
  const network = msalNetwork(60_000)
  const answer = await network.sendPostRequestAsync(await endless(status))
  expect(answer).toMatchObject({ status, body: { error } })
})

test.each([301, 302, 307, 308])(
  'a redirect (%i) is not followed, so that codes and tokens are not sent on',
  async (status) => {
    const elsewhere = await localService((response) => response.end('{"access_token":"a"}'))
    service = await localService((response) => {
      response.writeHead(status, { location: elsewhere.url.href }).end()
    })
    const network = msalNetwork(60_000)
    const { href } = service.url
    expect(await network.sendPostRequestAsync(href, { body: 'code=secret' })).toMatchObject({
      status,
      body: { error: 'no_token_answer' },
    })
    expect(await network.sendGetRequestAsync(href)).toMatchObject({ status, body: {} })
    expect(elsewhere.received).toEqual([])
    await elsewhere.close()
  },
)

test('endless metadata counts as no metadata', async () => {
  expect(await msalNetwork(60_000).sendGetRequestAsync(await endless(200))).toMatchObject({ body: {} })
})

import { expect, it } from 'vitest'
import { localService } from '../../../../testing/local-service.ts'
import { checkedNetwork } from './checked-network.ts'
import { msalNetwork } from './msal-network.ts'

const good = {
  authorization_endpoint: 'https://login.example.org/authorize',
  token_endpoint: 'https://login.example.org/token',
}

/** Whether a client gets this document, and the metadata that is reported. */
const fetched = async (document: object) => {
  const service = await localService((response) => response.end(JSON.stringify(document)))
  const seen: object[] = []
  const network = checkedNetwork(msalNetwork(60_000), (metadata) => seen.push(metadata))
  const code = await network.sendGetRequestAsync(service.url.href).then(
    () => 'taken',
    (error: unknown) => Reflect.get(Object(error), 'code') as unknown,
  )
  await service.close()
  return { code, seen }
}

it('reports metadata, and no other document', async () => {
  expect(await fetched(good)).toEqual({ code: 'taken', seen: [good] })
  expect(await fetched({ keys: [] })).toEqual({ code: 'taken', seen: [] })
})

it.each([
  { token_endpoint: 'http://login.example.org/token' },
  { authorization_endpoint: 'javascript:alert(1)' },
])('takes no metadata with %j', async (wrong) => {
  expect(await fetched({ ...good, ...wrong })).toEqual({ code: 'app-misconfigured', seen: [] })
})

it('sends no code to an address whose traffic others can read', async () => {
  const network = checkedNetwork(msalNetwork(60_000))
  await expect(
    network.sendPostRequestAsync('http://login.example.test/token', { body: 'code=secret' }),
  ).rejects.toMatchObject({ code: 'app-misconfigured' })
})

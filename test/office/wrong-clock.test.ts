import { afterEach, expect, test } from 'vitest'
import { graphContactSource } from '../../src/adapters/microsoft365/mailbox/graph-contact-source.ts'
import { emptyMailbox, localGraph } from '../../src/testing/local-graph.ts'
import { json, type LocalService } from '../../src/testing/local-service.ts'
import { readSource } from '../../src/testing/read-source.ts'

let graph: LocalService | undefined
afterEach(() => graph?.close())

const codeWith = async (date: Date): Promise<string> => {
  const refusal = json({ error: { code: 'InvalidAuthenticationToken' } }, 401, { date: date.toUTCString() })
  graph = await localGraph({ ...emptyMailbox, '/me/contacts': refusal, '/me/contactFolders': refusal })
  const source = graphContactSource({
    graphUrl: graph.url.href,
    tokens: { accessToken: async ({ refused }) => (refused === undefined ? 'token-1' : 'token-2') },
  })
  return readSource(source).then(
    () => 'none',
    (error: unknown) => (error as { code: string }).code,
  )
}

test('a refused token means a wrong clock if the service has another time', async () => {
  expect(await codeWith(new Date(Date.now() - 3_600_000))).toBe('clock-wrong')
})

test('a refused token has expired if the service has the same time', async () => {
  expect(await codeWith(new Date(Date.now() - 60_000))).toBe('sign-in-expired')
})

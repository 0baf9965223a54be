import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect } from 'vitest'
import {
  memoryStorage,
  microsoft365,
  microsoft365WithTokenFile,
  microsoft365WithTokens,
  openContactBook,
} from '../../src/node.ts'
import { test } from '../temp-folder.ts'
import { type OfficeService, officeService } from './office-network.ts'
import { authority, officeTenant } from './office-tenant.ts'

let service: OfficeService | undefined
afterEach(() => service?.close())

const graphUrl = 'https://graph.example.test'

/** The network of a shell, which alone can reach the hosts. Records the requested ones. */
const ownNetwork = async () => {
  const { port } = (service = await officeService(officeTenant))
  const hosts = new Set<string>()
  const send: typeof fetch = (input, init) => {
    const { host, pathname, search } = new URL(input as string | URL)
    hosts.add(host)
    return fetch(`http://127.0.0.1:${port}${pathname}${search}`, init)
  }
  return { fetch: send, hosts: () => [...hosts].sort() }
}

const importFrom = async (source: ReturnType<typeof microsoft365>): Promise<string> => {
  const book = await openContactBook({ store: memoryStorage(), sources: [source] })
  try {
    const started = await book.signIn('microsoft365')
    if (!started.ok) return started.refusal
    const { state, code } = await book.outcome(started.attempt)
    return `${state}, ${String(code)}`
  } finally {
    await book.close()
  }
}

test('the fetch of a shell sends every request of a sign-in and of Graph', async () => {
  const { fetch, hosts } = await ownNetwork()
  const options = { clientId: 'client-1', authority, graphUrl, tokenFile: null, deviceCode: true }
  expect(await importFrom(microsoft365({ ...options, fetch }))).toBe('imported, null')
  expect(hosts()).toEqual(['graph.example.test', 'login.example.test'])
})

test('the fetch of a shell that has its own tokens, in memory or in a file, sends every request too', async ({
  folder,
}) => {
  const { fetch, hosts } = await ownNetwork()
  const tokens = async () => 'access-1'
  expect(await importFrom(microsoft365WithTokens({ tokens, graphUrl, fetch }))).toBe('imported, null')
  const tokenFile = join(folder, 'token')
  await writeFile(tokenFile, 'access-1')
  expect(await importFrom(microsoft365WithTokenFile({ tokenFile, graphUrl, fetch }))).toBe('imported, null')
  expect(hosts()).toEqual(['graph.example.test'])
})

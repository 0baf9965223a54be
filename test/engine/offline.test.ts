import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Sandbox } from '../../sandbox/index.ts'
import { startSandbox } from '../../sandbox/index.ts'
import { graphContactSource } from '../../src/adapters/microsoft365/mailbox/graph-contact-source.ts'
import { readSource } from '../../src/testing/read-source.ts'
import { fastTimers } from './engine-device.ts'
import { deviceFor, readingWays } from './reading-ways.ts'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox({ contacts: 40, folders: 2, concurrency: null })
})
afterAll(() => sandbox.close())

/** Nothing listens there, so connections are refused. A port that the system gave and took back may be another test's soon. */
const unreachable = 'http://127.0.0.1:2'

describe.each(readingWays)('%s', (_, way) => {
  /** A device that is offline for some of its requests. */
  const lonely = async (isOffline: (request: number) => boolean, retries: number) => {
    let requests: number | null = null
    let failed = 0
    const device = await deviceFor(sandbox, way, {
      limits: { retries },
      fetch: (address, init) => {
        if (requests === null || !isOffline(requests++)) return fetch(address, init)
        failed++
        return fetch((address as string).replace(sandbox.origin, unreachable), init)
      },
    })
    sandbox.settings.change({ faults: [...way.always] })
    requests = 0
    return { device, failed: () => failed }
  }

  test('continues after it was offline for a while', async () => {
    const { device, failed } = await lonely((request) => request >= 2 && request < 20, 20_000_000)
    const { ids, shown } = await device.read()
    expect(failed()).toBe(18)
    expect(device.isExact()).toBe(true)
    expect(new Set(ids).size).toBe(ids.length)
    expect(shown).toContainEqual({ waiting: expect.objectContaining({ reason: 'offline' }) as object })
    expect(shown.filter(({ waiting }) => waiting !== undefined).at(-1)).toEqual({ waiting: null })
  })

  test('fails as offline if the network does not come back', async () => {
    const { device } = await lonely((request) => request >= 2, 20_000)
    await expect(device.read()).rejects.toMatchObject({ name: 'ImportFailure', code: 'offline' })
  })
})

test('a service whose name cannot be resolved counts as offline', async () => {
  const source = graphContactSource({
    graphUrl: 'https://graph.invalid',
    tokens: { accessToken: async () => 'token' },
    limits: { retries: 5_000 },
    timers: fastTimers(),
  })
  await expect(readSource(source)).rejects.toMatchObject({ name: 'ImportFailure', code: 'offline' })
})

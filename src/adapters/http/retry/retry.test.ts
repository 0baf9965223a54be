import type { Context } from '@microsoft/microsoft-graph-client'
import { afterEach, expect, test } from 'vitest'
import { localService, type LocalService } from '../../../testing/local-service.ts'
import { createRequestGate } from '../request-gate.ts'
import { defaultLimits } from '../limits.ts'
import { retry } from './retry.ts'
import { systemTimers } from '../timers.ts'
import { transport } from '../transport.ts'

let service: LocalService | undefined
afterEach(() => service?.close())

test('a 429 stops the other requests too, and at most three are in flight', async () => {
  let underWay = 0
  let most = 0
  let answers = 0
  service = await localService(async (response) => {
    most = Math.max(most, ++underWay)
    await new Promise((resolve) => setTimeout(resolve, 20))
    underWay--
    if (++answers === 1) response.writeHead(429, { 'retry-after': '0.3' }).end()
    else response.writeHead(200).end('{}')
  })
  const { url } = service
  const sent = transport({ service: url, fetch, limits: defaultLimits })
  const starts: number[] = []
  let refused = Infinity
  const noted = {
    execute: async (context: Context) => {
      starts.push(performance.now())
      await sent.execute(context)
      if (context.response?.status === 429) refused = performance.now()
    },
  }
  const gate = createRequestGate(3, systemTimers)
  const options = { gate, limits: defaultLimits, timers: systemTimers, onWaiting: () => undefined }
  const chain = retry(noted, options)
  await Promise.all(
    Array.from({ length: 9 }, () => chain.execute({ request: url.href, options: { method: 'GET' } })),
  )
  expect(most).toBe(3)
  expect(starts).toHaveLength(10)
  expect(starts.filter((start) => start > refused && start < refused + 295)).toEqual([])
  expect(starts.filter((start) => start > refused).length).toBeGreaterThan(0)
})

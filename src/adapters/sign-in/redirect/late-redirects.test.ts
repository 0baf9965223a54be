import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { signInSetup } from '../../../../test/sign-in-setup.ts'
import { signInCore } from '../../../testing/contracts/sign-in-core.ts'
import type { LateRedirects } from '../../../ports/sign-in.ts'
import { answerLateRedirects, hashOf } from './late-redirects.ts'

const setup = signInSetup()
let over: AbortController
const running: Promise<unknown>[] = []
beforeEach(() => {
  over = new AbortController()
})
afterEach(async () => {
  over.abort()
  await Promise.all(running.splice(0))
})

/** A sign-in that was cancelled with its tab open; then its process ends and hands the tab over. */
const handedOver = async (options?: Parameters<typeof setup.make>[0]) => {
  const made = setup.make(options)
  const { core, done, visit, address, link } = await setup.begin(made)
  core.cancel()
  await done
  return { made, core, visit, address, link, late: (await made.handOver?.()) ?? null }
}

const answer = (late: LateRedirects | null, signal = over.signal) => {
  const answered = vi.fn(async () => undefined)
  if (late === null) throw new Error('nothing was handed over')
  const done = answerLateRedirects(late, { signal, answered })
  running.push(done)
  return { answered, done }
}

/** For a moment, no process may hold the port. */
const eventually = <T>(work: () => Promise<T>): Promise<T> => vi.waitFor(work, 60_000)

describe('tabs that are handed over', () => {
  it('name their attempt, and have hashes instead of the state and the links', async () => {
    const { late, address, link } = await handedOver()
    const { redirect_uri, state } = Object.fromEntries(new URL(address).searchParams)
    expect(late).toEqual({
      port: Number(new URL(redirect_uri ?? '').port),
      until: expect.any(Date) as Date,
      tabs: [
        {
          attempt: 'attempt-1',
          stateHash: hashOf(state ?? ''),
          linkHashes: expect.arrayContaining([hashOf(new URL(link).pathname)]) as string[],
          hasLeft: true,
          why: 'cancelled',
        },
      ],
    })
    expect(JSON.stringify(late)).not.toContain(state)
    expect(JSON.stringify(late)).not.toContain(new URL(link).pathname)
    expect(late?.until.getTime()).toBeGreaterThan(Date.now())
  })

  it('are no longer answered by the process that handed them over', async () => {
    const { visit, core } = await handedOver()
    await expect(visit()).rejects.toThrow()
    expect(core.reports).toEqual([])
  })

  it('do not exist if the tab was answered or none was opened', async () => {
    const made = setup.make()
    expect(await made.handOver?.()).toBeNull()
    const { done, visit } = await setup.begin(made)
    await visit()
    await done
    expect(await made.handOver?.()).toBeNull()
  })

  it('say that they timed out where they did', async () => {
    const made = setup.make({ consentTimeout: 200 })
    const { done } = await setup.begin(made)
    await expect(done).rejects.toMatchObject({ code: 'consent-timed-out' })
    expect((await made.handOver?.())?.tabs).toMatchObject([{ why: 'consent-timed-out' }])
  })
})

describe('the process that takes them over', () => {
  it('tells the person once what happened, uses no code, and then ends', async () => {
    const { late, visit } = await handedOver()
    const { answered, done } = answer(late)
    const { page } = await eventually(() => visit())
    expect(page).toContain('This import was cancelled')
    expect(page).toContain('Go back to the app and start the import again.')
    await done
    expect(answered).toHaveBeenCalledExactlyOnceWith(late?.tabs[0])
    expect(setup.authority.requests).toEqual([])
    await expect(visit()).rejects.toThrow()
  })

  it('answers a link to a page that is already in a browser, and still waits for that page', async () => {
    const { late, link, visit } = await handedOver()
    const { answered } = answer(late)
    const page = await eventually(async () => (await fetch(link)).text())
    expect(page).toContain('This import was cancelled')
    expect(await (await fetch(link)).text()).toContain('This import was cancelled')
    expect(answered).toHaveBeenCalledTimes(1)
    expect((await visit()).page).toContain('This import was cancelled')
  })

  it('counts a link that is opened only now as the answer, but not a preview of it', async () => {
    const made = setup.make()
    const core = signInCore()
    const signIn = made.signIn({ attempt: 'attempt-1' }, core.context)
    const link = await core.address
    core.cancel()
    await signIn
    const { answered, done } = answer((await made.handOver?.()) ?? null)
    const preview = await eventually(() => fetch(link, { headers: { 'sec-purpose': 'prefetch' } }))
    expect(preview.status).toBe(503)
    expect((await fetch(link, { method: 'HEAD' })).status).toBe(200)
    expect(answered).not.toHaveBeenCalled()
    expect(await (await fetch(link)).text()).toContain('This import was cancelled')
    expect(answered).toHaveBeenCalledTimes(1)
    await done
  })

  it('answers even if that cannot be recorded', async () => {
    const { late, visit } = await handedOver()
    if (late === null) throw new Error('nothing was handed over')
    const answered = () => Promise.reject(new Error('the disk is full'))
    running.push(answerLateRedirects(late, { signal: over.signal, answered }))
    expect((await eventually(() => visit())).page).toContain('This import was cancelled')
  })

  it('finishes sending its page, whatever else is requested meanwhile', async () => {
    const { late, visit } = await handedOver()
    if (late === null) throw new Error('nothing was handed over')
    let finish: () => void = () => undefined
    const recorded = new Promise<void>((resolve) => (finish = resolve))
    const answered = vi.fn(() => recorded)
    running.push(answerLateRedirects(late, { signal: over.signal, answered }))
    const page = eventually(() => visit())
    await vi.waitFor(() => expect(answered).toHaveBeenCalled(), 60_000)
    expect((await fetch(`http://localhost:${late.port}/favicon.ico`)).status).toBe(404)
    over.abort()
    finish()
    expect((await page).page).toContain('This import was cancelled')
  })

  it('waits until the port is free', async () => {
    const { late, visit } = await handedOver()
    const holder = createServer((_, response) => response.end('not yet')).listen(late?.port, '127.0.0.1')
    await once(holder, 'listening')
    const { done } = answer(late)
    expect((await visit()).page).toBe('not yet')
    holder.close().closeAllConnections()
    await eventually(async () => expect((await visit()).page).toContain('This import was cancelled'))
    await done
  })

  it('ignores other answers, and continues to wait', async () => {
    const { late, visit } = await handedOver()
    const { answered } = answer(late)
    const stranger = await eventually(() =>
      fetch(`http://localhost:${late?.port}/?${new URLSearchParams({ state: 'x', code: 'y' }).toString()}`),
    )
    expect(stranger.status).toBe(400)
    expect(await stranger.text()).toContain('The app does not know this sign-in')
    expect(answered).not.toHaveBeenCalled()
    expect((await visit()).page).toContain('This import was cancelled')
  })

  it('ends when the time is over, and when it is told to', async () => {
    const { late } = await handedOver()
    const { port = 0, tabs = [] } = late ?? {}
    await answerLateRedirects(
      { port, tabs, until: new Date(Date.now() + 100) },
      { signal: over.signal, answered: async () => undefined },
    )
    const told = new AbortController()
    const { done } = answer(late, told.signal)
    told.abort()
    await done
    const free = createServer().listen(port, '127.0.0.1')
    await once(free, 'listening')
    expect((free.address() as AddressInfo).port).toBe(port)
    free.close()
  })
})

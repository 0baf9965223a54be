import { request } from 'node:http'
import { networkInterfaces } from 'node:os'
import { text } from 'node:stream/consumers'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { LoopbackRedirects, RedirectListener } from './loopback-redirects.ts'
import { loopbackRedirects } from './loopback-redirects.ts'

let receiver: LoopbackRedirects = loopbackRedirects('My app')
afterEach(async () => {
  await receiver.close()
  receiver = loopbackRedirects('My app')
})

const expectTab = async (options: Partial<RedirectListener> = {}) => {
  const answered = vi.fn<RedirectListener['answered']>(async () => 'granted')
  const tab = await receiver.expect({
    attempt: 'attempt-1',
    lifetime: 60_000,
    answered,
    late: () => 'cancelled',
    ...options,
  })
  return { ...tab, answered }
}

const post = async (uri: string, values: Record<string, string> | string, type?: string) => {
  const response = await fetch(uri, {
    method: 'POST',
    headers: { 'content-type': type ?? 'application/x-www-form-urlencoded' },
    body: typeof values === 'string' ? values : new URLSearchParams(values).toString(),
  })
  const page = await response.text()
  return { status: response.status, heading: /<h1>(.*)<\/h1>/.exec(page)?.[1], headers: response.headers }
}

describe('the loopback receiver', () => {
  it('passes on an answer that comes as a form or in the query, and shows the outcome', async () => {
    const posted = await expectTab()
    expect(await post(posted.redirectUri, { state: posted.state, code: 'c/1+2' })).toMatchObject({
      status: 200,
      heading: 'Done',
    })
    expect(posted.answered.mock.lastCall?.[0].get('code')).toBe('c/1+2')

    const asked = await expectTab({ attempt: 'attempt-2' })
    const query = new URLSearchParams({ state: asked.state, error: 'access_denied' })
    expect((await fetch(`${asked.redirectUri}/?${query.toString()}`)).status).toBe(200)
    expect(asked.answered.mock.lastCall?.[0].get('error')).toBe('access_denied')
  })

  it('answers each tab once: a reload changes nothing', async () => {
    const { redirectUri, state, answered } = await expectTab()
    const both = await Promise.all([1, 2].map(() => post(redirectUri, { state, code: '1' })))
    expect(both.map(({ heading }) => heading).sort()).toEqual(['Done', 'This sign-in is already finished'])
    expect((await post(redirectUri, { state, code: '2' })).heading).toBe('This sign-in is already finished')
    expect(answered).toHaveBeenCalledTimes(1)
  })

  it('distinguishes attempts on one port, and never by their id', async () => {
    const first = await expectTab()
    const second = await expectTab()
    expect(second.redirectUri).toBe(first.redirectUri)
    expect(second.state).not.toBe(first.state)
    for (const state of ['attempt-1', '', first.state.slice(1)])
      expect(await post(first.redirectUri, { state, code: '1' })).toMatchObject({
        status: 400,
        heading: 'The app does not know this sign-in',
      })
    await post(second.redirectUri, { state: second.state, code: '1' })
    expect(first.answered).not.toHaveBeenCalled()
    expect(second.answered).toHaveBeenCalledTimes(1)
  })

  it('accepts nothing else as an answer, and continues to wait', async () => {
    const { redirectUri, state, answered } = await expectTab()
    const form = `state=${state}&code=1`
    const status = async (path: string, init?: RequestInit) => (await fetch(redirectUri + path, init)).status
    expect(await status('/favicon.ico')).toBe(404)
    expect(await status(`/other?${form}`)).toBe(404)
    expect(await status('/')).toBe(400)
    expect(await status(`/?state=${state}`)).toBe(400)
    expect(await status(`/?${form}&error=access_denied`)).toBe(400)
    expect(await status(`/?${form}&state=${state}`)).toBe(400)
    expect(await status(`/?${form}`, { method: 'PUT' })).toBe(405)
    expect((await post(redirectUri, form, 'text/plain')).status).toBe(415)
    expect(answered).not.toHaveBeenCalled()
    expect((await post(redirectUri, form)).status).toBe(200)
  })

  it('reads no more than 64 KiB', async () => {
    const { redirectUri, state, answered } = await expectTab()
    const sized = (size: number) => `state=${state}&code=`.padEnd(size, 'x')
    expect((await post(redirectUri, sized(64 * 1024 + 1))).status).toBe(413)
    expect(answered).not.toHaveBeenCalled()
    expect((await post(redirectUri, sized(64 * 1024))).status).toBe(200)
  })

  it('refuses requests that name another host', async () => {
    const { redirectUri, state, answered } = await expectTab()
    const ask = (host: string) =>
      new Promise<number>((resolve, reject) => {
        const { port } = new URL(redirectUri)
        const path = `/?state=${state}&code=1`
        request({ host: '127.0.0.1', port, path, headers: { host } }, (response) => {
          void text(response).then(() => resolve(response.statusCode ?? 0))
        })
          .on('error', reject)
          .end()
      })
    expect(await ask('rebound.example')).toBe(421)
    expect(await ask('localhost.rebound.example:80')).toBe(421)
    expect(answered).not.toHaveBeenCalled()
    expect(await ask(new URL(redirectUri).host)).toBe(200)
  })

  it('says that the sign-in failed after an unexpected error, and reveals nothing about it', async () => {
    const { redirectUri, state } = await expectTab({
      answered: async () => {
        throw new Error('secret')
      },
    })
    expect(await post(redirectUri, { state, code: '1' })).toMatchObject({
      status: 500,
      heading: 'The sign-in did not work',
    })
  })

  it('sends every page so that no cache stores it', async () => {
    const { redirectUri } = await expectTab()
    const { headers } = await post(redirectUri, { state: 'x', code: '1' })
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('content-security-policy')).toContain(`default-src 'none'`)
  })

  it('forgets a tab after its lifetime, and listens no longer than there is one', async () => {
    const short = await expectTab({ lifetime: 50 })
    await vi.waitFor(() => expect(fetch(short.redirectUri)).rejects.toThrow(TypeError), 60_000)
    const next = await expectTab()
    expect((await post(next.redirectUri, { state: short.state, code: '1' })).status).toBe(400)
  })

  it('still knows a tab after an hour of sleep, which does not count towards its lifetime', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      const { redirectUri, state } = await expectTab({ lifetime: 60_000 })
      // Timers that are due run once, as after a sleep.
      vi.runOnlyPendingTimers()
      vi.useRealTimers()
      expect((await post(redirectUri, { state, code: '1' })).heading).toBe('Done')
    } finally {
      vi.useRealTimers()
    }
  })

  it('finishes sending a page when the lifetime of its tab ends', async () => {
    const { redirectUri, state } = await expectTab({
      lifetime: 1000,
      answered: async () => {
        await new Promise((resolve) => setTimeout(resolve, 1500))
        return 'granted'
      },
    })
    expect((await post(redirectUri, { state, code: '1' })).heading).toBe('Done')
    await vi.waitFor(() => expect(fetch(redirectUri)).rejects.toThrow(TypeError), 60_000)
  })

  it('does not wait for a closed tab', async () => {
    let finish: () => void = () => undefined
    const finished = new Promise<void>((resolve) => (finish = resolve))
    const answered = vi.fn<RedirectListener['answered']>(() => finished.then(() => 'granted'))
    const { redirectUri, state } = await expectTab({ answered, lifetime: 1000 })
    const closing = new AbortController()
    const page = fetch(`${redirectUri}/?state=${state}&code=1`, { signal: closing.signal })
    await vi.waitFor(() => expect(answered).toHaveBeenCalled(), 60_000)
    closing.abort()
    await expect(page).rejects.toThrow('abort')
    await new Promise((resolve) => setTimeout(resolve, 100))
    finish()
    await vi.waitFor(() => expect(fetch(redirectUri)).rejects.toThrow(TypeError), 60_000)
  })

  it('still answers a tab whose attempt is over, but keeps no process alive for it', async () => {
    const held = () => process.getActiveResourcesInfo().filter((kind) => kind === 'TCPServerWrap').length
    await vi.waitFor(() => expect(held()).toBe(0), 60_000)
    const tab = await expectTab({ answered: async () => 'cancelled' })
    expect(held()).toBeGreaterThan(0)
    tab.release()
    await vi.waitFor(() => expect(held()).toBe(0), 60_000)
    expect((await post(tab.redirectUri, { state: tab.state, code: '1' })).heading).toBe(
      'This import was cancelled',
    )
  })

  it('answers on both loopback addresses, if the machine has them', async () => {
    const { redirectUri } = await expectTab()
    const { port } = new URL(redirectUri)
    const hasSix = Object.values(networkInterfaces()).some((each) =>
      each?.some(({ address }) => address === '::1'),
    )
    for (const host of hasSix ? ['127.0.0.1', '[::1]'] : ['127.0.0.1'])
      expect((await fetch(`http://${host}:${port}/`)).status).toBe(400)
  })

  it('finishes sending a page before it closes', async () => {
    let finish: () => void = () => undefined
    const finished = new Promise<void>((resolve) => (finish = resolve))
    const answered = vi.fn<RedirectListener['answered']>(() => finished.then(() => 'granted'))
    const { redirectUri, state } = await expectTab({ answered })
    const page = post(redirectUri, { state, code: '1' })
    await vi.waitFor(() => expect(answered).toHaveBeenCalled(), 60_000)
    const closed = receiver.close()
    finish()
    expect((await page).heading).toBe('Done')
    await closed
    await expect(fetch(redirectUri)).rejects.toThrow(TypeError)
  })
})

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type LoopbackRedirects, loopbackRedirects, type RedirectListener } from './loopback-redirects.ts'

const page = 'https://login.example.test/authorize?state=s'

let receiver: LoopbackRedirects
beforeEach(() => {
  receiver = loopbackRedirects('My app')
})
afterEach(() => receiver.close())

const started = async () => {
  const answered = vi.fn<RedirectListener['answered']>(async () => 'cancelled')
  const request = { attempt: 'a', lifetime: 60_000, answered, late: () => 'cancelled' as const }
  const tab = await receiver.expect(request)
  return { ...tab, ...tab.startAt(page), answered }
}

const follow = async (link: string, headers: Record<string, string> = {}, method = 'GET') => {
  const response = await fetch(link, { redirect: 'manual', headers, method })
  const body = await response.text()
  return {
    status: response.status,
    location: response.headers.get('location'),
    heading: /<h1>(.*)<\/h1>/.exec(body)?.[1],
    headers: response.headers,
    cookie: response.headers.get('set-cookie')?.split(';', 1)[0] ?? '',
  }
}

const toPage = { status: 303, location: page }
const used = { status: 410, location: null, heading: 'This link was already used' }

describe('a link to the sign-in page', () => {
  it('leads only one browser there, which may come back', async () => {
    const { shown } = await started()
    const first = await follow(shown)
    expect(first).toMatchObject(toPage)
    expect(await follow(shown)).toMatchObject(used)
    expect(await follow(shown, { cookie: 'start=guessed' })).toMatchObject(used)
    expect(await follow(shown, { cookie: `other=1; ${first.cookie}` })).toMatchObject(toPage)
  })

  it('is stored by no cache and not sent to other sites, and its cookie not to other ports', async () => {
    const { shown } = await started()
    const { headers } = await follow(shown)
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('set-cookie')).toContain(
      `; Path=${new URL(shown).pathname}; Max-Age=60; HttpOnly; SameSite=Lax`,
    )
  })

  it('that is opened differs from the one that is shown: each works once', async () => {
    const { opened, shown } = await started()
    expect(await follow(opened)).toMatchObject(toPage)
    expect(await follow(opened)).toMatchObject(used)
    expect(await follow(shown)).toMatchObject(toPage)
    expect(await follow(shown)).toMatchObject(used)
  })

  it('that no browser opened leads nowhere', async () => {
    const { opened, shown, notOpened } = await started()
    notOpened()
    expect(await follow(opened)).toMatchObject(used)
    expect(await follow(shown)).toMatchObject(toPage)
  })

  it.each([
    ['a prefetch', { 'sec-purpose': 'prefetch;prerender' }, 'GET', 503],
    ['a prefetch of an older browser', { purpose: 'prefetch' }, 'GET', 503],
    ['a preview', { 'x-purpose': 'preview' }, 'GET', 503],
    ['a HEAD request', {}, 'HEAD', 200],
    ['a POST', {}, 'POST', 405],
  ] as const)('is not used up by %s', async (_, headers, method, status) => {
    const { shown } = await started()
    expect(await follow(shown, headers, method)).toMatchObject({ status, location: null, cookie: '' })
    expect(await follow(shown)).toMatchObject(toPage)
  })

  it('says after the answer that there is nothing more to do', async () => {
    const { shown, redirectUri, state, answered } = await started()
    await follow(shown)
    await fetch(`${redirectUri}/?${new URLSearchParams({ state, code: 'c' }).toString()}`)
    expect(await follow(shown)).toMatchObject({ heading: 'This sign-in is already finished' })
    expect(answered).toHaveBeenCalledTimes(1)
  })

  it('of an attempt that is over asks for no sign-in, and is the answer of its tab', async () => {
    const { shown, opened, release, answered } = await started()
    release()
    expect(await follow(opened)).toMatchObject({ location: null, heading: 'This import was cancelled' })
    expect(answered).toHaveBeenCalledTimes(1)
    expect(await follow(shown)).toMatchObject({ heading: 'This sign-in is already finished' })
  })

  it('of an attempt that is over is answered once, and the tab at the page can still redirect', async () => {
    const { shown, opened, release, answered, redirectUri, state } = await started()
    await follow(opened)
    release()
    for (const link of [shown, opened, shown])
      expect(await follow(link)).toMatchObject({ location: null, heading: 'This import was cancelled' })
    expect(answered).toHaveBeenCalledExactlyOnceWith(new URLSearchParams())
    await fetch(`${redirectUri}/?${new URLSearchParams({ state, code: 'c' }).toString()}`)
    expect(answered).toHaveBeenCalledTimes(2)
  })

  it('cannot be guessed from another', async () => {
    const paths = new Set<string>()
    for (let index = 0; index < 50; index++) {
      const { shown, opened } = await started()
      for (const link of [shown, opened]) paths.add(new URL(link).pathname)
    }
    expect(paths.size).toBe(100)
    for (const path of paths) expect(path).toMatch(/^\/[2-9a-hjkmnp-z]{10}$/)
  })
})

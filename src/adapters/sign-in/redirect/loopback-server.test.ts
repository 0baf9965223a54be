import { Server } from 'node:net'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { loopbackRedirects } from './loopback-redirects.ts'
import { openLoopbackServer } from './loopback-server.ts'

afterEach(() => vi.restoreAllMocks())

/** The system refuses to listen on these addresses. */
const refuse = (code: string, hosts: readonly string[]) => {
  const listen = Reflect.get(Server.prototype, 'listen') as (...given: unknown[]) => Server
  vi.spyOn(Server.prototype, 'listen').mockImplementation(function (this: Server, ...given: unknown[]) {
    if (!hosts.includes(String(given[1]))) return listen.apply(this, given)
    const error = Object.assign(new Error(`listen ${code}`), { code })
    queueMicrotask(() => this.emit('error', error))
    return this
  })
}

const both = ['127.0.0.1', '::1']

const expectTab = () =>
  loopbackRedirects('My app').expect({
    attempt: 'a',
    lifetime: 1000,
    answered: async () => 'granted',
    late: () => 'cancelled',
  })

describe('a device that lets no program listen', () => {
  it.each(['EACCES', 'EPERM', 'EADDRINUSE', 'EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EMFILE', 'ENOBUFS'])(
    'says so (%s): the sign-in fails with a code of its own',
    async (code) => {
      refuse(code, both)
      await expect(expectTab()).rejects.toMatchObject({
        name: 'ImportFailure',
        code: 'loopback-unavailable',
        cause: { code },
      })
    },
  )

  it('may allow it later', async () => {
    const receiver = loopbackRedirects('My app')
    refuse('EPERM', both)
    const request = {
      attempt: 'a',
      lifetime: 1000,
      answered: async () => 'granted' as const,
      late: () => 'cancelled' as const,
    }
    await expect(receiver.expect(request)).rejects.toMatchObject({ code: 'loopback-unavailable' })
    vi.restoreAllMocks()
    expect((await receiver.expect(request)).redirectUri).toMatch(/^http:\/\/localhost:\d+$/)
    await receiver.close()
  })
})

describe('a device with one loopback address', () => {
  it.each([
    ['127.0.0.1', '[::1]'],
    ['::1', '127.0.0.1'],
  ])('other than %s listens on %s', async (missing, there) => {
    refuse('EADDRNOTAVAIL', [missing])
    const server = await openLoopbackServer((_, response) => response.end('here'))
    expect(await (await fetch(`http://${there}:${server.port}/`)).text()).toBe('here')
    await server.close()
  })
})

it('leaves no timer behind when it is closed before its grace is over, so that the process can end', async () => {
  const timers = () => process.getActiveResourcesInfo().filter((type) => type === 'Timeout').length
  const server = await openLoopbackServer(() => undefined)
  const before = timers()
  await server.close(60_000)
  expect(timers()).toBeLessThanOrEqual(before)
})

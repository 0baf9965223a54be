import { spawn } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { browserOf } from './system-browser.ts'

const address = 'http://localhost:4711/abcdefghjk'

/** A program that has opened the address. */
const done = { exitCode: 0, once: () => done as never }

const asked = async (
  platform: NodeJS.Platform,
  env: Record<string, string>,
  target = address,
): Promise<{ opened: boolean; addresses: string[] }> => {
  const addresses: string[] = []
  const open = async (each: string) => {
    addresses.push(each)
    return done
  }
  return { opened: await browserOf({ platform, env, open })(target), addresses }
}

describe('the system browser', () => {
  it('opens the address as it is', async () => {
    expect(await asked('darwin', {})).toEqual({ opened: true, addresses: [address] })
    expect(await asked('win32', {})).toEqual({ opened: true, addresses: [address] })
    expect(await asked('linux', { DISPLAY: ':0' })).toEqual({ opened: true, addresses: [address] })
    expect(await asked('linux', { WAYLAND_DISPLAY: 'wayland-0' })).toEqual({
      opened: true,
      addresses: [address],
    })
    expect(await asked('linux', { WSL_DISTRO_NAME: 'Debian' })).toEqual({
      opened: true,
      addresses: [address],
    })
  })

  it('says that it did not if the person could not see it', async () => {
    expect(await asked('linux', {})).toEqual({ opened: false, addresses: [] })
    expect(await asked('linux', { DISPLAY: ':0', SSH_TTY: '/dev/pts/0' })).toEqual({
      opened: false,
      addresses: [],
    })
    expect(await asked('darwin', { SSH_CONNECTION: '::1 1 ::1 22' })).toEqual({
      opened: false,
      addresses: [],
    })
  })

  it('launches nothing but web pages', async () => {
    for (const target of ['file:///etc/passwd', 'calculator:', '--version', ''])
      expect(await asked('darwin', {}, target)).toEqual({ opened: false, addresses: [] })
  })

  it.skipIf(process.platform === 'win32')('says whether the program for it found a browser', async () => {
    const opened = (script: string) => {
      const open = async () => spawn('sh', ['-c', script], { stdio: 'ignore' })
      return browserOf({ platform: 'linux', env: { DISPLAY: ':0' }, open })(address)
    }
    expect(await opened('exit 0')).toBe(true)
    expect(await opened('exit 3')).toBe(false)
    expect(await opened('kill $$')).toBe(false)
    // It became the browser.
    expect(await opened('exec sleep 5')).toBe(true)
  })

  it('never throws', async () => {
    const open = async () => {
      throw new Error('spawn xdg-open ENOENT')
    }
    expect(await browserOf({ platform: 'darwin', env: {}, open })(address)).toBe(false)
  })
})

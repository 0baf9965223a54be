import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, vi } from 'vitest'
import { startSandbox } from '../../sandbox/index.ts'
import { explainFailure, messages } from '../../src/messages.ts'
import { test as browserTest } from '../browser-test.ts'
import { builtPart } from './electron/builds.ts'
import { electronStandIn } from './electron/stand-in.ts'

const words = messages('en')
const { list, contacts } = words

/** The example unchanged, but with a stand-in for Electron, the sandbox instead of Microsoft and a robot instead of a person. */
const test = browserTest
  .extend('tenant', { scope: 'file' }, async ({ contacts: count }, { onCleanup }) => {
    const sandbox = await startSandbox({ contacts: count })
    onCleanup(() => sandbox.close())
    return sandbox
  })
  .extend('electron', async ({ context, folder, tenant }, { onCleanup }) => {
    const { signInOptions, graphUrl, robot } = tenant
    const person = robot({ decision: 'accept' })
    const openExternal = async (address: string) => address.startsWith('http://') && person(address)
    const electron = await electronStandIn({ context, userData: folder, openExternal })
    vi.resetModules()
    vi.doMock('electron', () => electron.module)
    vi.doMock('../../examples/electron/tenant.ts', () => ({ tenant: { ...signInOptions, graphUrl } }))
    onCleanup(async () => {
      await electron.close()
      vi.doUnmock('electron')
    })
    return electron
  })

const start = () => import('../../examples/electron/main.ts')

test('the main process imports, and the window shows it through a port, also when it is loaded again', async ({
  electron,
}) => {
  await start()
  const { page } = await electron.window()
  await page.getByRole('button', { name: list.openSettings }).click()
  await page.getByRole('button', { name: 'Sign in with Microsoft' }).click()
  await page.locator('contact-settings').getByText(contacts(30), { exact: true }).waitFor()
  expect(electron.opened).toEqual([expect.stringMatching(/^http:\/\/(localhost|127\.0\.0\.1):\d+\//)])
  await page.getByRole('link', { name: 'My contacts' }).click()
  const row = page.locator('contact-list').getByRole('row').first()
  await row.click()
  await page.locator('contact-card').getByRole('heading', { level: 2 }).waitFor()
  await page.reload()
  await row.waitFor()
  const [before, now] = electron.channels.map(({ port1 }) => port1)
  await expect.poll(() => before?.listenerCount('message')).toBe(0)
  expect(now?.listenerCount('message')).toBe(1)
  electron.app.quit()
  expect(await electron.app.ended).toBe(0)
  // The book was closed before.
  const refreshed = page.locator('contact-list').evaluate(async (element) => {
    const { client } = element as HTMLElementTagNameMap['contact-list']
    return client?.run('refresh', 'microsoft365').catch((error: unknown) => (error as Error).name)
  })
  expect(await refreshed).toBe('ImportFailure')
  expect(electron.problems).toEqual([])
})

test('the page gets its own files and a port to the book, and nothing else', async ({ electron }) => {
  await start()
  const { options, page } = await electron.window()
  expect(options.webPreferences).toMatchObject({
    contextIsolation: true,
    nodeIntegration: false,
    sandbox: true,
  })
  const get = (path: string) => page.request.get(new URL(path, page.url()).href)
  const own = await get('index.html')
  expect(own.status()).toBe(200)
  expect(own.headers()['content-security-policy']).toContain("default-src 'none'; script-src 'self'")
  for (const path of ['/', '/main.js', '/%2e%2e%2fmain.js', '/assets//style.css'])
    expect((await get(path)).status(), path).toBe(404)
  const permissions = ['clipboard-sanitized-write', 'clipboard-read', 'media', 'openExternal']
  expect(permissions.filter(electron.grants)).toEqual(['clipboard-sanitized-write'])
})

test('links of contacts open outside of the window, if they are of a kind that contacts have', async ({
  electron,
}) => {
  await start()
  const { contents } = await electron.window()
  const links = ['https://example.test/', 'mailto:ann@example.test', 'tel:+12065550199']
  const others = ['file:///etc/passwd', 'app://contacts/index.html', 'vscode://file/x']
  for (const url of [...links, ...others]) {
    const navigation = Object.assign(new Event('will-navigate', { cancelable: true }), { url })
    contents.emit('will-navigate', navigation)
    expect(navigation.defaultPrevented).toBe(true)
    expect(contents.openHandler({ url })).toEqual({ action: 'deny' })
  }
  expect(electron.opened).toEqual(links.flatMap((link) => [link, link]))
})

test('a store that cannot be opened ends the app with a reason', async ({ electron, folder }) => {
  await writeFile(join(folder, 'contacts.db'), 'no store')
  await start()
  expect(await electron.app.ended).toBe(1)
  const { happened, next } = explainFailure(words, 'storage-foreign', {
    source: 'microsoft365',
    steps: words.settings.steps,
  })
  expect(electron.problems).toEqual([`${happened} ${next}`])
})

test('the built main process imports nothing but Electron, Node and the library', async () => {
  const text = (await builtPart('main')).get('/main.js') ?? ''
  const imported = [...text.matchAll(/^import .* from "([^"]+)"/gm)].map(([, name]) => name)
  expect(imported.sort()).toEqual([
    'device-contacts/messages',
    'device-contacts/node',
    'electron',
    'node:path',
  ])
})

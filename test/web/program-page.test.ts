import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect } from 'vitest'
import { messages } from '../../src/messages.ts'
import { launchBrowser } from '../browser.ts'
import { test } from '../temp-folder.ts'
import { records, run } from '../terminal-command.ts'
import { start } from '../terminal-process.ts'
import { brokenIn } from '../browser-test.ts'
import { ask, connect, disconnect } from './page-requests.ts'

const { commands, lastUpdate, signInDemo } = messages('en').settings
const unchanged = lastUpdate({ added: 0, updated: 0, removed: 0, displaced: 0, skipped: 0 })

let browser: Browser
let program: ReturnType<typeof start> | null = null

beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())
afterEach(async () => {
  program?.kill('SIGTERM')
  await program?.ended
  program = null
})

/** Starts the command. Resolves to the address that it prints. */
const serve = async (store: string, ...args: string[]): Promise<URL> => {
  program = start('web', '--store', store, '--contacts', '40', '--json', ...args)
  const [, address = ''] = await program.said(/"address":"([^"]+)"/)
  return new URL(address)
}

/** What the browser has that was admitted. */
const admitted = async ({ origin, pathname }: URL) => {
  const { text, headers } = await ask(origin, pathname)
  const [cookie = ''] = String(headers['set-cookie']).split(';')
  return { cookie, setCookie: String(headers['set-cookie']), key: /#key=([\w-]+)/.exec(text)?.[1] ?? '' }
}

describe('the page of a program', () => {
  test('belongs to the first browser that opens its address', async ({ folder }) => {
    const address = await serve(join(folder, 'contacts.db'))
    const { origin, pathname } = address
    const paths = [
      '/',
      '/config.json',
      '/sign-in.html',
      '/assets/',
      '/../package.json',
      '/%2e%2e/bin/main.js',
      '/open/other',
    ]
    for (const path of paths) expect(await ask(origin, path)).toMatchObject({ status: 403 })
    // Programs that look at a link before a person opens it.
    expect(await ask(origin, pathname, { method: 'HEAD' })).toMatchObject({ status: 200 })
    expect(await ask(origin, pathname, { headers: { 'sec-purpose': 'prefetch' } })).toMatchObject({
      status: 503,
    })
    expect(await ask(origin, pathname, { headers: { host: `evil.test:${address.port}` } })).toMatchObject({
      status: 421,
    })

    const { cookie, setCookie } = await admitted(address)
    expect(setCookie).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/)
    const again = await ask(origin, pathname, { headers: { cookie } })
    expect(again).toMatchObject({
      status: 403,
      text: expect.stringContaining('run the command again') as string,
    })

    const page = await ask(origin, '/', { headers: { cookie } })
    expect(page.status).toBe(200)
    expect(page.headers['content-security-policy']).toMatch(
      /^default-src 'none'; script-src 'self'; style-src 'self';/,
    )
    const [script = ''] = /assets\/index-[\w-]+\.js/.exec(page.text) ?? []
    expect(await ask(origin, `/${script}`, { headers: { cookie } })).toMatchObject({
      status: 200,
      headers: { 'cache-control': expect.stringContaining('immutable') as string },
    })
    for (const path of [
      '/../package.json',
      '/%2e%2e/bin/main.js',
      '/assets/..%2f..%2fpackage.json',
      '/licences.md',
    ])
      expect(await ask(origin, path, { headers: { cookie } })).toMatchObject({ status: 404 })
    expect(await ask(origin, '/', { method: 'POST', headers: { cookie } })).toMatchObject({ status: 405 })
    for (const host of [`127.0.0.1:${address.port}`, 'localhost', `evil.test:${address.port}`])
      expect(await ask(origin, '/', { headers: { cookie, host } })).toMatchObject({ status: 421 })
  })

  test('connects only its own page to the contacts', async ({ folder }) => {
    const address = await serve(join(folder, 'contacts.db'))
    const { origin } = address
    const { cookie, key } = await admitted(address)
    const right = { origin, cookie }
    const protocols = ['device-contacts', `key.${key}`]
    const wrong: [Readonly<Record<string, string>>, readonly string[], string?][] = [
      [{ cookie }, protocols],
      [{ ...right, origin: 'https://evil.test' }, protocols],
      // Another server on this machine: the same site, so it gets the cookie.
      [{ ...right, origin: 'http://localhost:1' }, protocols],
      [{ ...right, origin: 'null' }, protocols],
      [{ origin }, protocols],
      [{ ...right, cookie: `${cookie}x` }, protocols],
      [{ ...right, host: `evil.test:${address.port}` }, protocols],
      [right, ['device-contacts']],
      [right, ['device-contacts', `key.${key}x`]],
      [right, protocols, '/other'],
    ]
    for (const [headers, offered, path] of wrong)
      expect(await connect(origin, headers, offered, path)).toBe(403)
    const socket = await connect(origin, right, protocols)
    expect(socket).not.toBe(403)
    await disconnect(socket)
  })

  test('imports, refreshes and ends with its program', async ({ folder }) => {
    const store = join(folder, 'contacts.db')
    const { href, origin } = await serve(store)
    const context = await browser.newContext({ locale: 'en-US' })
    const broken = brokenIn(context)
    const page = await context.newPage()
    await page.goto(href)
    await page.waitForURL(`${origin}/`)
    await page.getByRole('link', { name: 'Settings' }).click()
    await page.getByRole('button', { name: signInDemo.microsoft365 }).click()
    await page
      .getByRole('button', { name: commands.refresh, exact: true })
      .and(page.locator(':not([aria-disabled=true])'))
      .waitFor()
    await page.getByRole('link', { name: 'My Contacts' }).click()
    await page.getByText('40 contacts').first().waitFor()
    await page.getByRole('link', { name: 'What happens inside' }).click()
    await page.getByRole('option', { selected: true }).getByText('attempt.completed').waitFor()
    // The address that admitted this browser is of no use to the next one.
    const other = await browser.newContext()
    const stranger = await other.newPage()
    await stranger.goto(href)
    await stranger.getByRole('heading', { name: 'This address works once' }).waitFor()
    await other.close()
    // Another tab of the same browser has the cookie, but not the key.
    const tab = await context.newPage()
    await tab.goto(origin)
    await tab.getByRole('alert').getByText('This page belongs to another window.').waitFor()
    await tab.close()

    await page.reload()
    await page.getByRole('link', { name: 'Settings' }).click()
    await page.getByRole('button', { name: commands.refresh, exact: true }).click()
    await page.getByText(unchanged).first().waitFor()
    expect(page.url()).toBe(`${origin}/#settings`)

    program?.kill('SIGINT')
    expect(await program?.ended).toMatchObject({ code: 0 })
    await page.getByRole('alert').getByText('The program has ended.').waitFor()
    expect(broken).toEqual([])
    await context.close()
    expect(records(await run('status', '--store', store, '--json'))).toMatchObject([{ state: 'imported' }])
    // Without what says that they are invented, they count as real contacts: these need the person's tenant.
    await rm(`${store}.sandbox.json`)
    const real = await run('web', '--store', store)
    expect(real).toMatchObject({ code: 2, stderr: expect.stringContaining('--client-id') as string })
  })

  test('refuses a port that there is not', async ({ folder }) => {
    const wrong = await run('web', '--store', join(folder, 'contacts.db'), '--port', '70000')
    expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('--port') as string })
  })
})

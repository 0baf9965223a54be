/**
 * `npm run screens`: takes the pictures of `docs/screens` from the page of `npm run web`, one file for each look and scene.
 * Names of looks take only those: `npm run screens -- dark`.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import type { Browser, Page } from 'playwright-core'
import { browserOptions } from '../test/browser.ts'
import { looks } from './looks.ts'
import type { Look } from './looks.ts'
import { scenes } from './scenes.ts'
import type { SceneName, Stage } from './scenes.ts'

const pathOf = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Runs the page until the work is done. */
const withPage = async (work: (origin: string) => Promise<void>): Promise<void> => {
  const command = [pathOf('../bin/device-contacts.js'), 'sandbox', '--web', '--json', '--port', '0']
  const program = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    for await (const line of createInterface(program.stdout)) {
      await work((JSON.parse(line) as { page: string }).page)
      break
    }
  } finally {
    program.kill('SIGINT')
    await once(program, 'exit')
  }
}

/** Takes a picture once nothing moves any more. */
const take = async (page: Page, file: string): Promise<void> => {
  await page.mouse.move(0, 0)
  await page.evaluate(async () => {
    await document.fonts.ready
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
  })
  await page.screenshot({ path: pathOf(`../../docs/screens/${file}.png`), animations: 'disabled' })
  console.log(file)
}

const takeAll = async (browser: Browser, origin: string, name: string, look: Look): Promise<void> => {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...look.context })
  // After a 429, the page waits as long as the service said.
  context.setDefaultTimeout(90_000)
  const page = await context.newPage()
  const stage: Stage = { context, page, origin }
  await page.goto(origin)
  await look.prepare?.(page)
  for (const scene of Object.keys(scenes) as SceneName[]) {
    await scenes[scene](stage)
    if (look.scenes === 'all' || look.scenes.includes(scene)) await take(page, `${name}-${scene}`)
  }
  await context.close()
}

const chosen = process.argv.slice(2)
const options = await browserOptions()
// The face that comes with the browser, so that the pictures are the same on every machine.
const env = { ...process.env, FONTCONFIG_FILE: join(tmpdir(), 'fonts', 'fonts.conf') }
const browser = await chromium.launch({ ...options, ...(process.platform === 'linux' && { env }) })
try {
  for (const [name, look] of Object.entries<Look>(looks))
    if (chosen.length === 0 || chosen.includes(name))
      // Each look begins with an untouched mailbox.
      await withPage((origin) => takeAll(browser, origin, name, look))
} finally {
  await browser.close()
}

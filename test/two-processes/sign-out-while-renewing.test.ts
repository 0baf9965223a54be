import { readdir } from 'node:fs/promises'
import { setImmediate as turn } from 'node:timers/promises'
import { afterAll, expect } from 'vitest'
import { run, startScene } from '../crash/scene.ts'
import type { Scene } from '../crash/scene.ts'
import { soakRounds } from '../soak.ts'
import { test } from '../temp-folder.ts'

let scene: Scene
/** A folder with a list and the tokens of its sign-in. */
let linked: string

test.beforeAll(async ({ sharedFolder }) => {
  scene = await startScene(sharedFolder, { contacts: 100, folders: 10 })
  // So that the next process renews the token before its first request.
  scene.sandbox.settings.change({ accessTokenLifetime: 60 })
  linked = await scene.folder()
  const book = await scene.open(linked)
  expect(await run(book, 'signIn')).toMatchObject({ state: 'imported' })
  await book.close()
  // The contacts of a refresh do not arrive before the sign-out, however late this process comes to it.
  scene.sandbox.settings.change({ latency: 600_000 })
})
afterAll(() => scene.close())

const tokens = async (folder: string): Promise<readonly string[]> => {
  const names = await readdir(folder)
  return names.filter((name) => name.includes('.tokens.json') && !name.includes('.lock-'))
}

test('no token is left of a sign-out while another process renews them', async () => {
  for (let round = 0; round < soakRounds({ whole: 60, share: 4 }); round++) {
    const folder = await scene.folder(linked)
    const [renewing, other] = [await scene.process(folder), await scene.process(folder)]
    await Promise.all([renewing.call('open'), other.call('open')])
    const renewals = () => scene.sandbox.requests.matching('POST /common/oauth2/v2.0/token').length
    const before = renewals()
    const started = await renewing.call('refresh')
    if (!started.ok) throw new Error(started.refusal)
    const outcome = renewing.call('outcome', { parameters: [started.attempt] })
    await expect.poll(renewals, { interval: 1 }).toBeGreaterThan(before)
    // The answer is on its way. Each round waits for another moment before it is written.
    for (let turns = round % 20; turns > 0; turns--) await turn()
    expect(await other.call('signOut')).toMatchObject({ ok: true })
    expect(await outcome).toMatchObject({ state: 'cancelled' })
    // Enough turns for a running renewal to write its tokens.
    for (let calls = 0; calls < 20; calls++) await renewing.call('account')
    expect(await tokens(folder), `round ${round}`).toEqual([])
    await Promise.all([renewing.kill(), other.kill()])
  }
})

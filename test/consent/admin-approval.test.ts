import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Sandbox } from '../../sandbox/index.ts'
import { robotWalk, startSandbox } from '../../sandbox/index.ts'
import { newFolder } from '../temp-folder.ts'
import { lastRecord } from '../terminal-command.ts'
import { start } from '../terminal-process.ts'

let sandbox: Sandbox
beforeEach(async () => {
  sandbox = await startSandbox({ contacts: 12, distributionLists: 0 })
  sandbox.settings.change({ needAdminApproval: true })
})
afterEach(() => sandbox.close())

/** A person signs in and sees *Need admin approval*, or the list of permissions. */
const signedIn = async (command: string, store: string) => {
  const { said, ended } = start(
    ...[command, '--json', '--store', store, '--client-id', sandbox.clientId],
    ...['--authority', sandbox.authority, '--graph-url', sandbox.graphUrl],
  )
  const [, address = ''] = await said(/^\s+(http:\/\/localhost:\d+\/[2-9a-z]{10})$/m)
  await robotWalk(address, { decision: 'accept' })
  return lastRecord(await ended)
}

it('a person who leaves the page Need admin approval gets the link for it, and can check again', async () => {
  const store = join(await newFolder(), 'contacts.db')
  const stopped = await signedIn('import', store)
  expect(stopped).toMatchObject({ state: 'failed', code: 'consent-declined' })
  expect(stopped.next).toContain('ask your administrator first')

  const link = /http:\/\/localhost:\d+\/organizations\/\S+/.exec(String(stopped.administrator))?.[0] ?? ''
  const approved = await fetch(link, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ decision: 'accept' }),
  })
  expect(approved.headers.get('location')).toContain('admin_consent=True')

  expect(await signedIn('restart', store)).toMatchObject({ state: 'imported', imported: 12 })
})

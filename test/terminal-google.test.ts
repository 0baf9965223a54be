import { existsSync } from 'node:fs'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { robotWalk, type Sandbox, startSandbox } from '../sandbox/index.ts'
import { test as base } from './temp-folder.ts'
import { lastRecord, records, run } from './terminal-command.ts'
import { start } from './terminal-process.ts'

const it = base.extend('store', ({ folder }) => ['--store', join(folder, 'contacts.db'), '--json'])

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox({ contacts: 5, googleContacts: 20 })
})
afterAll(() => sandbox.close())

const google = ['--source', 'google'] as const

/** The options that name the sandbox as a service of the person's own. */
const clientOf = ({ google: { clientId, clientSecret, issuer, peopleUrl } }: Sandbox) => [
  ...['--client-id', clientId, '--client-secret', clientSecret],
  ...['--authority', issuer, '--people-url', peopleUrl],
]

describe('Google Contacts', () => {
  it('are imported beside Microsoft 365, and one refresh updates both', async ({ store }) => {
    await run('import', '--contacts', '5', ...store)
    const imported = await run('import', ...google, ...store)
    expect(lastRecord(imported)).toMatchObject({
      source: 'google',
      state: 'imported',
      added: 620,
      skipped: 0,
    })
    const refreshed = records(await run('refresh', '--edits', '3', ...store))
    expect(refreshed).toMatchObject([
      { source: 'microsoft365', state: 'imported', code: null },
      { source: 'google', state: 'imported', code: null, removed: 0 },
    ])
    const listed = records(await run('list', ...store))
    expect(new Set(listed.map(({ source }) => source))).toEqual(new Set(['microsoft365', 'google']))
    expect(lastRecord(await run('sign-out', ...google, ...store))).toMatchObject({
      source: 'google',
      erased: 620,
    })
    expect(records(await run('list', ...store)).every(({ source }) => source === 'microsoft365')).toBe(true)
  })

  it('fail alone: the other account is updated, and each is told', async ({ store }) => {
    await run('import', '--contacts', '5', ...store)
    await run('import', ...google, ...store)
    const fault = JSON.stringify({ kind: 'google-error', name: 'service-disabled' })
    const refreshed = await run('refresh', '--fault', fault, ...store)
    expect(refreshed.code).toBe(1)
    expect(records(refreshed)).toMatchObject([
      { source: 'microsoft365', state: 'imported', code: null },
      { source: 'google', state: 'failed', code: 'app-misconfigured', onDevice: 620 },
    ])
  })

  it("are read with a client of the person's own, which later commands remember", async ({
    store,
    folder,
  }) => {
    const importing = start('import', ...google, ...clientOf(sandbox), ...store)
    const [link] = await importing.said(/http:\/\/localhost:\d+\/\w+/)
    await robotWalk(link, { decision: 'accept' })
    expect(lastRecord(await importing.ended)).toMatchObject({
      source: 'google',
      state: 'imported',
      added: 20,
    })
    sandbox.google.contacts('user').add({ names: [{ displayName: 'Grace Hopper' }] })
    expect(lastRecord(await run('refresh', ...store))).toMatchObject({ source: 'google', added: 1 })
    expect(records(await run('find', 'hopper', ...store))).toMatchObject([{ source: 'google' }])
    expect(lastRecord(await run('sign-out', '--all', '--delete', ...store))).toMatchObject({
      signedOut: ['google'],
    })
    expect(await readdir(folder)).toEqual([])
  })

  it('are read with an access token from a file', async ({ store, folder }) => {
    const file = join(folder, 'token.txt')
    await writeFile(file, sandbox.google.issueToken('user'))
    const options = ['--token-file', file, '--people-url', sandbox.google.peopleUrl]
    const imported = await run('import', ...google, ...options, ...store)
    expect(lastRecord(imported)).toMatchObject({ source: 'google', state: 'imported' })
    expect(existsSync(join(folder, 'contacts.db.google-tokens.json'))).toBe(false)
  })

  it('are not imported if the person declines, and the way out names the source', async ({ store }) => {
    const declined = await run('import', ...google, '--robot', 'decline', ...store)
    expect(declined.code).toBe(1)
    expect(lastRecord(declined)).toMatchObject({ state: 'failed', code: 'consent-declined' })
    expect(lastRecord(declined).next).toContain('restart --source google')
  })

  it.for([
    [['--graph-url', 'https://graph.example'], 'cannot be used with --source google'],
    [['--device-code', '--client-id', 'x'], 'cannot be used with --source google'],
    [['--client-secret', 'x'], 'also needs --client-id'],
    [['--people-url', 'https://people.example'], 'also needs --client-id'],
  ] as const)('refuse options that do not fit (%s)', async ([options, sentence], { store }) => {
    const ended = await run('import', ...google, ...options, ...store)
    expect(ended.code).toBe(2)
    expect(ended.stderr + ended.stdout).toContain(sentence)
  })

  it('have options that Microsoft 365 lacks', async ({ store }) => {
    const ended = await run('import', '--client-id', 'x', '--people-url', 'https://people.example', ...store)
    expect(ended.code).toBe(2)
    expect(ended.stderr + ended.stdout).toContain('also needs --source google')
  })
})

import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { robotWalk } from '../sandbox/index.ts'
import { foundIn } from './erase/found-in.ts'
import { test as it } from './imported-store.ts'
import { newFolder } from './temp-folder.ts'
import { lastRecord, records, run, runIn } from './terminal-command.ts'
import { start } from './terminal-process.ts'

const storeIn = async (): Promise<string> => join(await newFolder(), 'contacts.db')

describe('one command', () => {
  it('imports from the sandbox, says that it is one, and shows the contacts', async ({ folder }) => {
    const ended = await runIn({ XDG_DATA_HOME: folder }, 'import', '--contacts', '40')
    expect(ended.code).toBe(0)
    expect(ended.stderr).toMatch(/sandbox tenant, not Microsoft/)
    expect(ended.stderr).toMatch(/robot signs in/)
    expect(ended.stdout).toMatch(/^Imported 40 contacts from Microsoft 365\.$/m)
    const store = /stored in (.+)$/m.exec(ended.stdout)?.[1] ?? ''
    expect(records(await run('list', '--store', store, '--json'))).toHaveLength(40)
  })

  it('prints the outcome as the last line of JSON', async () => {
    const store = await storeIn()
    const ended = await run('import', '--contacts', '40', '--store', store, '--json')
    expect(ended.code).toBe(0)
    expect(lastRecord(ended)).toEqual({
      source: 'microsoft365',
      state: 'imported',
      imported: 40,
      available: 40,
      skipped: 0,
      incomplete: 0,
      code: null,
      refusal: null,
      added: 40,
      updated: 0,
      removed: 0,
      displaced: 0,
      verified: expect.any(Boolean) as boolean,
      held: null,
      lastUpdated: expect.stringMatching(/^20\d\d-.*Z$/) as string,
      onDevice: 40,
      store,
    })
  })

  it('ends at the limit, and says how many contacts there are', async () => {
    const store = await storeIn()
    const ended = await run('import', '--contacts', '12345', '--store', store)
    expect(ended.code).toBe(0)
    expect(ended.stdout).toContain('10,000 of 12,345 contacts')
    const list = await run('list', '--store', store, '--json')
    expect(new Set(records(list).map(({ sourceId }) => sourceId)).size).toBe(10_000)
    expect(records(await run('status', '--store', store, '--json'))).toMatchObject([
      { state: 'capped', list: { count: 10_000, available: 12_345, capped: true } },
    ])
  })
})

describe('contacts that are on the device', () => {
  it('are listed one a line, with their ids and everything that the source wrote', async ({
    importedStore,
  }) => {
    const store = await importedStore(40)
    const contacts = records(await run('list', '--store', store, '--json'))
    expect(contacts).toHaveLength(40)
    expect(new Set(contacts.map(({ sourceId }) => sourceId)).size).toBe(40)
    for (const contact of contacts)
      expect(contact).toMatchObject({
        source: 'microsoft365',
        sourceId: expect.stringMatching(/./) as string,
        phones: expect.any(Array) as unknown[],
        emails: expect.any(Array) as unknown[],
        addresses: expect.any(Array) as unknown[],
      })
    const lines = (await run('list', '--store', store)).stdout.trimEnd().split('\n')
    expect(lines).toHaveLength(40)
  })

  it('are not imported a second time: the command points to refresh', async ({ importedStore }) => {
    const store = await importedStore(40)
    const again = await run('import', '--store', store)
    expect(again.code).toBe(1)
    expect(again.stderr).toContain('already linked')
    expect(again.stderr).toContain(`use "device-contacts refresh --store ${store}"`)
    expect(lastRecord(await run('import', '--store', store, '--json'))).toMatchObject({
      state: 'imported',
      code: 'already-linked',
      refusal: 'already-linked',
      imported: null,
      onDevice: 40,
    })
    const refresh = await run('refresh', '--store', store, '--json')
    expect(refresh.code).toBe(0)
    expect(lastRecord(refresh)).toMatchObject({ state: 'imported', added: 0, removed: 0, onDevice: 40 })
  })

  it('are updated once more of their fields are read, as the next steps repeat', async ({
    importedStore,
  }) => {
    const store = await importedStore(40)
    const again = await run('import', '--store', store, '--extended-properties')
    expect(again.stderr).toContain(`use "device-contacts refresh --extended-properties --store ${store}"`)
    const restart = await run('restart', '--store', store, '--extended-properties', '--json')
    const { updated } = lastRecord(restart)
    expect(updated).toBeGreaterThan(0)
    const [, changed] = records(await run('history', '--store', store, '--changes', '--json'))
    const { changes } = changed as { changes: { updated: readonly unknown[] } }
    expect(changes.updated).toHaveLength(updated as number)
  })

  it('are listed without an error to a reader that stops early', async ({ importedStore }) => {
    // More than a pipe buffers: the command is still writing when its reader ends.
    const store = await importedStore(1_000)
    const list = start('list', '--store', store, '--json')
    list.child.stdout.once('data', () => list.child.stdout.destroy())
    expect(await list.ended).toMatchObject({ code: 0, stderr: '' })
  })

  it('have a history and events that name no contact', async ({ importedStore }) => {
    const store = await importedStore(40)
    await run('restart', '--store', store)
    const history = records(await run('history', '--store', store, '--json'))
    expect(history).toMatchObject([
      { number: 1, by: 'signIn', outcome: 'imported', completion: { added: 40 } },
      { number: 2, by: 'restart', outcome: 'imported', completion: { added: 0, removed: 0 } },
    ])
    expect((await run('history', '--store', store)).stdout).toMatch(/^1 .* import .* imported +40 /m)
    const events = await run('events', '--store', store, '--json')
    expect(records(events).map(({ type }) => type)).toContain('attempt.completed')
    expect(records(events).map(({ position }) => position)).toEqual(
      records(events).map((_, index) => index + 1),
    )
    expect(events.stdout).not.toMatch(/@sandbox|Lindqvist|payload/)
  })

  it('have a history that can name what each import changed', async ({ importedStore }) => {
    const store = await importedStore(40)
    await run('refresh', '--contacts', '30', '--store', store)
    interface Told {
      readonly completion: { readonly added: number; readonly removed: number }
      readonly changes: { readonly added: readonly object[]; readonly removed: readonly object[] }
    }
    const json = await run('history', '--changes', '--store', store, '--json')
    const told = records(json) as unknown as readonly Told[]
    expect(told.map(({ changes }) => [changes.added.length, changes.removed.length])).toEqual(
      told.map(({ completion }) => [completion.added, completion.removed]),
    )
    expect(told[0]?.changes.added).toEqual(expect.arrayContaining([...(told[1]?.changes.removed ?? [{}])]))
    const { stdout } = await run('history', '--changes', '--store', store)
    const total = (name: 'added' | 'removed') =>
      told.reduce((sum, { completion }) => sum + completion[name], 0)
    expect(stdout.match(/^ {2}[+] ./gm)).toHaveLength(total('added'))
    expect(stdout.match(/^ {2}- ./gm)).toHaveLength(total('removed'))
  })

  it('are not removed in large numbers before the person approves', async ({ importedStore }) => {
    const store = await importedStore(300)
    const refresh = await run('refresh', '--contacts', '100', '--store', store, '--json')
    expect(refresh.code).toBe(1)
    expect(lastRecord(refresh)).toMatchObject({ code: 'removal-held', held: { of: 300 }, onDevice: 300 })
    expect(refresh.stderr).toContain(`use "device-contacts approve --store ${store}"`)
    expect(refresh.stderr).toMatch(
      /These contacts would be removed, among others:\n( {2}.+\n){10}To see them all/,
    )
    const { held } = lastRecord(refresh) as { held: { removes: number } }
    expect(records(await run('list', '--held', '--store', store, '--json'))).toHaveLength(held.removes)
    expect((await run('status', '--store', store)).stderr).toMatch(
      /These contacts would be removed, among others:\n( {2}.+\n){10}/,
    )
    const approve = await run('approve', '--store', store)
    expect(approve.stdout).toMatch(/removed\. Now on this device: 100 contacts\.$/m)
    expect((await run('approve', '--store', store)).code).toBe(1)
    expect(await run('list', '--held', '--store', store)).toMatchObject({ code: 0, stdout: '' })
    expect(records(await run('list', '--store', store, '--json'))).toHaveLength(100)
  })

  it('are gone after a sign-out, and so is the sign-in', async ({ importedStore }) => {
    const store = await importedStore(40)
    const [first] = records(await run('list', '--store', store, '--json'))
    const signOut = await run('sign-out', '--store', store, '--json')
    expect(signOut.code).toBe(0)
    expect(lastRecord(signOut)).toMatchObject({ state: 'idle', erased: 40, onDevice: 0 })
    expect((await run('list', '--store', store)).stdout).toBe('')
    const folder = join(store, '..')
    const files = await readdir(folder)
    // As with the run locks, an empty file remains.
    expect(files.filter((name) => name.includes('token'))).toEqual(['contacts.db.tokens.json.lock-tokens'])
    expect(await foundIn(folder, [String(first?.sourceId), 'mira@sandbox'])).toEqual([])
    expect((await run('import', '--store', store)).code).toBe(0)
  })
})

describe('a command that has nothing to do is refused:', () => {
  it('a sign-out if nothing is linked, after it has removed leftovers', async () => {
    const store = await storeIn()
    await run('import', '--contacts', '10', '--store', store)
    expect((await run('sign-out', '--store', store)).stdout).toMatch(/^Signed out of Microsoft 365\./m)
    const refused = await run('sign-out', '--store', store, '--json')
    expect(refused.code).toBe(1)
    expect(lastRecord(refused)).toMatchObject({ state: 'idle', refusal: 'nothing-linked' })
    expect(refused.stderr).toContain('No account from Microsoft 365 is linked')
    await writeFile(`${store}.tokens.json`, '{}')
    expect((await run('sign-out', '--store', store)).code).toBe(1)
    expect(await readdir(join(store, '..'))).not.toContain('contacts.db.tokens.json')
  })

  it('a refresh during the first import of another process, and before any import', async () => {
    const store = await storeIn()
    const importing = start('import', '--interactive', '--contacts', '10', '--store', store)
    await importing.said(/http:\/\/localhost/)
    const refused = await run('refresh', '--store', store, '--json')
    expect(refused.code).toBe(1)
    expect(lastRecord(refused)).toMatchObject({ state: 'consenting', refusal: 'running-elsewhere' })
    importing.kill('SIGINT')
    await importing.ended
    expect(lastRecord(await run('refresh', '--store', store, '--json'))).toMatchObject({
      refusal: 'nothing-to-refresh',
    })
  })
})

describe('the status', () => {
  it('is empty without a store, and creates nothing', async () => {
    const store = await storeIn()
    const status = await run('status', '--store', store)
    expect(status).toMatchObject({ code: 0, stderr: '' })
    expect(status.stdout).toMatch(/not linked/)
    expect(await readdir(join(store, '..'))).toEqual([])
  })

  it('says which commands are allowed now, and why the others are not', async ({ importedStore }) => {
    const store = await importedStore(40)
    const { stdout } = await run('status', '--store', store)
    expect(stdout).toMatch(/^ +refresh +yes$/m)
    expect(stdout).toMatch(/^ +import +no: Microsoft 365 is already linked/m)
  })
})

describe('contacts that could not be brought up to date', () => {
  const refused = JSON.stringify({ kind: 'status', status: 403 })

  it('stay, and every view shows their date and exactly the next step', async ({ importedStore }) => {
    const store = await importedStore(40)
    const [{ lastUpdated } = {}] = records(await run('status', '--store', store, '--json'))
    const next = expect.stringContaining(`use "device-contacts restart --store ${store}" and`) as string

    const refresh = await run('refresh', '--store', store, '--fault', refused, '--json')
    expect(refresh.stderr).toMatch(/^The 40 contacts on this device are unchanged since .+ 20\d\d.*\.$/m)
    const failed = { code: 'permission-removed', lastUpdated, next }
    expect(lastRecord(refresh)).toMatchObject({ ...failed, onDevice: 40 })
    const administrator = expect.stringContaining('ErrorAccessDenied') as string
    expect(records(await run('status', '--store', store, '--json'))).toMatchObject([
      { ...failed, isStale: true, administrator },
    ])
    const { stdout } = await run('status', '--store', store)
    expect(stdout).toMatch(/On this device: 40 contacts, not updated since .+20\d\d/)
    const list = await run('list', '--store', store)
    expect(list.stdout.trim().split('\n')).toHaveLength(40)
    expect(list.stderr).toMatch(/^Microsoft 365: not updated since .+20\d\d/)

    await run('refresh', '--store', store)
    const [status = {}] = records(await run('status', '--store', store, '--json'))
    const lastFailure = { code: 'permission-removed', at: expect.stringMatching(/^20\d\d-.*Z$/) as string }
    expect(status).toMatchObject({ isStale: false, lastFailure })
    expect(status.ageSeconds).toBeLessThan(600)
    const days =
      (Date.parse(String(status.completeListingDue)) - Date.parse(String(lastUpdated))) / 86_400_000
    expect(days).toBeGreaterThan(5.9)
    expect(days).toBeLessThan(8)
    expect((await run('list', '--store', store)).stderr).toBe('')
  })

  it('are none if the first import was cancelled: only its next step is shown', async () => {
    const store = await storeIn()
    const started = start('import', '--robot', 'abandon', '--store', store)
    await started.said(/robot is signing in/)
    started.kill('SIGINT')
    await started.ended
    const list = await run('list', '--store', store)
    expect(list).toMatchObject({ code: 0, stdout: '' })
    expect(list.stderr).toContain(`use "device-contacts status --store ${store}"`)
    const next = expect.stringContaining(`use "device-contacts restart --store ${store}"`) as string
    expect(records(await run('status', '--store', store, '--json'))).toMatchObject([{ next }])
  })
})

describe('a tenant that runs on its own', () => {
  let tenant: ReturnType<typeof start>
  beforeAll(() => {
    tenant = start('sandbox', '--contacts', '30', '--json')
  })
  afterAll(async () => {
    tenant.kill('SIGINT')
    expect((await tenant.ended).code).toBe(0)
  })

  const addresses = async (): Promise<Record<string, string>> =>
    JSON.parse((await tenant.said(/^\{.*\}$/m))[0]) as Record<string, string>

  /** An access token of a person in the tenant, in a file. */
  const tokenFileOf = async (person: string, folder: string): Promise<string> => {
    const { origin = '' } = await addresses()
    const answer = await fetch(`${origin}/sandbox/people/${person}/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    })
    const { token } = (await answer.json()) as { token: string }
    await writeFile(join(folder, person), `${token}\n`)
    return join(folder, person)
  }

  it('can be imported from with an access token of the person, and no other account replaces it', async () => {
    const folder = await newFolder()
    const { graphUrl = '' } = await addresses()
    const options = async (person: string) =>
      ['--graph-url', graphUrl, '--token-file', await tokenFileOf(person, folder)].concat(
        ...['--store', join(folder, 's.db'), '--json'],
      )
    const ended = await run('import', ...(await options('user')))
    expect(ended.code).toBe(0)
    expect(lastRecord(ended)).toMatchObject({ state: 'imported', imported: 30 })
    expect(ended.stderr).not.toMatch(/sandbox|robot/)
    const refresh = await run('refresh', ...(await options('admin')))
    expect(lastRecord(refresh)).toMatchObject({ code: 'different-account', onDevice: 30 })
    expect(await run('refresh', ...(await options('user')))).toMatchObject({ code: 0 })
  })

  it('is not mistaken for the sandbox in next steps that do not name it', async () => {
    const folder = await newFolder()
    const { graphUrl = '' } = await addresses()
    const store = join(folder, 's.db')
    const token = await tokenFileOf('user', folder)
    await run('import', '--graph-url', graphUrl, '--token-file', token, '--store', store)
    await run('sign-out', '--store', store)
    expect((await run('list', '--store', store)).stderr).toContain(
      `use "device-contacts import --client-id ID --store ${store}"`,
    )
  })

  it('accepts a sign-in at the shown address, and then a refresh without one', async () => {
    const store = await storeIn()
    const { clientId = '', authority = '', graphUrl = '' } = await addresses()
    const app = ['--client-id', clientId, '--authority', authority, '--graph-url', graphUrl]
    const importing = start('import', ...app, '--store', store)
    const [, address = ''] = await importing.said(/^ +(http:\/\/localhost:\d+\/[2-9a-z]{10})$/m)
    await robotWalk(address, { decision: 'accept' })
    const ended = await importing.ended
    expect(ended.code).toBe(0)
    expect(ended.stdout).toContain('Imported 30 contacts')
    // The key ring of the person who runs the tests stays untouched.
    expect(ended.stderr).not.toContain('No key')
    expect(await readFile(`${store}.tokens.json`, 'utf8')).toContain('RefreshToken')
    const refresh = await run('refresh', ...app, '--store', store, '--json')
    expect(lastRecord(refresh)).toMatchObject({ state: 'imported', code: null, removed: 0 })
    const restart = await run('restart', ...app, '--store', store)
    expect(restart).toMatchObject({ code: 0, stderr: expect.not.stringContaining('http://') as string })
  })
})

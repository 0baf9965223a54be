import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect } from 'vitest'
import { emptyMailbox } from '../src/testing/local-graph.ts'
import { sampleContact } from '../src/testing/sample-contacts.ts'
import { page } from './core/device.ts'
import { served } from './local-graph-source.ts'
import { openAt } from './storage/base-store.ts'
import { test as it } from './temp-folder.ts'
import { lastRecord, records, run } from './terminal-command.ts'

let store: string

/** A list of three: one contact is incomplete, one is in a folder with a name, one in the default folder. */
it.beforeAll(async ({ sharedFolder }) => {
  store = join(sharedFolder, 'contacts.db')
  const { book, source } = await openAt(store)
  const started = await book.signIn('microsoft365')
  if (!started.ok) throw new Error(started.refusal)
  await (await source.signIns.next()).grant()
  const fetch = await source.fetches.next()
  await fetch.emit({ type: 'contacts.counted', count: 3 })
  await fetch.emit(
    page([
      sampleContact('a', { folder: 'f1', incomplete: [{ field: 'personalNotes', reason: 'cut' }] }),
      sampleContact('b', { folder: 'f0' }),
      sampleContact('c'),
    ]),
  )
  const folders = [
    { id: 'f0', name: null },
    { id: 'f1', name: 'Clients' },
  ]
  void fetch.emit({ type: 'listing.finished', cursor: null, verified: true, folders })
  await book.outcome(started.attempt)
  await book.close()
})

/** Keys are random in each store. */
const withoutKeys = (lines: readonly string[]) => lines.map((line) => line.replace(/ · [0-9a-f]{24}/, ''))

describe('contacts that are incomplete', () => {
  it('are marked in the list, and say which fields as JSON', async () => {
    const lines = (await run('list', '--store', store)).stdout.trimEnd().split('\n')
    expect(withoutKeys(lines)).toEqual(['Contact a · Clients · (incomplete)', 'Contact b', 'Contact c'])
    expect(records(await run('list', '--store', store, '--json'))).toMatchObject([
      { sourceId: 'a', incomplete: [{ field: 'personalNotes', reason: 'cut' }] },
      { sourceId: 'b' },
      { sourceId: 'c' },
    ])
  })

  it('are counted in the status and in the history', async () => {
    const sentence = '1 contact has a field that could not be read completely.'
    expect((await run('status', '--store', store)).stdout).toContain(sentence)
    expect(records(await run('status', '--store', store, '--json'))).toMatchObject([
      { list: { incomplete: 1 } },
    ])
    expect(records(await run('history', '--store', store, '--json'))).toMatchObject([
      { completion: { incomplete: 1 } },
    ])
    expect((await run('history', '--store', store)).stdout).toMatch(/incomplete/)
  })
})

describe('an import of odd contacts', () => {
  const items = [
    { id: '1', displayName: 'Ada', birthday: 'tomorrow', mobilePhone: '+1 206 555 0100' },
    {
      id: '2',
      displayName: 'Bob',
      businessPhones: ['+1 206 555 0101', 42],
      birthday: '4501-01-01T00:00:00Z',
    },
    { id: '3', fileAs: 'Plumber', emailAddresses: [{ address: '/o=ExchangeLabs/cn=plumber' }] },
  ]

  it('says how many are incomplete and keeps the rest of them', async ({ folder }) => {
    const origin = await served({ ...emptyMailbox, '/me/contacts': { value: items } })
    const [token, file] = [join(folder, 'token'), join(folder, 'contacts.db')]
    await writeFile(token, `${'e'.repeat(20)}.${'y'.repeat(20)}.${'j'.repeat(20)}`)
    const command = ['--graph-url', origin, '--token-file', token, '--store', file]
    const ended = await run('import', ...command)
    expect(ended.stdout).toMatch(/^Imported 3 contacts/)
    expect(ended.stdout).toContain(
      '2 contacts have fields that could not be read completely. The list marks them.',
    )
    const refreshed = await run('refresh', ...command, '--json')
    expect(lastRecord(refreshed)).toMatchObject({ state: 'imported', skipped: 0, incomplete: 2 })
    expect(withoutKeys((await run('list', '--store', file)).stdout.trimEnd().split('\n'))).toEqual([
      'Ada · +1 206 555 0100 (mobile) · (incomplete)',
      'Bob · +1 206 555 0101 (work) · (incomplete)',
      'Plumber',
    ])
    const [ada, bob, plumber] = records(await run('list', '--store', file, '--json'))
    expect(ada).toMatchObject({ incomplete: [{ field: 'birthday', reason: 'malformed' }] })
    expect(bob).not.toHaveProperty('birthday')
    expect(plumber).toMatchObject({ emails: [{ address: '/o=ExchangeLabs/cn=plumber', routingType: 'EX' }] })
  })
})

describe('the folder of a contact', () => {
  it('has its name in the list as JSON: null for the default folder, none where it is unknown', async () => {
    const list = records(await run('list', '--store', store, '--json'))
    expect(list.map(({ folderName }) => folderName)).toEqual(['Clients', null, undefined])
  })

  it('is one of the folders of the account', async () => {
    const [account] = records(await run('status', '--store', store, '--json'))
    expect(account?.['folders']).toEqual([
      { id: 'f0', name: null },
      { id: 'f1', name: 'Clients' },
    ])
  })
})

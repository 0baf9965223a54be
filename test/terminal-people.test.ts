import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { type Sandbox, startSandbox } from '../sandbox/index.ts'
import { test as base } from './temp-folder.ts'
import { lastRecord, records, run } from './terminal-command.ts'
import { start } from './terminal-process.ts'

/** What a line of `list --json` has for these tests. */
interface Listed {
  readonly key: string
  readonly source: string
  readonly sources: readonly string[]
  readonly name: string
  readonly phones: readonly { readonly value: string }[]
  readonly contacts?: readonly { readonly key: string; readonly source: string }[]
}

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox({ contacts: 0, googleContacts: 0 })
  const mailbox = sandbox.mailbox('user')
  const google = sandbox.google.contacts('user')
  const names = (givenName: string, familyName: string) => [
    { displayName: `${givenName} ${familyName}`, givenName, familyName },
  ]
  // One person by name and number.
  mailbox.add({
    displayName: 'Ada Lovelace',
    givenName: 'Ada',
    surname: 'Lovelace',
    mobilePhone: '+1 425 555 0100',
  })
  google.add({
    names: names('Ada', 'Lovelace'),
    phoneNumbers: [
      { value: '(425) 555-0100', type: 'mobile' },
      { value: '+44 20 7946 0018', type: 'home' },
    ],
  })
  // The same name, and nothing else: two persons, until the person decides.
  mailbox.add({
    displayName: 'Grace Hopper',
    givenName: 'Grace',
    surname: 'Hopper',
    mobilePhone: '+1 206 555 0101',
  })
  google.add({ names: names('Grace', 'Hopper'), emailAddresses: [{ value: 'grace@example.test' }] })
  mailbox.add({ displayName: 'Hedy Lamarr', givenName: 'Hedy', surname: 'Lamarr' })
  google.add({ names: names('Katherine', 'Johnson') })
})
afterAll(() => sandbox.close())

/** The options that name an account of the sandbox, for an import and a refresh. */
const accountsIn = async (folder: string) => {
  const [microsoftToken, googleToken] = [join(folder, 'microsoft.txt'), join(folder, 'google.txt')]
  await writeFile(microsoftToken, sandbox.issueToken('user'))
  await writeFile(googleToken, sandbox.google.issueToken('user'))
  return {
    microsoft: ['--token-file', microsoftToken, '--graph-url', sandbox.graphUrl],
    google: ['--source', 'google', '--token-file', googleToken, '--people-url', sandbox.google.peopleUrl],
  }
}

/** A store with the contacts of both accounts, and what the tests ask of it. */
const it = base.extend('device', async ({ folder }) => {
  const store = ['--store', join(folder, 'contacts.db')]
  const accounts = await accountsIn(folder)
  await run('import', ...accounts.microsoft, ...store)
  await run('import', ...accounts.google, ...store)
  const say = (...args: string[]) => run(...args, ...store)
  const listed = async (...args: string[]) =>
    records(await say(...args, '--json')) as unknown as readonly Listed[]
  const named = async (name: string) => (await listed('list')).filter((contact) => contact.name === name)
  const keysOf = async (name: string) => (await named(name)).map(({ key }) => key)
  return { store, accounts, say, listed, named, keysOf }
})

describe('a person who has contacts in two sources', () => {
  it('is listed and found once, with the sources and the values of both', async ({ device }) => {
    const ada = await device.named('Ada Lovelace')
    expect(ada).toMatchObject([
      {
        source: 'microsoft365',
        sources: ['microsoft365', 'google'],
        phones: [{}, { value: '+44 20 7946 0018' }],
      },
    ])
    expect(ada[0]?.contacts?.map(({ source }) => source)).toEqual(['microsoft365', 'google'])
    expect(ada[0]?.contacts?.[0]?.key).toBe(ada[0]?.key)
    // The id at Google is none of this contact's source.
    expect(ada[0]).not.toHaveProperty('alias')
    expect(await device.listed('find', 'lovelace')).toMatchObject([{ key: ada[0]?.key, contacts: [{}, {}] }])
    for (const number of ['+14255550100', '+442079460018'])
      expect(await device.listed('whois', number)).toMatchObject([{ key: ada[0]?.key, certainty: 'certain' }])
    const lines = (await device.say('list')).stdout.split('\n').filter((line) => line.includes('Lovelace'))
    expect(lines).toHaveLength(1)
    expect(lines[0]).toContain('Microsoft, Google')
    expect(await device.named('Hedy Lamarr')).toMatchObject([{ sources: ['microsoft365'] }])
    expect((await device.named('Hedy Lamarr'))[0]).not.toHaveProperty('contacts')
  })

  it('is listed for each account, and a person without a contact there is not', async ({ device }) => {
    const namesFrom = async (...args: string[]) =>
      (await device.listed(...args)).map(({ name }) => name).toSorted()
    expect(await namesFrom('list', '--source', 'google')).toEqual([
      ...['Ada Lovelace', 'Grace Hopper', 'Katherine Johnson'],
    ])
    expect(await namesFrom('find', 'a', '--source', 'microsoft365')).toEqual(['Ada Lovelace'])
    expect(await namesFrom('whois', '+442079460018', '--source', 'google')).toEqual(['Ada Lovelace'])
    const exported = await device.say('export', '--format', 'csv', '--source', 'google')
    expect(exported.stdout).toContain('Katherine')
    expect(exported.stdout).not.toContain('Hedy')
    const none = await device.say('list', '--source', 'outlook')
    expect(none.stderr).toContain('There are no contacts from the Outlook app on this device.')
  })

  it('is shown under either key and its beginning, with how to part the two', async ({ device }) => {
    const [ada] = await device.named('Ada Lovelace')
    const [one = '', other = ''] = ada?.contacts?.map(({ key }) => key) ?? []
    const shown = await device.say('show', one)
    expect(shown.code).toBe(0)
    for (const word of [other, one.slice(0, 8), other.slice(0, 8).toUpperCase()])
      expect(await device.say('show', word)).toEqual(shown)
    expect(shown.stdout).toMatch(/^One person in$/m)
    expect(shown.stdout).toMatch(new RegExp(`^ +Microsoft 365 +${one}$`, 'm'))
    expect(shown.stdout).toMatch(new RegExp(`^ +Google Contacts +${other}$`, 'm'))
    expect(shown.stdout).toMatch(/^ +mobile +\+1 425 555 0100$/m)
    expect(shown.stdout).toMatch(/^ +home +\+44 20 7946 0018 \(Google\)$/m)
    expect(shown.stdout).toMatch(/^ +given +Ada$/m)
    const [, command = ''] = /"device-contacts (not-same [^"]+)"/.exec(shown.stderr) ?? []
    expect((await run(...command.split(' '))).code).toBe(0)
    expect(await device.keysOf('Ada Lovelace')).toHaveLength(2)
    expect((await device.say('show', one)).stdout).not.toContain('One person in')
  })

  it('is written to an export with each contact as its source has it', async ({ device }) => {
    const { stdout } = await device.say('export', '--format', 'vcard')
    expect(stdout.match(/^FN:Ada Lovelace\r$/gm)).toHaveLength(2)
  })

  it('is one or two by the country of the numbers, the same for every command', async ({ device }) => {
    for (const command of ['list', 'find lovelace', 'duplicates']) {
      const inTheUs = await device.listed(...command.split(' '), '--country', 'US')
      expect(await device.listed(...command.split(' '))).toEqual(inTheUs)
    }
    // There, the number of Google is one of another country.
    const inBritain = (await device.listed('list', '--country', 'gb')).filter(
      ({ name }) => name === 'Ada Lovelace',
    )
    expect(inBritain).toHaveLength(2)
    for (const { key } of inBritain) {
      expect(await device.listed('show', key, '--country', 'GB')).toMatchObject([{ key }])
      expect((await device.listed('show', key, '--country', 'GB'))[0]).not.toHaveProperty('contacts')
    }
    expect(JSON.stringify(await device.listed('duplicates', '--country', 'GB'))).toContain('Ada Lovelace')
  })
})

describe('a decision', () => {
  it('that two are not the same stands after a refresh, a rename at the source and in a new process', async ({
    device,
  }) => {
    const [ada] = await device.named('Ada Lovelace')
    const keys = ada?.contacts?.map(({ key }) => key) ?? []
    const said = await device.say('not-same', ...keys)
    expect(said).toMatchObject({ code: 0 })
    const beginnings = keys.map((key) => key.slice(0, 6)).join(' ')
    expect(said.stdout).toContain(`use "device-contacts same ${beginnings} --store `)
    expect((await device.keysOf('Ada Lovelace')).toSorted()).toEqual(keys.toSorted())
    const google = sandbox.google.contacts('user')
    const atGoogle = google.all().find(({ fields }) => JSON.stringify(fields).includes('Lovelace'))
    google.rename(atGoogle?.resourceName ?? '')
    expect(lastRecord(await device.say('refresh', ...device.accounts.google, '--json'))).toMatchObject({
      state: 'imported',
    })
    const elsewhere = await start('list', '--json', ...device.store).ended
    const found = records(elsewhere).filter(({ name }) => name === 'Ada Lovelace')
    expect(found.map(({ key }) => key).toSorted()).toEqual(keys.toSorted())
    expect(JSON.stringify(await device.listed('duplicates'))).not.toContain('Ada Lovelace')
    await device.say('same', ...keys)
    expect(await device.keysOf('Ada Lovelace')).toEqual([ada?.key])
  })

  it('is taken back with the command that it printed, and show prints it too', async ({ device }) => {
    const [ada] = await device.named('Ada Lovelace')
    const keys = ada?.contacts?.map(({ key }) => key) ?? []
    const said = await device.say('not-same', ...keys)
    const [, undo = ''] = /^To take this back, use "device-contacts ([^"]+)"\.$/m.exec(said.stdout) ?? []
    const shown = await device.say('show', keys[1] ?? '')
    expect(shown.stderr).toContain(
      'You said that this is not the same person as Ada Lovelace (Microsoft 365). To take that back, use',
    )
    expect(shown.stderr).toMatch(/"device-contacts not-same \w+ \w+ --undo --store /)
    const taken = await run(...undo.split(' '))
    expect(taken.code).toBe(0)
    expect(taken.stdout).toContain(
      'Taken back: what you said of Ada Lovelace (Microsoft 365) and Ada Lovelace (Google Contacts).',
    )
    expect(await device.keysOf('Ada Lovelace')).toEqual([ada?.key])
    expect((await device.say('show', ada?.key ?? '')).stderr).not.toContain('You said')
    const again = await device.say('same', ...keys, '--undo')
    expect(again.code).toBe(0)
    expect(again.stdout).toContain('There is nothing to take back')
    expect(lastRecord(await device.say('same', ...keys, '--undo', '--json'))).toMatchObject({ isSame: null })
  })

  it('that two are the same joins them; a sign-out of one account drops it', async ({ device }) => {
    const keys = await device.keysOf('Grace Hopper')
    expect(keys).toHaveLength(2)
    const [first = '', second = ''] = keys
    const decided = await device.say('same', first.slice(0, 8), second.slice(0, 8), '--json')
    expect(decided.code).toBe(0)
    expect(records(decided)).toMatchObject([
      {
        contacts: [{ key: first, name: 'Grace Hopper' }, { key: second }],
        isSame: true,
        code: null,
        refusal: null,
      },
    ])
    expect(await device.named('Grace Hopper')).toMatchObject([{ sources: ['microsoft365', 'google'] }])
    const left = await device.say('sign-out', '--source', 'google')
    expect(left.stdout).toContain('Your decision whether two contacts are one person ended too.')
    expect(await device.named('Grace Hopper')).toMatchObject([{ sources: ['microsoft365'] }])
    await device.say('import', ...device.accounts.google)
    expect(await device.named('Grace Hopper')).toHaveLength(2)
    const without = await device.say('sign-out', '--source', 'google')
    expect(without.stdout).not.toContain('decision')
  })

  it('parts the second contact of one source from a person by the line that `show` prints', async ({
    device,
  }) => {
    const [ada, hedy] = [await device.named('Ada Lovelace'), await device.named('Hedy Lamarr')]
    const google = ada[0]?.contacts?.find(({ source }) => source === 'google')?.key ?? ''
    for (const [found] of [ada, hedy]) await device.say('same', found?.key ?? '', google)
    const [all] = (await device.listed('list')).filter(({ contacts = [] }) => contacts.length === 3)
    const shown = await device.say('show', all?.key ?? '')
    const lines = [...shown.stderr.matchAll(/If they are two persons, use "\S+ (.*?)"/g)].map(
      ([, line = '']) => line,
    )
    expect(lines).toHaveLength(2)
    const parted = await run(...(lines[0] ?? '').split(' '))
    expect(parted.code).toBe(0)
    expect(await device.named('Ada Lovelace')).toHaveLength(1)
    expect(await device.named('Hedy Lamarr')).toHaveLength(1)
  })

  it('is refused for two contacts of one source, with a sentence', async ({ device }) => {
    const microsofts = (await device.listed('list')).filter(({ source }) => source === 'microsoft365')
    const [one = '', other = ''] = microsofts.map(({ key }) => key)
    const refused = await device.say('same', one, other, '--json')
    expect(refused.code).toBe(1)
    expect(lastRecord(refused)).toMatchObject({ code: 'one-source', refusal: 'one-source', isSame: true })
    expect(refused.stderr).toContain('Both contacts come from Microsoft 365, which keeps them apart.')
    expect(lastRecord(refused).message).toContain('Both contacts come from Microsoft 365')
  })

  it.for([
    [
      'without a second key',
      ['aaaaaaaa'],
      2,
      'The command same needs the keys of two contacts: same KEY KEY.',
    ],
    ['with a third key', ['aaaaaaaa', 'bbbbbbbb', 'cccccccc'], 2, 'Unexpected argument "cccccccc".'],
    ['with a key that is too short', ['a', 'bbbbbbbb'], 2, '"a" is too short'],
    [
      'with a key of no contact',
      ['zzzzzzzz', 'yyyyyyyy'],
      1,
      'No contact on this device has the key "zzzzzzzz".',
    ],
  ] as const)('%s is a sentence', async ([, keys, code, sentence], { device }) => {
    const ended = await device.say('same', ...keys)
    expect(ended).toMatchObject({ code, stdout: '' })
    expect(ended.stderr).toContain(sentence)
  })

  it('is refused in one form with --json, whatever the reason', async ({ device }) => {
    const [key = ''] = await device.keysOf('Hedy Lamarr')
    const form = { isSame: false, code: 'unknown-key', refusal: 'unknown-key', contacts: [{ key }] }
    for (const keys of [
      [key, 'zzzzzzzz'],
      ['zzzzzzzz', key],
    ]) {
      const refused = await device.say('not-same', ...keys, '--json')
      expect(refused.code).toBe(1)
      expect(records(refused)).toMatchObject([form])
      const others = (await device.listed('list')).filter(({ source }) => source === 'microsoft365')
      const oneSource = await device.say('not-same', ...others.slice(0, 2).map((each) => each.key), '--json')
      expect(Object.keys(lastRecord(refused)).toSorted()).toEqual(
        Object.keys(lastRecord(oneSource)).toSorted(),
      )
    }
  })

  it.for(['duplicates', 'same', 'not-same'])(
    '%s is about two sources, so --source is refused',
    async (name, { device }) => {
      const keys = name === 'duplicates' ? [] : ['aaaaaaaa', 'bbbbbbbb']
      const ended = await device.say(name, ...keys, '--source', 'google')
      expect(ended).toMatchObject({ code: 2, stdout: '' })
      expect(ended.stderr).toContain(`Option --source cannot be used with the command ${name}`)
    },
  )

  it('about one contact, named twice, is a sentence', async ({ device }) => {
    const [key = ''] = await device.keysOf('Hedy Lamarr')
    const ended = await device.say('not-same', key, key.slice(0, 8))
    expect(ended).toMatchObject({ code: 2, stdout: '' })
    expect(ended.stderr).toContain('Both keys are of the same contact')
  })
})

describe('possible duplicates', () => {
  it('are printed with the commands that decide, and go once it is decided', async ({ device }) => {
    const keys = await device.keysOf('Grace Hopper')
    expect(await device.listed('duplicates')).toEqual([
      {
        contacts: [
          { key: expect.any(String) as string, source: 'microsoft365', name: 'Grace Hopper' },
          { key: expect.any(String) as string, source: 'google', name: 'Grace Hopper' },
        ],
        reasons: ['name'],
      },
    ])
    const { stdout, code } = await device.say('duplicates')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^ +in common +name$/m)
    expect(stdout).toMatch(/^ +two persons +"device-contacts not-same /m)
    for (const key of keys) expect(stdout).toContain(key.slice(0, 6))
    const [, command = ''] = /^ +one person +"device-contacts ([^"]+)"$/m.exec(stdout) ?? []
    expect(await run(...command.split(' '))).toMatchObject({ code: 0 })
    expect(await device.named('Grace Hopper')).toHaveLength(1)
    const none = await device.say('duplicates')
    expect(none).toMatchObject({ code: 0, stdout: '' })
    expect(none.stderr).toContain('There are no contacts to review')
  })

  it('are counted at the end of an import and a refresh, until they are decided', async ({ device }) => {
    const refresh = (...args: string[]) => device.say('refresh', ...device.accounts.google, ...args)
    const said = await refresh()
    expect(said.stdout.trimEnd().split('\n').at(-1)).toMatch(
      /^1 person may be in both lists\. To decide, use "device-contacts duplicates --store .*"\.$/,
    )
    expect(lastRecord(await refresh('--json'))).toMatchObject({ duplicates: 1 })
    await device.say('sign-out', '--source', 'google')
    expect((await device.say('import', ...device.accounts.google)).stdout).toContain('1 person may be')
    await device.say('same', ...(await device.keysOf('Grace Hopper')))
    expect((await refresh()).stdout).not.toContain('may be in both lists')
    await device.say('sign-out', '--source', 'google')
    const alone = await device.say('refresh', ...device.accounts.microsoft, '--json')
    expect(lastRecord(alone)).not.toHaveProperty('duplicates')
  })

  it('need two sources, and an import', async ({ device, folder }) => {
    await device.say('sign-out', '--source', 'google')
    const one = await device.say('duplicates')
    expect(one).toMatchObject({ code: 0, stdout: '' })
    expect(one.stderr).toContain('All contacts on this device are from Microsoft 365.')
    const empty = await run('duplicates', '--store', join(folder, 'none.db'))
    expect(empty).toMatchObject({ code: 0, stdout: '' })
    expect(empty.stderr).toContain('There are no contacts on this device.')
  })
})

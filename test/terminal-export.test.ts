import { lstat, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import ICAL from 'ical.js'
import { describe, expect } from 'vitest'
import { test as it } from './imported-store.ts'
import { lastRecord, records, run } from './terminal-command.ts'
import { runWithoutRoom, start } from './terminal-process.ts'

const uidsOf = (text: string): readonly string[] => text.match(/^UID:.+$/gm) ?? []

describe('an export', () => {
  it('has a card for each contact, the same in each version and each time', async ({ importedStore }) => {
    const store = await importedStore(40)
    const { stdout, code } = await run('export', '--format', 'vcard', '--store', store)
    expect(code).toBe(0)
    expect(new Set(uidsOf(stdout)).size).toBe(40)
    expect(ICAL.parse(stdout)).toHaveLength(40)
    await run('restart', '--store', store)
    const older = await run('export', '--format', 'vcard', '--vcard-version', '3.0', '--store', store)
    expect(uidsOf(older.stdout)).toEqual(uidsOf(stdout))
    expect(older.stdout).toMatch(/^VERSION:3\.0\r$/m)
  })

  it('has a row for each contact, with the keys that show takes', async ({ importedStore }) => {
    const store = await importedStore(40)
    const { stdout } = await run('export', '--format', 'csv', '--store', store)
    const rows: readonly Record<string, string>[] = parse(stdout, { bom: true, columns: true })
    const keys = records(await run('list', '--json', '--store', store)).map(({ key }) => key)
    expect(rows.map(({ Key = '' }) => Key.replace(/^'/, ''))).toEqual(keys)
  })

  it('goes to a new file that only this user reads, and replaces none that is there', async ({
    importedStore,
    folder,
  }) => {
    const store = await importedStore(40)
    const out = join(folder, 'contacts.vcf')
    const args = ['export', '--format', 'vcard', '--store', store, '--out', out]
    expect((await run(...args)).stdout).toBe(`Wrote 40 contacts to ${out}\n`)
    expect((await stat(out)).mode & 0o777).toBe(0o600)
    const again = await run(...args)
    expect(again).toMatchObject({ code: 2, stdout: '' })
    expect(again.stderr).toContain('add --force to replace it')
    await writeFile(out, 'mine')
    const forced = await run(...args, '--force', '--json')
    expect(lastRecord(forced)).toEqual({ store, format: 'vcard', version: '4.0', contacts: 40, out })
    expect(uidsOf(await readFile(out, 'utf8'))).toHaveLength(40)
    expect(await readdir(folder)).toEqual(['contacts.vcf'])
  })

  it('never replaces the store or what belongs to it', async ({ importedStore }) => {
    const store = await importedStore(40)
    for (const out of [store, `${store}-wal`]) {
      const ended = await run('export', '--format', 'csv', '--store', store, '--out', out, '--force')
      expect(ended.code).toBe(2)
      expect(ended.stderr).toContain('The contacts are stored at')
    }
    expect((await run('list', '--store', store)).stdout.trimEnd().split('\n')).toHaveLength(40)
  })

  it.skipIf(process.platform === 'win32')(
    'never replaces them by a link either, and takes names that only look alike',
    async ({ importedStore, folder }) => {
      const store = await importedStore(40)
      const linked = join(folder, 'linked')
      await symlink(store, linked)
      const args = ['export', '--format', 'vcard', '--force']
      for (const [given, out] of [
        [linked, store],
        [linked, linked],
        [linked, `${store}.tokens.json`],
        [store, linked],
        [store, join(`${store}.keys`, 'key')],
      ] as const) {
        const ended = await run(...args, '--store', given, '--out', out)
        expect(ended.code).toBe(2)
        expect(ended.stderr).toContain('The contacts are stored at')
      }
      const ended = await run(...args, '--store', linked, '--out', `${linked}.vcf`)
      expect(ended.stdout).toBe(`Wrote 40 contacts to ${linked}.vcf\n`)
      expect((await run('list', '--store', linked)).stdout.trimEnd().split('\n')).toHaveLength(40)
    },
  )

  it.skipIf(process.platform === 'win32')(
    'replaces a file behind a link there, and nothing that is no file',
    async ({ importedStore, folder }) => {
      const store = await importedStore(40)
      const [target, linked, pipe] = ['target', 'linked', 'pipe'].map((name) => join(folder, name)) as [
        string,
        string,
        string,
      ]
      await writeFile(target, 'old')
      await symlink(target, linked)
      execFileSync('mkfifo', [pipe])
      const args = ['export', '--format', 'VCARD', '--store', store, '--force', '--out']
      expect((await run(...args, linked)).code).toBe(0)
      expect(uidsOf(await readFile(target, 'utf8'))).toHaveLength(40)
      expect((await lstat(linked)).isSymbolicLink()).toBe(true)
      for (const out of [pipe, folder]) {
        const ended = await run(...args, out)
        expect(ended.code).toBe(2)
        expect(ended.stderr).toContain('There is something other than a file at')
      }
      expect((await lstat(pipe)).isFIFO()).toBe(true)
    },
  )

  it.skipIf(process.platform === 'win32')(
    'leaves nothing of a file for which there is no room',
    async ({ importedStore, folder }) => {
      const store = await importedStore(40)
      const out = join(folder, 'contacts.csv')
      const ended = await runWithoutRoom('export', '--format', 'csv', '--store', store, '--out', out)
      expect(ended.stderr).toContain(`could not be written to ${out}: no space is left there.`)
      expect(ended.stdout).toBe('')
      expect(await readdir(folder)).toEqual([])
    },
  )

  it('says so if its reader goes before the end', async ({ importedStore }) => {
    const store = await importedStore(1_000)
    const ended = start('export', '--format', 'vcard', '--store', store)
    ended.child.stdout.once('data', () => ended.child.stdout.destroy())
    expect(await ended.ended).toMatchObject({ code: 1 })
    expect((await ended.ended).stderr).toMatch(/^The program that reads the result has ended/)
  })

  it.each([
    [[], /Name the format/],
    [['--format', 'vcrad'], /must be vcard or csv\. Did you mean "vcard"\?/],
    [['--format', 'vcard', '--vcard-version', '2.1'], /must be 4\.0 or 3\.0/],
    [['--format', 'csv', '--vcard-version', '3.0'], /also needs --format vcard/],
    [['--format', 'csv', '--json'], /--json also needs --out/],
    [['--format', 'csv', '--force'], /--force also needs --out/],
  ] as const)('refuses %j in one sentence', async (args, sentence) => {
    const ended = await run('export', ...args)
    expect(ended.code).toBe(2)
    expect(ended.stderr).toMatch(sentence)
  })
})

describe('show', () => {
  it('takes a key or its beginning, in capitals too', async ({ importedStore }) => {
    const store = await importedStore(1_000)
    const contacts = records(await run('list', '--json', '--store', store))
    const [contact] = contacts
    const key = String(contact?.key)
    for (const given of [key, key.toUpperCase()]) {
      expect(records(await run('show', given, '--store', store, '--json'))).toEqual([contact])
      const { stdout } = await run('show', given.slice(0, 10), '--store', store)
      expect(stdout.split('\n')[0]).toBe(contact?.name)
      expect(stdout).toContain(key)
    }
  })

  it('says what to do about a key that names no contact', async ({ importedStore }) => {
    const store = await importedStore(40)
    const unknown = await run('show', 'nobodyHasIt', '--store', store, '--json')
    expect(unknown.code).toBe(1)
    expect(lastRecord(unknown)).toMatchObject({ code: 'unknown-key', store })
    expect(unknown.stderr).toContain(`use "device-contacts list --store ${store}"`)
    expect((await run('show', 'abc', '--store', store)).code).toBe(2)
    expect((await run('show', '--store', store)).stderr).toContain('needs the key of a contact: show KEY')
    expect((await run('show', 'abcdef', 'ghijkl', '--store', store)).stderr).toContain(
      'Unexpected argument "ghijkl"',
    )
  })
})

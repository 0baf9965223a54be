import { mkdir, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect } from 'vitest'
import { test as it } from './temp-folder.ts'
import { lastRecord, records, run } from './terminal-command.ts'
import { start } from './terminal-process.ts'

const table = (...names: readonly string[]): string =>
  ['First Name,Last Name,Mobile Phone', ...names.map((name) => `${name},Lovelace,+1 425 555 0100`)].join(
    '\r\n',
  )

/** A file that Outlook exported, and the options that name it and a store. */
const exportedIn = async (folder: string, ...names: readonly string[]) => {
  const file = join(folder, 'contacts.csv')
  await writeFile(file, table(...names))
  return { file, store: ['--store', join(folder, 'contacts.db'), '--json'], outlook: ['--source', 'outlook'] }
}

describe('what the Outlook app exported', () => {
  it('is imported in a process of its own, listed and found', async ({ folder }) => {
    const { file, store, outlook } = await exportedIn(folder, 'Ada', 'Grace')
    const imported = await start('import', ...outlook, '--file', file, ...store).ended
    expect(lastRecord(imported)).toMatchObject({ source: 'outlook', state: 'imported', added: 2, skipped: 0 })
    expect(imported.stderr).not.toContain('sign in')
    expect(records(await run('list', ...store))).toMatchObject([
      { source: 'outlook', name: 'Ada Lovelace' },
      { source: 'outlook', name: 'Grace Lovelace' },
    ])
    expect(records(await run('whois', '+14255550100', ...store))).toHaveLength(2)
    const { stdout } = await run('status', ...store.slice(0, 2))
    expect(stdout).toMatch(/^The Outlook app: imported$/m)
  })

  it('is read again by a refresh, which says when the file is gone and keeps the list', async ({
    folder,
  }) => {
    const { file, store, outlook } = await exportedIn(folder, 'Ada', 'Grace')
    await run('import', ...outlook, '--file', file, ...store)
    expect(lastRecord(await run('refresh', ...store))).toMatchObject({ added: 0, updated: 0, removed: 0 })
    await writeFile(file, table('Ada', 'Grace', 'Hedy'))
    expect(lastRecord(await run('refresh', ...store))).toMatchObject({ source: 'outlook', added: 1 })
    await rm(file)
    const gone = await run('refresh', ...store)
    expect(gone.code).toBe(1)
    expect(lastRecord(gone)).toMatchObject({ state: 'failed', code: 'file-unreadable', onDevice: 3 })
    expect(records(await run('list', ...store))).toHaveLength(3)
    await writeFile(file, table('Ada'))
    expect(lastRecord(await run('restart', ...outlook, '--file', file, ...store))).toMatchObject({
      state: 'imported',
      removed: 2,
    })
  })

  it('and Microsoft 365 exclude each other, with the reason and the way out', async ({ folder }) => {
    const { file, store, outlook } = await exportedIn(folder, 'Ada')
    await run('import', ...outlook, '--file', file, ...store)
    const refused = await run('import', '--contacts', '5', ...store)
    expect(lastRecord(refused)).toMatchObject({ refusal: 'other-microsoft-source', source: 'microsoft365' })
    expect(lastRecord(await run('sign-out', ...store))).toMatchObject({ source: 'outlook', erased: 1 })
    expect(lastRecord(await run('import', '--contacts', '5', ...store))).toMatchObject({ state: 'imported' })
    const other = await run('import', ...outlook, '--file', file, ...store)
    expect(lastRecord(other)).toMatchObject({ refusal: 'other-microsoft-source', source: 'outlook' })
    expect(lastRecord(await run('list', ...store))).toMatchObject({ source: 'microsoft365' })
  })

  it('may be a folder, of which a file that cannot be read is named and costs no contact', async ({
    folder,
  }) => {
    const exported = join(folder, 'exported')
    await mkdir(exported)
    await writeFile(join(exported, 'a.csv'), table('Ada', 'Grace'))
    await writeFile(join(exported, 'bank.csv'), 'Date,Amount\r\n1/1/2026,3.50')
    await symlink(join(folder, 'gone'), join(exported, 'lost.vcf'))
    const store = ['--store', join(folder, 'contacts.db')]
    const imported = await run('import', '--source', 'outlook', '--file', exported, ...store)
    expect(imported.stdout).toMatch(/^Imported 2 contacts from the Outlook app\.$/m)
    expect(imported.stdout).toMatch(
      /^2 left out: .*1 file could not be read.*\.\n {2}bank\.csv\n {2}lost\.vcf$/m,
    )
    const status = records(await run('status', '--json', ...store))
    expect(status.find(({ source }) => source === 'outlook')).toMatchObject({
      skipped: [
        { reason: 'file-unknown-columns', file: 'bank.csv' },
        { reason: 'file-unreadable', file: 'lost.vcf' },
      ],
    })
    const { stdout } = await run('events', '--json', ...store)
    expect(stdout).toContain('file-unreadable')
    expect(stdout).not.toMatch(/bank|lost/)

    await writeFile(join(exported, 'a.csv'), '')
    const refreshed = await run('refresh', '--json', ...store)
    expect(lastRecord(refreshed)).toMatchObject({ code: 'file-unreadable', onDevice: 2 })
  })

  it('needs a file that exists, and options that fit', async ({ folder }) => {
    const { store, outlook } = await exportedIn(folder)
    for (const [options, sentence] of [
      [outlook, 'also needs --file FILE'],
      [[...outlook, '--file', join(folder, 'none.csv')], 'none.csv does not exist'],
      [['--file', join(folder, 'contacts.csv')], 'also needs --source outlook'],
      [
        [...outlook, '--file', join(folder, 'contacts.csv'), '--client-id', 'x'],
        'cannot be used with --source outlook',
      ],
      [['--source', 'outlok'], 'Did you mean "outlook"?'],
    ] as const) {
      const ended = await run('import', ...options, ...store)
      expect(ended.code).toBe(2)
      expect(ended.stderr).toContain(sentence)
    }
    expect(records(await run('status', ...store))).toMatchObject([{ state: 'idle' }])
  })

  it('names the line of a quotation mark that is not closed, and counts the row of one that means nothing', async ({
    folder,
  }) => {
    const { file, store, outlook } = await exportedIn(folder)
    const rows = (...all: readonly string[]) => ['First Name,Last Name,Notes,Company', ...all].join('\r\n')
    const importFile = () => run('import', ...outlook, '--file', file, ...store)
    await writeFile(file, rows('Ada,Lovelace,,Co', 'Grace,Hopper,"wrote,Co', 'Hedy,Lamarr,,Co'))
    const refused = await importFile()
    expect(lastRecord(refused)).toMatchObject({ code: 'file-unreadable', fileLine: 3, onDevice: 0 })
    expect(refused.stderr).toContain('could not be read: a quotation mark in line 3 is not closed.')
    await writeFile(file, rows('Ada,Lovelace,,Co', 'Grace,"Hopper,,Co', 'Hedy,Lamarr,,Co'))
    const imported = await run('restart', ...outlook, '--file', file, ...store)
    expect(lastRecord(imported)).toMatchObject({ state: 'imported', imported: 2, skipped: 1 })
  })

  it('is no list of contacts: a page saved as .csv, other columns, an empty file', async ({ folder }) => {
    for (const [content, code] of [
      ['<!doctype html><html><body>Sign in</body></html>', 'file-unreadable'],
      ['Date,Amount\r\n1/1/2026,3.50', 'file-unknown-columns'],
      ['', 'file-unreadable'],
    ] as const) {
      const { file, store, outlook } = await exportedIn(folder)
      await writeFile(file, content)
      const name = `${code}${content.length}.db`
      const ended = await run(
        'import',
        ...outlook,
        '--file',
        file,
        ...store.slice(2),
        '--store',
        join(folder, name),
      )
      expect(lastRecord(ended)).toMatchObject({ state: 'failed', code, onDevice: 0 })
    }
  })
})

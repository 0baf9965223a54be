import { describe, expect, test } from 'vitest'
import { contactSourceContract } from '../../testing/contracts/contact-source-contract.ts'
import { readSource } from '../../testing/read-source.ts'
import { exportFileOf } from '../../../test/outlook/export-file-of.ts'
import type { SourceContact } from '../../domain/contact.ts'
import { CONTACT_LIMIT } from '../../domain/limit.ts'
import { ImportFailure, isImportFailure } from '../../domain/failures.ts'
import type { ExportFile } from './export-file.ts'
import { exportSource } from './export-source.ts'

/** More than one page of 500. */
const MANY = 1_201

/** A table as Outlook exports it, which can be replaced, deleted or made silent. */
const exported = () => {
  let [text, modified, isGone, isSilent, reads] = [tableOf(MANY), 1, false, false, 0]
  const file = (): ExportFile => ({
    name: 'contacts.csv',
    size: text.length,
    modified: new Date(modified),
    async *read() {
      reads++
      if (isSilent) await new Promise(() => undefined)
      yield new TextEncoder().encode(text)
    },
  })
  return {
    source: exportSource(() =>
      isGone
        ? Promise.reject(new ImportFailure('file-unreadable'))
        : Promise.resolve({ place: '/there/contacts.csv', files: [file()] }),
    ),
    replace: (contacts: number) => {
      text = tableOf(contacts)
      modified++
    },
    remove: () => {
      isGone = true
    },
    fallSilent: () => {
      isSilent = true
    },
    reads: () => reads,
  }
}

const tableOf = (contacts: number): string =>
  [
    'First Name,Last Name,E-mail Address',
    ...Array.from({ length: contacts }, (_, index) => `Ada,Number ${index},ada${index}@contoso.example`),
  ].join('\r\n')

contactSourceContract('an exported file', async () => {
  const file = exported()
  const { ids } = await readSource(file.source)
  const before = file.reads()
  return {
    source: file.source,
    ids,
    fallSilent: file.fallSilent,
    requests: () => file.reads() - before,
    dispose: async () => file.remove(),
  }
})

describe('a refresh', () => {
  test('reads nothing if the file is the same', async () => {
    const file = exported()
    const first = await readSource(file.source)
    const reads = file.reads()
    const again = await readSource(file.source, { changesSince: first.finished?.cursor ?? null })
    expect(again.reports.map(({ type }) => type)).toEqual(['listing.finished'])
    expect(file.reads()).toBe(reads)
  })

  test('reads a file that changed as a whole, under the same ids', async () => {
    const file = exported()
    const first = await readSource(file.source)
    file.replace(MANY - 1)
    const again = await readSource(file.source, { changesSince: first.finished?.cursor ?? null })
    expect(again.reports[0]).toMatchObject({ type: 'contacts.counted' })
    expect(again.ids).toEqual(first.ids.slice(0, -1))
  })

  test('fails with a code if the file is gone', async () => {
    const file = exported()
    const first = await readSource(file.source)
    file.remove()
    const again = readSource(file.source, { changesSince: first.finished?.cursor ?? null })
    await expect(again).rejects.toMatchObject({ code: 'file-unreadable' })
  })

  test('tells the date of the file that it no longer finds, and none of a file that it never had', async () => {
    const file = exported()
    const first = await readSource(file.source)
    file.remove()
    const again = readSource(file.source, { lastCursor: first.finished?.cursor ?? null })
    await expect(again).rejects.toMatchObject({ details: { fileTime: '1970-01-01T00:00:00.001Z' } })
    await expect(readSource(file.source)).rejects.toMatchObject({ details: {} })
  })

  test('tells what a file holds by now, without a date', async () => {
    const page = exportFileOf('<html>')
    const source = exportSource(() => Promise.resolve({ place: null, files: [page] }))
    const { finished } = await readSource(exported().source)
    const again = readSource(source, { changesSince: finished?.cursor ?? null })
    await expect(again).rejects.toSatisfy(
      (error) => isImportFailure(error) && JSON.stringify(error.details) === '{"fileHolds":"web-page"}',
    )
  })
})

test('a file without contacts, such as a head alone, is refused and empties no list', async () => {
  const file = exported()
  file.replace(0)
  await expect(readSource(file.source)).rejects.toMatchObject({
    code: 'file-unreadable',
    details: { fileHolds: 'no-contacts' },
  })
  file.replace(1)
  const { finished } = await readSource(file.source)
  file.replace(0)
  const again = readSource(file.source, { changesSince: finished?.cursor ?? null })
  await expect(again).rejects.toMatchObject({ details: { fileHolds: 'no-contacts' } })
})

describe('of a file with more contacts than fit', () => {
  const BEYOND = 2_345

  test('those that may be on the device are reported, and the rest is counted, also while it is unchanged', async () => {
    const file = exported()
    file.replace(2 * CONTACT_LIMIT + BEYOND)
    const first = await readSource(file.source)
    expect(new Set(first.ids).size).toBe(first.ids.length)
    const left = { contacts: 2 * CONTACT_LIMIT + BEYOND - first.ids.length, skipped: 0 }
    expect(left.contacts).toBeGreaterThan(BEYOND)
    expect(first.finished).toMatchObject({ beyond: left })
    const again = await readSource(file.source, { changesSince: first.finished?.cursor ?? null })
    expect(again.reports).toEqual([first.finished])
  })

  test('an interrupted import goes on with the pages that are not recorded', async () => {
    const file = exported()
    file.replace(CONTACT_LIMIT + BEYOND)
    const whole = await readSource(file.source)
    const cut = await readSource(file.source, { stopAfter: whole.reports.length - 2 })
    const rest = await readSource(file.source, { resumeFrom: cut.cursor })
    expect([...cut.ids, ...rest.ids]).toEqual(whole.ids)
    expect(rest.finished).toEqual(whole.finished)
  })

  test('a refresh reports those on the device, because they were not deleted', async () => {
    const file = exported()
    file.replace(CONTACT_LIMIT + BEYOND)
    const { ids, contacts } = await readSource(file.source)
    const last = ids.slice(-BEYOND / 5)
    const onDevice = new Map(last.flatMap((id) => [[id, contacts.get(id)]] as [string, SourceContact][]))
    file.replace(3 * CONTACT_LIMIT)
    expect((await readSource(file.source, { onDevice })).ids).toEqual(expect.arrayContaining(last))
  })
})

test('a file that is replaced while it is read is no verified list', async () => {
  let finds = 0
  const source = exportSource(() =>
    Promise.resolve({
      place: null,
      files: [
        {
          name: 'contacts.csv',
          size: 1,
          modified: new Date(finds++),
          async *read() {
            yield new TextEncoder().encode(tableOf(2))
          },
        },
      ],
    }),
  )
  expect((await readSource(source)).finished).toMatchObject({ verified: false })
})

describe('a file of several that cannot be read', () => {
  const good = 'FN:Ann\nTEL:1'
  const cards = (...all: readonly string[]) => all.map((card) => `BEGIN:VCARD\n${card}\nEND:VCARD\n`).join('')
  const bank = 'Date,Amount,Company\r\n1,2,3'
  /** A folder, whose files are the given ones at each look. */
  const folderOf = (files: Record<string, string>) => ({
    files,
    source: exportSource(() =>
      Promise.resolve({
        place: '/there',
        files: Object.entries(files).map(([name, text]) => exportFileOf(text, { name })),
      }),
    ),
  })
  const refresh = (before: Awaited<ReturnType<typeof readSource>>) => {
    const cursor = before.finished?.cursor ?? null
    return { changesSince: cursor, lastCursor: cursor, isRefresh: true }
  }

  test('is skipped with its name and its reason, and the contacts of the others are imported', async () => {
    const { source } = folderOf({ 'a.csv': bank, 'b.vcf': cards(good), 'c.vcf': '', 'd.csv': '<html>' })
    const { ids, skipped, finished } = await readSource(source)
    expect(ids).toHaveLength(1)
    expect(skipped).toEqual([
      { reason: 'file-unknown-columns', file: 'a.csv' },
      { reason: 'file-unreadable', file: 'c.vcf' },
      { reason: 'file-unreadable', file: 'd.csv' },
    ])
    expect(finished).toMatchObject({ verified: false })
  })

  test('is a failure if none of the others has a contact', async () => {
    const all = folderOf({ 'a.csv': bank, 'b.vcf': '' })
    await expect(readSource(all.source)).rejects.toMatchObject({ code: 'file-unknown-columns' })
    const alone = folderOf({ 'a.csv': 'First Name,Last Name,Company', 'b.vcf': '' })
    await expect(readSource(alone.source)).rejects.toMatchObject({ details: { fileHolds: 'nothing' } })
  })

  test('fails a refresh if it could be read before: its contacts stay on the device', async () => {
    const { files, source } = folderOf({ 'a.vcf': cards(good), 'b.vcf': cards('FN:Bo') })
    const first = await readSource(source)
    files['a.vcf'] = ''
    await expect(readSource(source, refresh(first))).rejects.toMatchObject({ code: 'file-unreadable' })
  })

  test('fails a refresh if it may be one that has another name by now', async () => {
    const { files, source } = folderOf({ 'a.vcf': cards(good), 'b.vcf': cards('FN:Bo') })
    const first = await readSource(source)
    delete files['a.vcf']
    files['z.vcf'] = ''
    await expect(readSource(source, refresh(first))).rejects.toMatchObject({ code: 'file-unreadable' })
  })

  test('is skipped by a refresh if it is new or was skipped before, and read once it can be', async () => {
    const { files, source } = folderOf({ 'a.csv': bank, 'b.vcf': cards(good) })
    const first = await readSource(source)
    files['c.vcf'] = ''
    const second = await readSource(source, refresh(first))
    expect(second.ids).toEqual(first.ids)
    expect(second.skipped.map(({ file }) => file)).toEqual(['a.csv', 'c.vcf'])
    delete files['b.vcf']
    files['c.vcf'] = cards('FN:Cy')
    const third = await readSource(source, refresh(second))
    expect([third.ids.length, third.skipped.length]).toEqual([1, 1])
    // As long as before: only its content tells that it can be read.
    files['a.csv'] = cards('FN:Di').slice(0, bank.length)
    expect(files['a.csv']).toHaveLength(bank.length)
    expect((await readSource(source, refresh(third))).ids).toHaveLength(2)
  })

  test('ends an attempt that continues after recorded pages, which have its contacts', async () => {
    const many = cards(...Array.from({ length: 600 }, (_, index) => `FN:Ann ${index}`))
    const { files, source } = folderOf({ 'a.vcf': many, 'b.vcf': many.replaceAll('Ann', 'Bo') })
    const begun = await readSource(source, { stopAfter: 2 })
    const resumed = () => readSource(source, { resumeFrom: begun.cursor })
    expect((await resumed()).ids).toHaveLength(700)
    files['a.vcf'] = '\n'.repeat(many.length)
    await expect(resumed()).rejects.toMatchObject({ code: 'file-unreadable' })
  })

  test('lets an attempt begin again that continues after it was skipped', async () => {
    const many = cards(...Array.from({ length: 1100 }, (_, index) => `FN:Ann ${index}`))
    const { files, source } = folderOf({ 'a.vcf': '\n'.repeat(many.length), 'b.vcf': many })
    const begun = await readSource(source, { stopAfter: 2 })
    files['a.vcf'] = many.replaceAll('Ann', 'Bea')
    const resumed = await readSource(source, { resumeFrom: begun.cursor })
    expect(resumed.reports[0]?.type).toBe('contacts.counted')
    expect(resumed.ids).toHaveLength(2200)
  })
})

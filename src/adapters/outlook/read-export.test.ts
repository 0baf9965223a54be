import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { exportFileOf, readAll } from '../../../test/outlook/export-file-of.ts'
import { isImportFailure } from '../../domain/failures.ts'
import type { ExportFile } from './export-file.ts'
import { readExport } from './read-export.ts'

const head = 'First Name,Last Name,E-mail Address,Mobile Phone\r\n'

const utf16 = (text: string, isBig = false) =>
  Uint8Array.from(
    Array.from({ length: text.length }, (_, at) => {
      const unit = text.charCodeAt(at)
      return isBig ? [unit >> 8, unit & 0xff] : [unit & 0xff, unit >> 8]
    }).flat(),
  )

const latin = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0))

const namesOf = async (...files: readonly ExportFile[]) =>
  (await readAll(...files)).contacts.map(({ name }) => [name.given, name.family].filter(Boolean).join(' '))

describe('a file in', () => {
  const text = `${head}Jörg,Müller,,1\r\n`
  test.each([
    ['UTF-8', text],
    ['UTF-8 with a byte order mark', `\ufeff${text}`],
    ['UTF-16, little end first', utf16(`\ufeff${text}`)],
    ['UTF-16, big end first', utf16(`\ufeff${text}`, true)],
    ['UTF-16 without a mark', utf16(text)],
    ['UTF-16 without a mark, big end first', utf16(text, true)],
    ['windows-1252', latin(text)],
  ])('%s is read, in pieces that end anywhere', async (_, content) => {
    for (const piece of [1, 3, 1000])
      expect(await namesOf(exportFileOf(content, { piece }))).toEqual(['Jörg Müller'])
  })

  test('windows-1252 keeps the characters that ISO 8859-1 does not have', async () => {
    const bytes = latin(`${head}Zo\u00eb,\u0080\u0093\u008a\u0094,,1\r\n`)
    expect(await namesOf(exportFileOf(bytes))).toEqual(['Zoë €“Š”'])
  })

  test('windows-1252 is recognised even if only the last row shows it', async () => {
    const rows = Array.from({ length: 4000 }, (_, index) => `Ann,Lee ${index},,${index}\r\n`).join('')
    const names = await namesOf(exportFileOf(latin(`${head}${rows}J\u00f6rg,M\u00fcller,,1\r\n`)))
    expect(names).toHaveLength(4001)
    expect(names.at(-1)).toBe('Jörg Müller')
  })
})

describe('a file without contacts in it:', () => {
  test.each([
    ['nothing', '', 'file-unreadable'],
    ['blank lines', ' \r\n\r\n', 'file-unreadable'],
    ['a program', Uint8Array.of(0x4d, 0x5a, 0x90, 0, 3, 0, 0, 0, 4, 0, 0xff), 'file-unreadable'],
    ['a compressed table', Uint8Array.of(0x50, 0x4b, 3, 4, 0x14, 0, 6, 0, 8, 0), 'file-unreadable'],
    ['a web page', '\r\n<!DOCTYPE html><html><body>First Name,Last Name,Company</body>', 'file-unreadable'],
    ['other columns', 'Date,Amount,Company\r\n1,2,3\r\n', 'file-unknown-columns'],
    ['no head', 'Ann,Lee,ann@example.test,1\r\n', 'file-unknown-columns'],
    ['prose', 'Dear Ann, here are the contacts.', 'file-unknown-columns'],
  ])('%s is refused, whatever its name', async (_, content, code) => {
    for (const name of ['contacts.csv', 'contacts.vcf'])
      await expect(readAll(exportFileOf(content, { name }))).rejects.toMatchObject({ code, details: {} })
  })

  test('a head without rows is an empty list', async () => {
    expect(await readAll(exportFileOf(head))).toEqual({ contacts: [], skipped: [] })
    expect(await readAll()).toEqual({ contacts: [], skipped: [] })
  })

  test('a file that cannot be opened is told, with its cause', async () => {
    const cause = new Error('EACCES')
    const file: ExportFile = {
      ...exportFileOf(''),
      read: () => {
        throw cause
      },
    }
    const failure: unknown = await readAll(file).catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'file-unreadable', cause: { cause } })
  })

  test('a file that changes its encoding between two looks is refused', async () => {
    let looks = 0
    const file: ExportFile = {
      ...exportFileOf(''),
      read: (signal) =>
        exportFileOf(++looks < 3 ? `${head}a,b,,1` : latin(`${head}\u00f6,b,,1`)).read(signal),
    }
    await expect(readAll(file)).rejects.toMatchObject({ code: 'file-unreadable' })
  })
})

describe('the contacts of several files', () => {
  test('come in pages of at most 500, and rows without a name, number or address are counted', async () => {
    const rows = Array.from({ length: 600 }, (_, index) => `Ann,Lee ${index},,\r\n,,,\r\n`).join('')
    const sizes: number[][] = []
    const files = [
      exportFileOf(head + rows),
      exportFileOf('BEGIN:VCARD\nFN:Bo\nEND:VCARD\nBEGIN:VCARD\nEND:VCARD'),
    ]
    for await (const { contacts, skipped } of readExport(files, new AbortController().signal)) {
      sizes.push([contacts.length, skipped.length])
      expect(skipped.every(({ reason }) => reason === 'not-an-object')).toBe(true)
    }
    expect(sizes).toEqual([
      [250, 250],
      [250, 250],
      [101, 101],
    ])
  })

  test('have one id for one person, whatever else changes, and numbers behind an id that is repeated', async () => {
    const ids = async (...rows: readonly string[]) =>
      (await readAll(exportFileOf(head + rows.join('\r\n')))).contacts.map(({ id }) => id)
    const [byEmail, byPhone] = await ids('Ann,Lee,ann@example.test,1', 'Bo,Ray,,+1 206')
    expect(await ids('Anna,Ray,ANN@example.test,2', 'Bo,Ray,,12-06')).toEqual([byEmail, byPhone])
    const repeated = await ids(
      'A,A,ann@example.test,',
      'Bo,Ray,,1206',
      'B,B,ann@example.test,',
      'C,C,ann@example.test,',
    )
    expect(repeated).toEqual([byEmail, byPhone, `${byEmail}#2`, `${byEmail}#3`])
    expect(await ids('Ann,Lee,,', 'Ann,Ray,,')).toHaveLength(2)
    expect(byEmail).toMatch(/^[\w-]{22}$/)
  })

  test('have a version that changes with the content only', async () => {
    const read = async (row: string) => (await readAll(exportFileOf(head + row))).contacts[0]
    const [one, same, other] = [
      await read('Ann,Lee,ann@example.test,1'),
      await read('Ann,Lee,ann@example.test,1'),
      await read('Ann,Lee,ann@example.test,2'),
    ]
    expect(same).toEqual(one)
    expect([other?.id, other?.version === one?.version]).toEqual([one?.id, false])
    expect(one).toMatchObject({ source: 'outlook' })
    expect(one).not.toHaveProperty('folder')
  })

  test('are no longer read after an abort, whose reason is thrown', async () => {
    const abort = new AbortController()
    const rows = Array.from({ length: 20_000 }, (_, index) => `Ann,Lee ${index},,\r\n`).join('')
    const reason = new Error('stop')
    const pages: number[] = []
    const reading = async () => {
      for await (const { contacts } of readExport([exportFileOf(head + rows)], abort.signal)) {
        pages.push(contacts.length)
        abort.abort(reason)
      }
    }
    await expect(reading()).rejects.toBe(reason)
    expect(pages).toEqual([500])
  })
})

test('no file makes it throw anything but an `ImportFailure`, and every row is counted', async () => {
  const line = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom(
      'BEGIN:VCARD',
      'END:VCARD',
      'AGENT:',
      'TEL;TYPE="',
      'N;ENCODING=QUOTED-PRINTABLE:=C3=',
      ' folded',
      '',
    ),
    fc.constantFrom('First Name,Last Name,Company', '"a;b', ',,,', 'Birthday;Notes;Title', '4/5/6,7', "'=1"),
  )
  const content = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.uint8Array({ maxLength: 60 }).map((bytes) => Uint8Array.of(...latin(head), ...bytes)),
    fc.array(line, { maxLength: 12 }).map((lines) => new TextEncoder().encode(lines.join('\r\n'))),
    fc
      .array(line, { maxLength: 12 })
      .map((lines) => new TextEncoder().encode(`BEGIN:VCARD\n${lines.join('\n')}`)),
  )
  await fc.assert(
    fc.asyncProperty(content, fc.integer({ min: 1, max: 64 }), async (bytes, piece) => {
      try {
        const { contacts, skipped } = await readAll(exportFileOf(bytes, { piece }))
        expect(new Set(contacts.map(({ id }) => id)).size).toBe(contacts.length)
        expect(await readAll(exportFileOf(bytes))).toEqual({ contacts, skipped })
      } catch (error) {
        if (!isImportFailure(error)) throw error
        expect(['file-unreadable', 'file-unknown-columns']).toContain(error.code)
      }
    }),
    { numRuns: 1000 },
  )
})

test('every row of a table is a contact or skipped', async () => {
  const cell = fc.string({ unit: fc.constantFrom(...Array.from('aé",;\n\' =')), maxLength: 8 })
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(cell, { minLength: 4, maxLength: 6 })), async (rows) => {
      const text = head + rows.map((row) => row.map(quoted).join(',')).join('\r\n')
      const { contacts, skipped } = await readAll(exportFileOf(text, { piece: 11 }))
      expect(contacts.length + skipped.length).toBe(rows.length)
    }),
    { numRuns: 200 },
  )
})

describe('a quote that is not closed', () => {
  const noted = 'First Name,Last Name,Notes,Company\r\n'

  test('costs the row that it is in, which is counted, and no other', async () => {
    const rows = ['Ann,Lee,,1', 'Bo,"Ray,,2', 'Cy,"Fox, Jr.",,3', 'Di,"Day,,4', 'Ed,Elk,,5']
    for (const ends of ['', '\r\n'])
      for (const piece of [3, 1000]) {
        const { contacts, skipped } = await readAll(exportFileOf(head + rows.join('\r\n') + ends, { piece }))
        expect(contacts.map(({ name }) => name.given)).toEqual(['Ann', 'Cy', 'Ed'])
        expect(skipped).toEqual([{ reason: 'not-an-object' }, { reason: 'not-an-object' }])
      }
  })

  test('costs no other row of a table that is longer than a row may be', async () => {
    const rows = Array.from({ length: 40_000 }, (_, index) => `Ann,Lee ${index},,1234567890\r\n`)
    rows[5] = 'Bo,"Ray,,2\r\n'
    const { contacts, skipped } = await readAll(exportFileOf(head + rows.join('')))
    expect([contacts.length, skipped.length]).toEqual([39_999, 1])
  })

  test.each([
    ['in a note', `${noted}Ann,Lee,"likes tea,Co\r\nBo,Ray,,Co\r\n`, 2],
    ['in the last column', `${noted}Ann,Lee,,"Co\r\nBo,Ray,,Co\r\n`, 2],
    ['where a line has too few cells', `${noted}Ann,"Lee\r\nBo,Ray,,Co\r\n`, 2],
    ['behind which a row has other cells', `${noted}Ann,"Lee,,Co\r\nBo,Ray,,Co\r\nCy,Fox\r\n`, 2],
    ['behind a note with lines', `${noted}Ann,Lee,"tea\r\ncake","Co\r\nBo,Ray,,Co\r\n`, 3],
    ['in more rows than a damaged table has', noted + 'Ann,"Lee,,Co\r\n'.repeat(101), 2],
  ])('%s is refused with its line: what follows may be no contact', async (_, text, fileLine) => {
    for (const piece of [3, 1000])
      await expect(readAll(exportFileOf(text, { piece }))).rejects.toMatchObject({
        code: 'file-unreadable',
        details: { fileLine },
      })
  })

  test('makes no contact of what a note says, wherever it opens and wherever the file is cut', async () => {
    const line = fc.constantFrom('NOTE', 'NOTE,NOTE', 'NOTE,NOTE,NOTE,NOTE', 'NOTE,"NOTE",NOTE,NOTE', '')
    const note = fc.array(line, { maxLength: 4 }).map((lines) => lines.join('\r\n').replaceAll('"', '""'))
    const table = fc.array(note, { minLength: 1, maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(table, fc.nat(), fc.constantFrom('cut', 'open'), async (notes, at, damage) => {
        const rows = notes.map((text, index) => `Ann,Lee ${index},"of ${text}",Co\r\n`)
        const index = at % rows.length
        if (damage === 'open') rows[index] = (rows[index] ?? '').replace('Lee', '"Lee')
        const text = rows.join('')
        const whole = noted + (damage === 'cut' ? text.slice(0, at % text.length) : text)
        const { contacts } = await readAll(exportFileOf(whole)).catch((error: unknown) => {
          if (isImportFailure(error)) return { contacts: [] }
          throw error
        })
        for (const { name, organization } of contacts)
          expect([name.given, organization?.name].join()).not.toContain('NOTE')
      }),
      { numRuns: 500 },
    )
  })
})

import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, expect } from 'vitest'
import { test } from './imported-store.ts'
import { records, run } from './terminal-command.ts'
import { start, startIn } from './terminal-process.ts'

type Row = Readonly<Record<string, unknown>>

/** By section: the fields of its table, with their types. */
const page = new Map<string, ReadonlyMap<string, readonly string[]>>()
/** By section: every object that was printed. */
const printed = new Map<string, Row[]>()

const keep = (section: string, rows: readonly Row[]) =>
  printed.set(section, [...(printed.get(section) ?? []), ...rows])

beforeAll(async () => {
  const text = await readFile(new URL('../docs/json.md', import.meta.url), 'utf8')
  for (const section of text.split(/^## /m).slice(1)) {
    const [title = ''] = section.split('\n')
    const rows = [...section.matchAll(/^\| `([\w.]+)` \| ([^|]+) \|/gm)]
    page.set(
      title.replaceAll('`', ''),
      new Map(rows.map(([, name = '', types = '']) => [name, types.trim().split(', ')])),
    )
  }
})

const typeOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value

/** The fields of a row, and those of its objects if the page lists their fields. */
const flat = (row: Row, listed: readonly string[]): readonly (readonly [string, unknown])[] =>
  Object.entries(row).flatMap(([name, value]) => {
    const isListed = typeOf(value) === 'object' && listed.some((each) => each.startsWith(`${name}.`))
    const inner = isListed
      ? Object.entries(value as Row).map(([key, each]) => [`${name}.${key}`, each] as const)
      : []
    return [[name, value] as const, ...inner]
  })

/** Fields that occur only if a key ring, a service, a disk or a chosen file fails, which other tests cause. */
const rare = ['left', 'notices', 'administrator', 'fileTime', 'fileHolds', 'fileLine']

test('the page lists exactly the fields that the commands print, with their types', async ({
  importedStore,
  folder,
}) => {
  const outcome = [...page.keys()].find((title) => title.startsWith('import, ')) ?? ''
  const contactLines = 'list, find, whois, show'
  const store = join(folder, 'contacts.db')
  const said = async (section: string, ...args: string[]) =>
    keep(section, records(await run(...args, '--json', '--store', store)))
  await said('doctor', 'doctor')
  await said('status', 'status')
  await said(outcome, 'cancel')
  await said(outcome, 'import', '--contacts', '1000', '--extended-properties')
  const fault = { kind: 'status', status: 429, retryAfter: 4000 }
  await said(outcome, 'refresh', '--fault', JSON.stringify(fault))
  await said('status', 'status')
  await said(contactLines, 'list')
  await said(contactLines, 'find', 'a')
  const called = (printed.get(contactLines) ?? []).flatMap(
    ({ phones }) => phones as readonly { value: string }[],
  )
  await said(contactLines, 'whois', called[0]?.value ?? '')
  await said(contactLines, 'show', String(printed.get(contactLines)?.[0]?.['key']))
  await said('Errors', 'show', 'unknown')
  await said('export', 'export', '--format', 'vcard', '--out', join(folder, 'contacts.vcf'))
  await said('export', 'export', '--format', 'csv', '--out', join(folder, 'no', 'contacts.csv'))
  await said(outcome, 'refresh', '--contacts', '100')
  await said('status', 'status')
  await said('history', 'history', '--changes')
  await said('events', 'events')
  await said('doctor', 'doctor', '--report', join(folder, 'report'))
  await said('doctor', 'doctor', '--report', join(folder, 'no', 'report'))
  await said(outcome, 'approve')
  await said(outcome, 'sign-out')
  await said('sign-out --all --delete', 'sign-out', '--all', '--delete')
  await said('sign-out --all --delete', 'sign-out', '--all', '--delete')
  const unreachable = startIn(
    { HTTPS_PROXY: 'http://127.0.0.1:1' },
    ...['import', '--client-id', 'id', '--authority', 'https://login.example.test/tenant'],
    ...['--store', join(folder, 'unreachable.db'), '--json'],
  )
  keep(outcome, records(await unreachable.ended))
  await writeFile(store, 'no store')
  await said('Errors', 'list')
  await said('Errors', 'list', '--held', '--contacts', '1')
  await said('Errors')
  const google = join(folder, 'google.db')
  keep(outcome, records(await run('import', '--source', 'google', '--json', '--store', google)))
  keep(outcome, records(await run('import', '--contacts', '300', '--json', '--store', google)))
  const people = records(await run('list', '--json', '--store', google))
  keep(contactLines, people)
  keep('duplicates', records(await run('duplicates', '--json', '--store', google)))
  const together = people.find(({ contacts }) => contacts !== undefined)?.['contacts']
  const both = (together as readonly { key: string }[]).map(({ key }) => key)
  keep('same, not-same', records(await run('not-same', ...both, '--json', '--store', google)))
  keep('same, not-same', records(await run('not-same', ...both, '--undo', '--json', '--store', google)))
  const ofGoogle = people.filter(({ source }) => source === 'google').map(({ key }) => String(key))
  keep('same, not-same', records(await run('same', ...ofGoogle.slice(0, 2), '--json', '--store', google)))
  keep(outcome, records(await run('sign-out', '--source', 'google', '--json', '--store', google)))
  const damaged = await importedStore(20)
  keep(contactLines, records(await run('list', '--json', '--store', damaged)))

  const tenant = start('sandbox', '--json')
  keep('sandbox', [JSON.parse((await tenant.said(/^\{.*\}$/m))[0]) as Row])
  tenant.kill('SIGINT')
  await tenant.ended

  expect([...printed.keys()].sort()).toEqual([...page.keys()].sort())
  const differences: string[] = []
  for (const [section, listed] of page) {
    const rows = printed.get(section) ?? []
    expect(rows.length, section).toBeGreaterThan(0)
    const seen = new Set<string>()
    for (const row of rows) {
      const fields = flat(row, [...listed.keys()])
      for (const [name, value] of fields) {
        seen.add(name)
        const types = listed.get(name)
        if (section === 'doctor' && ['code', 'message', 'next'].includes(name)) continue
        if (!types) differences.push(`${section}: ${name} is not on the page`)
        else if (!types.includes(typeOf(value))) differences.push(`${section}: ${name} is ${typeOf(value)}`)
        if (typeof value === 'string' && /(At|Tried|Updated|Due|^time|modified|created)$/.test(name))
          if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(value))
            differences.push(`${section}: ${name} is ${value}`)
      }
      for (const [name, types] of listed) {
        const isInner = name.includes('.')
        if (!isInner && !types.includes('sometimes') && !(name in row))
          differences.push(`${section}: ${name} is missing`)
      }
    }
    for (const name of listed.keys())
      if (!seen.has(name) && !rare.includes(name) && !(section === contactLines && name === 'incomplete'))
        differences.push(`${section}: ${name} is never printed`)
  }
  expect([...new Set(differences)]).toEqual([])
})

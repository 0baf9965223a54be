import { existsSync } from 'node:fs'
import { open, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { hostname, userInfo } from 'node:os'
import { join } from 'node:path'
import { describe, expect } from 'vitest'
import { openDriver } from '../src/adapters/stores/sqlite/driver/open-driver.ts'
import { checksum } from '../src/adapters/stores/sqlite/log/checksum.ts'
import { examineStore, problemReport } from '../src/node.ts'
import { foundIn } from './erase/found-in.ts'
import { marks } from './erase/marked.ts'
import { markedStores, storeIn } from './erase/marked-stores.ts'
import { test as importing } from './imported-store.ts'
import { test as it } from './temp-folder.ts'
import { records, run } from './terminal-command.ts'
import { runWithoutRoom, start } from './terminal-process.ts'

/** Words of the report, which may also be the name of a person or a machine. */
const ownWords = ['root', 'node', 'app', process.platform, process.arch]

/** Names of the person and the machine, and every path to the store. */
const places = (folder: string) => [
  folder,
  process.env.HOME ?? '/home/',
  'zq-store',
  ...[hostname(), userInfo().username].filter((name) => !ownWords.includes(name)),
]

/** A row of the file. */
interface EventRow {
  readonly position: number
  readonly stream: string
  readonly version: number
  readonly id: string
  readonly time: string
  readonly attempt: string | null
  readonly payload_sum: number | null
}

const states: Readonly<Record<string, (store: string) => Promise<void>>> = {
  whole: () => Promise.resolve(),
  damaged: async (store) => {
    const file = await open(store, 'r+')
    const { size } = await file.stat()
    for (let at = 4096; at < size; at += 3 * 4096) await file.write(Buffer.alloc(2048, 7), 0, 2048, at)
    await file.close()
  },
  'without its key': (store) => rm(`${store}.keys`, { recursive: true }),
  missing: (store) => rm(store),
  'no store': (store) => writeFile(store, 'Zqname Zqnote +99 555'),
  newer: async (store) => {
    const db = await openDriver(store)
    db.exec('PRAGMA user_version = 99')
    db.close()
  },
  'tampered with': async (store) => {
    const db = await openDriver(store)
    const data = '{"code":"Zqname","by":"Zqname","serviceCode":"Zqname 1","requestId":"zqid-1"}'
    for (const row of db.all('SELECT * FROM events') as unknown as EventRow[]) {
      const { position, stream, version, id, time, attempt, payload_sum } = row
      const sum = checksum(position, stream, 'Zqname', version, id, time, attempt, data, payload_sum)
      db.run("UPDATE events SET type = 'Zqname', data = ?, sum = ? WHERE position = ?", [data, sum, position])
    }
    db.close()
  },
}

describe('a report of a problem', () => {
  for (const [state, make] of Object.entries(states))
    it(`names no contact, account, token or place: a store that is ${state}`, async ({ folder }) => {
      for (const from of Object.values(await markedStores(folder))) {
        await rename(storeIn(from), join(from, 'zq-store.db'))
        for (const end of ['-wal', '-shm', '.keys', '.tokens.json'])
          await rename(`${storeIn(from)}${end}`, join(from, `zq-store.db${end}`)).catch(() => undefined)
        const store = join(from, 'zq-store.db')
        await make(store)
        const examined = await examineStore(store, { tokenFile: `${store}.tokens.json` })
        const report = await problemReport(examined, '1.2.3', new Date(0))
        const text = JSON.stringify(report)
        expect([...marks, ...places(folder)].filter((mark) => text.includes(mark))).toEqual([])
        expect(report).toMatchObject({ at: '1970-01-01T00:00:00.000Z', versions: { app: '1.2.3' } })
        if (state === 'whole') {
          expect(report.findings.map(({ code }) => code)).not.toContain('store-missing')
          expect(report.events.map(({ type }) => type)).toContain('attempt.completed')
        } else if (state === 'newer') expect(report.versions.schema.file).toBe(99)
        else if (state === 'tampered with') {
          expect(report.events.length).toBeGreaterThan(0)
          expect(new Set(report.events.map(({ type }) => type))).toEqual(new Set(['(other)']))
        } else expect(report.findings.length).toBeGreaterThan(0)
      }
    })
})

describe('doctor --report', () => {
  /** In this process, libsql would keep the files of the store open until they are collected, and reports list them. */
  const inOwnProcess = (...args: string[]) => start(...args).ended

  importing('writes a new file for this user alone, or prints it', async ({ importedStore, folder }) => {
    const store = await importedStore(20)
    const refused = JSON.stringify({ kind: 'status', status: 403 })
    await inOwnProcess('refresh', '--store', store, '--fault', refused)
    const file = join(folder, 'report.json')
    expect((await inOwnProcess('doctor', '--store', store, '--report', file)).stdout).toContain(file)
    expect((await stat(file)).mode & 0o777).toBe(process.platform === 'win32' ? 0o666 : 0o600)
    const names = records(await inOwnProcess('list', '--store', store, '--json')).map(({ name }) =>
      String(name),
    )
    expect(await foundIn(folder, [...names.filter((name) => name.length > 5), 'mira@', store])).toEqual([])
    const report = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>
    expect(report).toMatchObject({
      findings: [],
      failures: [{ code: 'permission-removed', status: 403, requestId: expect.any(String) as string }],
    })
    const printed = await inOwnProcess('doctor', '--store', store, '--report', '-', '--json')
    expect(records(printed)).toMatchObject([{ ...report, at: expect.any(String) as string }])
  })

  importing('never overwrites a file or follows a link, and says why', async ({ importedStore, folder }) => {
    const store = await importedStore(20)
    await writeFile(join(folder, 'mine'), 'precious')
    await symlink(join(folder, 'target'), join(folder, 'link'))
    for (const name of ['mine', 'link', '.']) {
      const ended = await run('doctor', '--store', store, '--report', join(folder, name))
      expect(ended.code).toBe(2)
      expect(ended.stderr).toContain('There is already')
    }
    expect(await readFile(join(folder, 'mine'), 'utf8')).toBe('precious')
    expect(existsSync(join(folder, 'target'))).toBe(false)
    const nowhere = await run('doctor', '--store', store, '--report', join(folder, 'no', 'x'), '--json')
    expect(nowhere.code).toBe(1)
    expect(records(nowhere)).toMatchObject([{ report: null, code: 'storage-unavailable' }])
  })

  importing.skipIf(process.platform === 'win32')(
    'leaves no part of a file on a full disk, and says so',
    async ({ importedStore, folder }) => {
      const file = join(folder, 'report.json')
      const ended = await runWithoutRoom('doctor', '--store', await importedStore(20), '--report', file)
      expect(ended.code).toBe(1)
      expect(ended.stderr).toContain('no space is left there')
      expect(existsSync(file)).toBe(false)
    },
  )
})

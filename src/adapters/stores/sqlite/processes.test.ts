import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect } from 'vitest'
import { test as it } from '../../../../test/temp-folder.ts'
import { exampleEvent, readAll } from '../../../testing/contracts/event-store/examples.ts'
import { sqliteDrivers } from './driver/open-driver.ts'
import { sqliteLocks } from './run-locks.ts'
import { openSqliteStore } from './open-store.ts'
import { isWalDamaged } from './wal/is-wal-damaged.ts'

const fixture = fileURLToPath(new URL('child.fixture.mjs', import.meta.url))

describe.each(sqliteDrivers)('several processes on one SQLite store, over %s', (driver) => {
  let folder: string
  let file: string
  let children: ChildProcess[] = []

  it.beforeEach(({ folder: own }) => {
    folder = own
    file = join(folder, 'contacts.db')
  })
  afterEach(async () => {
    for (const child of children) await killed(child)
    children = []
  })

  const start = (task: 'append' | 'hold' | 'lock' | 'wait', name: string, count = 0) => {
    const args = [fixture, task, file, driver, name, `${count}`]
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    children.push(child)
    return { child, lines: createInterface({ input: child.stdout })[Symbol.asyncIterator]() }
  }

  const killed = async (child: ChildProcess): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
  }

  const ids = async (): Promise<string[]> => {
    const store = await openSqliteStore(file, { driver })
    const events = await readAll(store)
    await store.close()
    for (const { id, payload } of events) expect(payload).toEqual({ text: id.padEnd(20_000) })
    return events.map(({ id }) => id)
  }

  it('keeps everything that was appended when the process is killed', async () => {
    for (const run of ['first', 'second', 'third']) {
      const before = (await ids()).length
      const { child, lines } = start('append', run, 1_000_000)
      const acknowledged: string[] = []
      while (acknowledged.length < 40) acknowledged.push((await lines.next()).value as string)
      await killed(child)
      for (let line = await lines.next(); line.done !== true; line = await lines.next()) {
        acknowledged.push(line.value)
      }
      const kept = (await ids()).slice(before)
      expect(kept.slice(0, acknowledged.length)).toEqual(acknowledged)
      // The append that was under way may have become durable before it could be acknowledged.
      expect(kept.length - acknowledged.length).toBeLessThanOrEqual(1)
    }
  })

  it('never mistakes writes in progress, or what a killed process left, for damage', async () => {
    for (const run of ['first', 'second', 'third']) {
      const { child, lines } = start('append', run, 1_000_000)
      await lines.next()
      for (let look = 0; look < 30; look++) {
        expect(isWalDamaged(file)).toBe(false)
        // Reads the output of the process, which could not continue otherwise.
        await new Promise((resolve) => setImmediate(resolve))
      }
      expect(child.exitCode).toBeNull()
      await killed(child)
      expect(isWalDamaged(file)).toBe(false)
    }
  })

  it('loses nothing if two processes make the store and append at the same time', async () => {
    const writers = ['a', 'b'].map((name) => start('append', name, 60).child)
    expect(await Promise.all(writers.map(async (child) => once(child, 'exit')))).toEqual([
      [0, null],
      [0, null],
    ])
    const kept = await ids()
    for (const name of ['a', 'b']) {
      const expected = Array.from({ length: 60 }, (_, index) => `${name}-${index}`)
      expect(kept.filter((id) => id.startsWith(name))).toEqual(expected)
    }
    expect(kept).toHaveLength(120)
  })

  it('erases while another process holds the store open', async () => {
    const store = await openSqliteStore(file, { driver })
    await store.append(0, [exampleEvent('a', 'Ada'), exampleEvent('b')])
    const { lines } = start('hold', '')
    expect((await lines.next()).value).toBe('held')
    await store.erase('microsoft365', 2)
    expect((await readAll(store)).map(({ id }) => id)).toEqual(['b'])
    await store.close()
  })

  it('refuses a lock that another process holds, until that is killed', async () => {
    const store = await openSqliteStore(file, { driver })
    const locks = sqliteLocks(file, { driver })
    const { child, lines } = start('lock', 'google')
    expect((await lines.next()).value).toBe('held')
    expect(await locks.acquire('google')).toBeNull()
    expect(await store.append(0, [exampleEvent('a')])).toBe(1)
    await killed(child)
    expect(await locks.acquire('google')).not.toBeNull()
    const { lines: late } = start('lock', 'google')
    expect((await late.next()).value).toBe('refused')
    await locks.close()
    await store.close()
  })

  it('tells a wait that the process with the lock was killed', async () => {
    const locks = sqliteLocks(file, { driver })
    const { child, lines } = start('lock', 'google')
    expect((await lines.next()).value).toBe('held')
    const told: string[] = []
    locks.whenFree('google', () => told.push('free'))
    expect(await locks.acquire('google')).toBeNull()
    told.push('killed')
    await killed(child)
    await expect.poll(() => told).toEqual(['killed', 'free'])
    expect(await locks.acquire('google')).not.toBeNull()
    await locks.close()
  })

  it('does not keep a process alive that waits for a lock', async () => {
    const locks = sqliteLocks(file, { driver })
    await locks.acquire('google')
    const { child, lines } = start('wait', 'google')
    const ended = once(child, 'exit')
    expect((await lines.next()).value).toBe('waits')
    expect(await ended).toEqual([0, null])
    await locks.close()
  })
})

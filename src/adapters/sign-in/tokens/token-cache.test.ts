import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import fs from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect } from 'vitest'
import { test as it } from '../../../../test/temp-folder.ts'
import { sqliteLocks } from '../../stores/sqlite/run-locks.ts'
import { memoryLocks, MemoryLockTable } from '../../locks/memory/memory-locks.ts'
import { tokenCache } from './token-cache.ts'
import type { FileSystem } from './token-file.ts'

let folder: string
let path: string
it.beforeEach(({ folder: own }) => {
  folder = own
  path = join(folder, 'tokens.json')
})

it('returns what was written, to this object and to others', async () => {
  const cache = tokenCache(path)
  expect(await cache.read()).toBeNull()
  await cache.replace('{"a":1}')
  expect(await cache.read()).toBe('{"a":1}')
  expect(await tokenCache(path).read()).toBe('{"a":1}')
})

it('notices when another process signs out', async () => {
  const cache = tokenCache(path)
  await cache.replace('{"a":1}')
  await tokenCache(path).erase()
  expect(await cache.read()).toBeNull()
})

it('lets only this person read it, even if the file was open to others before', async () => {
  writeFileSync(path, '{}', { mode: 0o644 })
  chmodSync(path, 0o644)
  await tokenCache(path).replace('{"a":1}')
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(readdirSync(folder)).toEqual(['tokens.json'])
})

it('updates only the content that was read', async () => {
  const cache = tokenCache(path)
  await cache.update(null, '{"renewed":1}')
  expect(await cache.read()).toBeNull()
  await cache.replace('{"first":1}')
  await cache.update('{"first":1}', '{"renewed":1}')
  expect(await cache.read()).toBe('{"renewed":1}')
  await cache.update('{"first":1}', '{"stale":1}')
  expect(await cache.read()).toBe('{"renewed":1}')
  await cache.erase()
  await cache.update('{"renewed":1}', '{"again":1}')
  expect(await cache.read()).toBeNull()
})

it('leaves one whole text when many write at once', async () => {
  const cache = tokenCache(path)
  await Promise.all(Array.from({ length: 20 }, (_, i) => cache.replace(JSON.stringify({ i }))))
  expect(readFileSync(path, 'utf8')).toBe('{"i":19}')
  expect(readdirSync(folder)).toEqual(['tokens.json'])
})

it('counts a damaged file as none', async () => {
  for (const text of ['', '{', 'null', '[]', '"text"', '\u0000\u0001']) {
    writeFileSync(path, text)
    expect(await tokenCache(path).read()).toBeNull()
  }
})

it('erases every trace, temporary files of a killed process included, and nothing else', async () => {
  const cache = tokenCache(path)
  await cache.replace('{"a":1}')
  writeFileSync(`${path}.0d3f.tmp`, 'half')
  writeFileSync(join(folder, 'store.sqlite'), 'kept')
  await cache.erase()
  await cache.erase()
  expect(readdirSync(folder)).toEqual(['store.sqlite'])
  expect(await cache.read()).toBeNull()
})

it('holds something as long as anything is left to erase, readable or not', async () => {
  const cache = tokenCache(path)
  expect(await cache.holdsAnything()).toBe(false)
  for (const file of [path, `${path}.0d3f.tmp`]) {
    writeFileSync(file, 'damaged')
    expect(await cache.holdsAnything()).toBe(true)
    await cache.erase()
    expect(await cache.holdsAnything()).toBe(false)
  }
  expect(await tokenCache(join(folder, 'no folder', 'tokens.json')).holdsAnything()).toBe(false)
  const inMemory = tokenCache(null)
  expect(await inMemory.holdsAnything()).toBe(false)
  await inMemory.replace('{"a":1}')
  expect(await inMemory.holdsAnything()).toBe(true)
})

it('keeps tokens in memory if the disk takes no file, and leaves no older tokens there', async () => {
  const cache = tokenCache(path)
  // A folder at the path stands for any disk that refuses, because it stops even root.
  mkdirSync(path)
  await cache.replace('{"a":1}')
  expect(await cache.read()).toBe('{"a":1}')
  expect(readdirSync(folder)).toEqual(['tokens.json'])
  expect(await tokenCache(path).read()).toBeNull()
})

it('keeps everything in memory if there is no path', async () => {
  const cache = tokenCache(null)
  await cache.replace('{"a":1}')
  expect(await cache.read()).toBe('{"a":1}')
  expect(await tokenCache(null).read()).toBeNull()
  await cache.erase()
  expect(await cache.read()).toBeNull()
})

const fault = (code: string) => Object.assign(new Error(code), { code })

/** Node's file system, of which one call fails `times` times. */
const failing = (name: 'readFile' | 'rename' | 'rm', code: string, times = Infinity) => {
  const state = { left: times }
  const call = fs[name] as (...parameters: unknown[]) => unknown
  const files: FileSystem = {
    ...fs,
    [name]: async (...parameters: unknown[]) => {
      if (state.left-- > 0) throw fault(code)
      return call(...parameters)
    },
  }
  return Object.assign(state, { files })
}

/** A cache whose pauses take no time, and are counted. */
const cacheWith = (options: NonNullable<Parameters<typeof tokenCache>[3]>) => {
  const pauses: number[] = []
  const wait = async (ms: number): Promise<void> => void pauses.push(ms)
  return Object.assign(tokenCache(path, null, 'tokens', { wait, ...options }), { pauses })
}

describe('a virus scanner that has the file open', () => {
  it.for(['EPERM', 'EACCES', 'EBUSY'])('loses no tokens (%s)', async (code) => {
    await tokenCache(path).replace('{"old":1}')
    const renewing = cacheWith(failing('rename', code, 2))
    await renewing.update('{"old":1}', '{"new":1}')
    expect(readFileSync(path, 'utf8')).toBe('{"new":1}')
    expect(renewing.isKept()).toBe(true)
    expect(renewing.pauses).toEqual([...renewing.pauses].sort((a, b) => a - b))
    expect(renewing.pauses).toHaveLength(2)
    expect(await cacheWith(failing('readFile', code, 2)).read()).toBe('{"new":1}')
    await cacheWith(failing('rm', code, 2)).erase()
    expect(readdirSync(folder)).toEqual([])
  })

  it('is waited for only a few tries, and an error of another kind not at all', async () => {
    const scanned = cacheWith(failing('rename', 'EPERM'))
    await scanned.replace('{"a":1}')
    expect(scanned.pauses.length).toBeLessThan(10)
    expect(scanned.pauses.reduce((sum, ms) => sum + ms)).toBeLessThan(1_000)
    const full = cacheWith(failing('rename', 'ENOSPC'))
    await full.replace('{"a":1}')
    expect(full.pauses).toEqual([])
  })
})

describe('tokens that cannot be written', () => {
  it('are in memory, and those of the same account stay in the file for the next process', async () => {
    await tokenCache(path).replace('{"old":1}')
    const disk = failing('rename', 'EROFS', 1)
    const cache = cacheWith(disk)
    await cache.update('{"old":1}', '{"new":1}')
    expect(readFileSync(path, 'utf8')).toBe('{"old":1}')
    expect(readdirSync(folder)).toEqual(['tokens.json'])
    expect(await cache.read()).toBe('{"new":1}')
    expect(cache.isKept()).toBe(false)
    await cache.update('{"new":1}', '{"newer":1}')
    expect(readFileSync(path, 'utf8')).toBe('{"newer":1}')
    expect(cache.isKept()).toBe(true)
  })

  it('of another account leave none of the earlier one', async () => {
    await tokenCache(path).replace('{"old":1}')
    const cache = cacheWith(failing('rename', 'EROFS'))
    await cache.replace('{"another":1}')
    expect(readdirSync(folder)).toEqual([])
    expect(await cache.read()).toBe('{"another":1}')
    expect(cache.isKept()).toBe(false)
    await cache.erase()
    expect([await cache.read(), cache.isKept()]).toEqual([null, true])
  })

  it('end with a sign-out or a sign-in of another process', async () => {
    for (const end of [
      (other: ReturnType<typeof tokenCache>) => other.erase(),
      (other: ReturnType<typeof tokenCache>) => other.replace('{"another":1}'),
    ]) {
      const other = tokenCache(path)
      await other.replace('{"old":1}')
      const cache = cacheWith(failing('rename', 'EROFS'))
      await cache.update('{"old":1}', '{"new":1}')
      await end(other)
      expect(await cache.read()).toBe(await other.read())
    }
  })

  it('are not dropped because the file cannot be read for a moment', async () => {
    await tokenCache(path).replace('{"old":1}')
    const disk = failing('rename', 'EROFS')
    const reading = failing('readFile', 'EIO', 0)
    const cache = cacheWith({ files: { ...disk.files, readFile: reading.files.readFile } })
    await cache.update('{"old":1}', '{"new":1}')
    reading.left = 1
    expect(await cache.read()).toBe('{"new":1}')
    expect(await cache.read()).toBe('{"new":1}')
  })
})

describe('the lock between processes', () => {
  it('is held by one at a time, and released after each turn, also one that fails', async () => {
    const table = new MemoryLockTable()
    const one = cacheWith({ locks: memoryLocks(table) })
    await one.replace('{"a":1}')
    await one.update('{"a":1}', '{"b":1}')
    await one.erase()
    await expect(one.erase(() => Promise.reject(new Error('asked')))).rejects.toThrow('asked')
    await cacheWith({ ...failing('rm', 'EROFS'), locks: memoryLocks(table) })
      .erase()
      .catch(() => undefined)
    expect(table.taken.size).toBe(0)
    expect(one.pauses).toEqual([])
  })

  it('is waited for a limited time; then a sign-out erases, and a renewal keeps its tokens', async () => {
    const table = new MemoryLockTable()
    table.taken.add('tokens')
    writeFileSync(path, '{"a":1}')
    const stopped = cacheWith({ locks: memoryLocks(table) })
    await stopped.update('{"a":1}', '{"b":1}')
    expect(readFileSync(path, 'utf8')).toBe('{"b":1}')
    const waited = stopped.pauses.reduce((sum, ms) => sum + ms)
    expect(waited).toBeGreaterThan(2_000)
    expect(waited).toBeLessThan(10_000)
    await stopped.erase()
    expect(readdirSync(folder)).toEqual([])
  })

  it('guards the temporary file of a living process; those of killed ones go with the next write', async () => {
    const table = new MemoryLockTable()
    table.taken.add('tokens')
    const live = `${path}.0d3f.tmp`
    writeFileSync(live, 'half')
    const cache = cacheWith({ locks: memoryLocks(table) })
    await cache.replace('{"a":1}')
    expect(readdirSync(folder)).toEqual(['tokens.json', 'tokens.json.0d3f.tmp'])
    table.taken.clear()
    await cache.replace('{"b":1}')
    expect(readdirSync(folder)).toEqual(['tokens.json'])
  })

  it('that cannot be created stops nothing', async () => {
    const locks = { acquire: () => Promise.reject(fault('EROFS')), close: async () => undefined }
    const cache = cacheWith({ locks })
    await cache.replace('{"a":1}')
    expect(readFileSync(path, 'utf8')).toBe('{"a":1}')
    await cache.erase()
    expect(readdirSync(folder)).toEqual([])
  })

  it('leaves no folder behind if a sign-out finds none', async () => {
    const nowhere = join(folder, 'none', 'tokens.json')
    await tokenCache(nowhere, null, 'tokens', { locks: sqliteLocks(nowhere) }).erase()
    expect(readdirSync(folder)).toEqual([])
  })
})

it('erases nothing if that is no longer wanted, asked within the lock', async () => {
  const table = new MemoryLockTable()
  for (const cache of [cacheWith({ locks: memoryLocks(table) }), tokenCache(null)]) {
    await cache.replace('{"a":1}')
    await cache.erase(async () => false)
    expect(await cache.read()).toBe('{"a":1}')
  }
  const heldWhenAsked: boolean[] = []
  await cacheWith({ locks: memoryLocks(table) }).erase(
    async () => heldWhenAsked.push(table.taken.has('tokens')) > 0,
  )
  expect(heldWhenAsked).toEqual([true])
  expect(readdirSync(folder)).toEqual([])
})

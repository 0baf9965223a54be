import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { test as it } from '../../../../../test/temp-folder.ts'
import { tokenCache } from './token-cache.ts'

let folder: string
let path: string
it.beforeEach(({ folder: own }) => {
  folder = own
  path = join(folder, 'tokens.json')
})

it('gives back what was written, to this object and to others', async () => {
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

it('lets only this person read it, even where the file was open to others before', async () => {
  writeFileSync(path, '{}', { mode: 0o644 })
  chmodSync(path, 0o644)
  await tokenCache(path).replace('{"a":1}')
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(readdirSync(folder)).toEqual(['tokens.json'])
})

it('updates only what it was read as', async () => {
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

it('goes on in memory where the disk takes no file, and leaves no older tokens there', async () => {
  const cache = tokenCache(path)
  // A folder in the way stands for any disk that refuses: it stops this test's user, even root.
  mkdirSync(path)
  await cache.replace('{"a":1}')
  expect(await cache.read()).toBe('{"a":1}')
  expect(readdirSync(folder)).toEqual(['tokens.json'])
  expect(await tokenCache(path).read()).toBeNull()
})

it('keeps everything in memory where there is no path', async () => {
  const cache = tokenCache(null)
  await cache.replace('{"a":1}')
  expect(await cache.read()).toBe('{"a":1}')
  expect(await tokenCache(null).read()).toBeNull()
  await cache.erase()
  expect(await cache.read()).toBeNull()
})

import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, describe, expect } from 'vitest'
import { newFolder, test } from './temp-folder.ts'

const earlier: string[] = []
let shared = ''
afterAll(() => {
  expect(earlier).toHaveLength(3)
  expect(earlier.filter(existsSync)).toEqual([])
})

describe('a temporary folder', () => {
  test.beforeEach(async () => {
    earlier.push(await newFolder())
  })

  test('is there for a test, beside one that the tests of a file share', async ({ folder, sharedFolder }) => {
    await writeFile(join(folder, 'file'), 'text')
    await writeFile(join(sharedFolder, 'file'), 'text')
    earlier.push(folder)
    shared = sharedFolder
  })

  test('is gone after it; the shared one stays', async ({ folder, sharedFolder }) => {
    expect(existsSync(earlier[1] ?? folder)).toBe(false)
    expect(earlier).not.toContain(folder)
    expect(sharedFolder).toBe(shared)
    expect(existsSync(join(sharedFolder, 'file'))).toBe(true)
  })
})

import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'

const root = new URL('../', import.meta.url)

test('every promise names tests that exist', async () => {
  const page = await readFile(new URL('docs/promises.md', root), 'utf8')
  const rows = page.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| promise'))
  const missing: string[] = []
  for (const row of rows) {
    const tests = [...row.matchAll(/`([\w./-]+\.test\.ts)` "([^"]+)"/g)]
    if (tests.length === 0) missing.push(row)
    for (const [, file = '', title = ''] of tests) {
      const text = await readFile(new URL(file, root), 'utf8').catch(() => '')
      if (!text.includes(`'${title}'`)) missing.push(`${file}: ${title}`)
    }
  }
  expect(rows.length).toBeGreaterThan(10)
  expect(missing).toEqual([])
})

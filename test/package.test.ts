import { execFile } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { beforeAll, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../', import.meta.url))
const read = (path: string): string => readFileSync(root + path, 'utf8')

const { bin, exports } = JSON.parse(read('package.json')) as {
  bin: Readonly<Record<string, string>>
  exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>
}

/** The files that npm would publish. */
let packed: readonly string[]

beforeAll(async () => {
  const { stdout } = await promisify(execFile)('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: root,
    maxBuffer: 2 ** 24,
    shell: process.platform === 'win32',
  })
  const [{ files }] = JSON.parse(stdout) as [{ files: readonly { path: string }[] }]
  packed = files.map(({ path }) => path)
})

test('every entry point and command is packed', () => {
  const targets = Object.values(exports).flatMap((target) =>
    typeof target === 'string' ? target : Object.values(target),
  )
  for (const path of [...targets, ...Object.values(bin)]) expect(packed).toContain(path.replace(/^\.\//, ''))
})

test('no packed page links to a file that is not packed', () => {
  const pages = packed.filter((path) => path.endsWith('.md'))
  expect(pages).toContain('README.md')
  const dead = pages.flatMap((page) =>
    [...read(page).matchAll(/\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)/g)]
      .map(([, link = '']) => posix.join(posix.dirname(page), link))
      .filter((path) => !packed.includes(path))
      .map((path) => `${page}: ${path}`),
  )
  expect(dead).toEqual([])
})

// The types can be erased, so the compiled files read like their sources, comments included. Maps without the
// sources would lead nowhere, and maps with them would double the package.
test('there are no source maps', () => {
  expect(packed.filter((path) => path.endsWith('.map'))).toEqual([])
  const scripts = packed.filter((path) => path.endsWith('.js'))
  expect(scripts.filter((path) => read(path).includes('sourceMappingURL'))).toEqual([])
})

// tsc writes new files without it, and npx follows a link to this very file.
test.skipIf(process.platform === 'win32')('the command is executable', () => {
  for (const path of Object.values(bin)) expect(statSync(root + path).mode & 0o111).toBe(0o111)
})

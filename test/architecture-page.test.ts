import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const root = new URL('../', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, root), 'utf8')
const pathsIn = (page: string) =>
  [...page.matchAll(/`((?:src|bin|sandbox|test|diagrams|docs)\/[\w./-]+)`/g)].map(([, path = '']) => path)

test('docs/architecture.md leads to files that are there', () => {
  const paths = pathsIn(read('docs/architecture.md'))
  expect(paths.length).toBeGreaterThan(40)
  expect(paths.filter((path) => !existsSync(new URL(path, root)))).toEqual([])
})

test.each([
  'CONTRIBUTING.md',
  'SECURITY.md',
  'CHANGELOG.md',
  'docs/inspector.md',
  'docs/architecture.md',
  'docs/state-machine.md',
  'docs/testing.md',
])('%s links to pages and commands that are there', (page) => {
  const text = read(page)
  const base = new URL(page, root)
  const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, link = '']) => link)
  expect(links.filter((link) => !existsSync(new URL(link, base)))).toEqual([])
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Readonly<Record<string, string>> }
  const commands = [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, name = '']) => name)
  expect(commands.filter((name) => !(name in scripts))).toEqual([])
  expect(pathsIn(text).filter((path) => !existsSync(new URL(path, root)))).toEqual([])
})

import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const readme = readFileSync('README.md', 'utf8')

test.each(['examples/embed.ts', 'examples/web/app.ts'])('the README embeds %s, which is run', (example) => {
  expect(readme).toContain(`\`\`\`ts\n${readFileSync(example, 'utf8')}\`\`\``)
})

test('every file that the README leads to exists', () => {
  const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, path]) => path ?? '')
  expect(links.length).toBeGreaterThan(8)
  expect(links.filter((path) => !existsSync(path))).toEqual([])
})

test('CI calls the test command of the README', () => {
  expect(readme).toContain('npm ci && npm test')
  expect(readFileSync('.ci/run', 'utf8')).toContain('npm ci && npm test')
})

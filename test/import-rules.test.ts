import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'

const root = new URL('../', import.meta.url)
const page = readFileSync(new URL('docs/architecture.md', root), 'utf8')

interface Rule {
  readonly name: string
  readonly comment?: string
}
const { forbidden } = createRequire(import.meta.url)('../.dependency-cruiser.cjs') as {
  readonly forbidden: readonly Rule[]
}

/** From the rules of folders: `src/book may import only: domain, machines`. */
const rules = new Map(
  forbidden.flatMap(({ comment }) => {
    const [, folder, allowed] = /^src\/(\S+) may import only: (.*)$/.exec(comment ?? '') ?? []
    return folder !== undefined && allowed !== undefined ? [[folder, allowed] as const] : []
  }),
)

/** From the page: what its table says of a folder. */
const told = new Map(
  [...page.matchAll(/^\| (`[\w/]+`|any other adapter) \| (.+) \|$/gm)].map(
    ([, folder = '', allowed = '']) => [folder.replaceAll('`', ''), allowed.replaceAll('`', '')] as const,
  ),
)

describe('the layout in docs/architecture.md', () => {
  it('tells the import rules that are checked', () => {
    expect(rules.size).toBeGreaterThan(10)
    for (const [folder, allowed] of rules) {
      const said =
        told.get(folder) ?? (folder.startsWith('adapters/') ? told.get('any other adapter') : undefined)
      expect([folder, said]).toEqual([folder, allowed])
    }
  })

  it('leaves no folder of the library without a rule', () => {
    const folders = readdirSync(new URL('src/', root), { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() ? [entry.name] : [],
    )
    const adapters = readdirSync(new URL('src/adapters/', root)).map((name) => `adapters/${name}`)
    const ruled = (folder: string) =>
      rules.has(folder) || forbidden.some(({ name }) => name === `${folder}-imports`)
    const unruled = [...folders.filter((name) => name !== 'adapters'), ...adapters].filter(
      (name) => !ruled(name),
    )
    expect(unruled).toEqual([])
  })

  it('names files that are there', () => {
    const named = [...page.matchAll(/`((?:src|bin|sandbox|test|diagrams)\/[\w./-]+)`/g)].map(
      ([, path = '']) => path,
    )
    expect(named.length).toBeGreaterThan(30)
    expect(named.filter((path) => !existsSync(new URL(path, root)))).toEqual([])
  })
})

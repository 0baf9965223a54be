import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix, sep } from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'

/**
 * Which folder may import which (docs/architecture.md, "Layout"). The longest matching folder counts. Type
 * imports count as well: a type is knowledge, too.
 */
const allowed: Readonly<Record<string, readonly string[]>> = {
  'src/domain': [],
  'src/machines': ['src/domain'],
  'src/ports': ['src/domain'],
  'src/projections': ['src/domain'],
  'src/book': ['src/domain', 'src/machines', 'src/ports', 'src/projections'],
  'src/adapters/http': ['src/domain', 'src/ports'],
  'src/adapters/microsoft365': ['src/domain', 'src/ports', 'src/adapters/http'],
  'src/adapters/inspector': ['src/domain', 'src/ports'],
  'src/adapters/locks': ['src/domain', 'src/ports'],
  'src/adapters/stores': ['src/domain', 'src/ports'],
  'src/adapters/system': ['src/domain', 'src/ports'],
  'src/messages': ['src/domain'],
  'src/shells': ['src/messages', 'src/index.ts', 'src/node.ts'],
  'src/testing': [
    'src/domain',
    'src/machines',
    'src/ports',
    'src/adapters/stores/memory',
    'src/adapters/locks/memory',
  ],
  'src/index.ts': ['src/book', 'src/domain', 'src/machines', 'src/ports', 'src/projections'],
  'src/node.ts': ['src/index.ts', 'src/adapters'],
  'src/testing.ts': ['src/testing', 'src/machines'],
  sandbox: ['src/domain'],
  bin: ['src', 'sandbox'],
}

/** Runs in any runtime: no module of a platform, and only these packages. */
const packagesOf: Readonly<Record<string, readonly string[]>> = {
  'src/domain': [],
  'src/machines': ['xstate'],
  'src/ports': [],
  'src/projections': ['immer'],
  'src/book': ['rxjs', 'valibot', 'xstate'],
  'src/messages': [],
  'src/index.ts': [],
}

interface Import {
  readonly from: string
  readonly to: string
  readonly isType: boolean
}

const root = join(import.meta.dirname, '..')

const filesIn = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => posix.join(folder, file.split(sep).join('/')))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))

const importsOf = (file: string): Import[] => {
  const source = ts.createSourceFile(
    file,
    readFileSync(join(root, file), 'utf8'),
    ts.ScriptTarget.Latest,
    true,
  )
  const imports: Import[] = []
  const add = (specifier: ts.Expression | undefined, isType: boolean) => {
    if (!specifier || !ts.isStringLiteral(specifier)) return
    const to = specifier.text.startsWith('.') ? posix.join(dirname(file), specifier.text) : specifier.text
    imports.push({ from: file, to, isType })
  }
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node))
      add(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword)
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly)
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0], false)
    ts.forEachChild(node, visit)
  }
  visit(source)
  return imports
}

const files = ['src', 'bin', 'sandbox'].flatMap(filesIn)
const imports = files.flatMap(importsOf)
const isOurs = ({ to }: Import) => /^(src|bin|sandbox|test|bench|examples|diagrams)\//.test(to)
const isIn = (path: string, folder: string) => path === folder || path.startsWith(`${folder}/`)
const folderOf = (rules: Readonly<Record<string, unknown>>, path: string): string | undefined =>
  Object.keys(rules)
    .filter((folder) => isIn(path, folder))
    .sort((a, b) => b.length - a.length)[0]

test('every file stands in a folder that has a rule', () => {
  expect(files.length).toBeGreaterThan(100)
  expect(imports.length).toBeGreaterThan(300)
  expect(files.filter((file) => !folderOf(allowed, file))).toEqual([])
})

test('a folder imports only what it may', () => {
  const breaches = imports.filter(isOurs).filter(({ from, to }) => {
    const folder = folderOf(allowed, from) ?? ''
    return !isIn(to, folder) && !allowed[folder]?.some((other) => isIn(to, other))
  })
  expect(breaches.map(({ from, to }) => `${from} imports ${to}`)).toEqual([])
})

test('what runs in any runtime imports no platform module and no package that is not meant for it', () => {
  const breaches = imports.filter((found) => {
    const packages = packagesOf[folderOf(packagesOf, found.from) ?? '']
    return packages && !isOurs(found) && !packages.includes(found.to)
  })
  expect(breaches.map(({ from, to }) => `${from} imports ${to}`)).toEqual([])
})

test('no import leads back to where it came from', () => {
  const next = new Map<string, string[]>()
  for (const { from, to, isType } of imports) if (!isType) next.set(from, [...(next.get(from) ?? []), to])
  const done = new Set<string>()
  const circles: string[] = []
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(' > '))
    if (done.has(file) || path.includes(file)) return
    for (const to of next.get(file) ?? []) visit(to, [...path, file])
    done.add(file)
  }
  for (const file of files) visit(file, [])
  expect(circles).toEqual([])
})

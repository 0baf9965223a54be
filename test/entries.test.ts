import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { beforeAll, describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../', import.meta.url))
const built = `${root}dist/src/`

const { exports } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as {
  exports: Readonly<Record<string, string | { readonly types: string; readonly default: string }>>
}
const entries = Object.entries(exports).flatMap(([name, target]) =>
  typeof target === 'string' ? [] : [{ name, types: root + target.types.slice(2) }],
)

let checker: ts.TypeChecker
/** What each entry exports, aliases resolved. */
const exported = new Map<string, ReadonlySet<ts.Symbol>>()

// The declarations as they are published: `npm test` builds them first.
beforeAll(() => {
  const program = ts.createProgram(
    entries.map(({ types }) => types),
    {
      module: ts.ModuleKind.NodeNext,
      target: ts.ScriptTarget.ES2023,
      skipLibCheck: true,
      strict: true,
      types: ['node'],
    },
  )
  checker = program.getTypeChecker()
  for (const { name, types } of entries) {
    const file = program.getSourceFile(types)
    const symbol = file && checker.getSymbolAtLocation(file)
    if (!symbol) throw new Error(`${types} is missing: run npm run build first`)
    exported.set(name, new Set(checker.getExportsOfModule(symbol).map(resolved)))
  }
})

const resolved = (symbol: ts.Symbol): ts.Symbol =>
  symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol

const isOurs = (declaration: ts.Declaration): boolean =>
  declaration.getSourceFile().fileName.startsWith(built) && !ts.isTypeParameterDeclaration(declaration)

/** The name in a reference to a type. `typeof` is left out, because its type is written out elsewhere. */
const referenced = (node: ts.Node): ts.Node | undefined => {
  if (ts.isTypeReferenceNode(node)) return node.typeName
  if (ts.isExpressionWithTypeArguments(node)) return node.expression
  if (ts.isImportTypeNode(node)) return node.qualifier
  return undefined
}

/** Types of ours that the declarations of a symbol mention. */
const mentionedBy = (symbol: ts.Symbol): ReadonlySet<ts.Symbol> => {
  const found = new Set<ts.Symbol>()
  const visit = (node: ts.Node): void => {
    const name = referenced(node)
    const mentioned = name && checker.getSymbolAtLocation(name)
    if (mentioned && resolved(mentioned).declarations?.some(isOurs)) found.add(resolved(mentioned))
    ts.forEachChild(node, visit)
  }
  for (const declaration of symbol.declarations ?? []) if (isOurs(declaration)) visit(declaration)
  return found
}

const placeOf = (symbol: ts.Symbol): string =>
  `${symbol.name} (${relative(built, symbol.declarations?.[0]?.getSourceFile().fileName ?? '')})`

describe.each(entries)('the entry $name', ({ name }) => {
  const own = () => exported.get(name) ?? new Set()

  test('exports every type that it mentions, or the entry for any runtime does', () => {
    const nameable = new Set([...own(), ...(exported.get('.') ?? [])])
    const missing = [...own()].flatMap((symbol) =>
      [...mentionedBy(symbol)]
        .filter((mentioned) => !nameable.has(mentioned))
        .map((mentioned) => `${placeOf(mentioned)}, mentioned by ${symbol.name}`),
    )
    expect(missing).toEqual([])
  })

  test('has a docstring for everything that it exports', () => {
    const silent = [...own()].filter(
      (symbol) => ts.displayPartsToString(symbol.getDocumentationComment(checker)).trim() === '',
    )
    expect(silent.map(placeOf)).toEqual([])
  })
})

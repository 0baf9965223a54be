import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../', import.meta.url))

const filesIn = (folder: string): readonly ts.SourceFile[] =>
  ts.sys
    .readDirectory(root + folder, ['.ts'], ['**/*.test.ts'])
    .map((path) =>
      ts.createSourceFile(relative(root, path), readFileSync(path, 'utf8'), ts.ScriptTarget.ES2023, true),
    )

const files = [...filesIn('src'), ...filesIn('bin')]

/** Private words that were replaced by the field's own, in the spelling of `spoken`. */
const privateWords = [
  'anchors',
  'at once',
  'bears our mark',
  'break for good',
  'brought',
  'circumstances',
  'dormant tenant',
  'fence',
  'foreign',
  'forgive',
  'goes on',
  'known report',
  'late sign ins?',
  'late tabs?',
  'list bases',
  'look again',
  'next turn',
  'other work',
  'outdated',
  'owed?',
  'page guard',
  'read ahead',
  'seal',
  'seen contacts',
  'shown',
  'sign outs',
  'stale listing',
  'store over',
  'survey',
  'upkeep',
  'way back',
  'whole notes',
]

/** Words that make a sentence hard to read or old-fashioned. */
const stiffWords = [
  'all that',
  'anew',
  'anyhow',
  'in the place of',
  'nobody',
  'somebody',
  'what is',
  'whoever',
]

const wholeWords = (words: readonly string[]): RegExp => new RegExp(`\\b(${words.join('|')})\\b`, 'i')

/** A name as separate words: `lateRedirects`, `LATE_REDIRECTS` → `late redirects`. */
const spoken = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase()

const exportedNames = (file: ts.SourceFile): readonly string[] =>
  file.statements.flatMap((statement) => {
    if (ts.isExportDeclaration(statement))
      return statement.exportClause && ts.isNamedExports(statement.exportClause)
        ? statement.exportClause.elements.map(({ name }) => name.text)
        : []
    const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined
    if (!modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) return []
    if (ts.isVariableStatement(statement))
      return statement.declarationList.declarations.map(({ name }) => name.getText())
    const { name } = statement as ts.DeclarationStatement
    return name ? [name.getText()] : []
  })

/** Texts of several words, which people read. Template texts without their values. */
const sentences = (file: ts.SourceFile): readonly string[] => {
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) found.push(node.text)
    else if (ts.isTemplateExpression(node))
      found.push([node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join(' … '))
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found.filter((text) => /\p{L} +\p{L}/u.test(text))
}

/** A block of lines as one text, without code in it. */
const prose = (lines: string): string =>
  lines
    .replaceAll(/^ *(?:\/\*\*?|\*|\/\/)|\*\/$/gm, '')
    .replaceAll(/`[^`]*`/g, '`')
    .replaceAll(/\s+/g, ' ')

/** Comments on lines of their own. */
const comments = ({ text }: ts.SourceFile): readonly string[] =>
  [...text.matchAll(/(?:^ *(?:\/\/|\/\*\*|\*).*\n)+/gm)].map(([block]) => prose(block))

const documents = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'SECURITY.md',
  ...ts.sys.readDirectory(`${root}docs`, ['.md']).map((path) => relative(root, path)),
]
const paragraphs = (document: string): readonly string[] =>
  readFileSync(root + document, 'utf8')
    .split(/\n\n|\n(?=- )/)
    .map(prose)

const offences = (
  texts: (file: ts.SourceFile) => readonly string[],
  words: readonly string[],
  spell = (text: string) => text,
): readonly string[] =>
  files.flatMap((file) =>
    texts(file)
      .filter((text) => wholeWords(words).test(spell(text)))
      .map((text) => `${file.fileName}: ${text}`),
  )

test('exported names speak the terms of the field', () => {
  expect(files.flatMap(exportedNames).length).toBeGreaterThan(400)
  expect(offences(exportedNames, privateWords, spoken)).toEqual([])
})

test('what people read is plain English', () => {
  expect(files.flatMap(sentences).length).toBeGreaterThan(250)
  expect(offences(sentences, stiffWords)).toEqual([])
})

test('comments and documents are plain English', () => {
  expect(files.flatMap(comments).length).toBeGreaterThan(1_000)
  expect(offences(comments, stiffWords)).toEqual([])
  expect(documents.length).toBeGreaterThan(9)
  expect(documents.flatMap(paragraphs).filter((text) => wholeWords(stiffWords).test(text))).toEqual([])
})

test('nothing in src knows that the sandbox tenant exists', () => {
  const knowing = files.filter(({ fileName, text }) => fileName.startsWith('src/') && /sandbox/i.test(text))
  expect(knowing.map(({ fileName }) => fileName)).toEqual([])
})

test('the check finds words in every place', () => {
  const file = ts.createSourceFile(
    'example.ts',
    'export const LATE_TABS = 1, ok = 2; export type { a as upkeepOf } from "./x.ts"; const s = `ask ${ok} Whoever is there`',
    ts.ScriptTarget.ES2023,
    true,
  )
  const hits = exportedNames(file).filter((name) => wholeWords(privateWords).test(spoken(name)))
  expect(hits).toEqual(['LATE_TABS', 'upkeepOf'])
  expect(sentences(file).filter((text) => wholeWords(stiffWords).test(text))).toHaveLength(1)
  const commented = ts.createSourceFile(
    'example.ts',
    '/** What\n * is left. */\nconst a = 1\n// Now `nobody` is code.\nconst b = 2\n  // But nobody is not.\n',
    ts.ScriptTarget.ES2023,
    true,
  )
  const stiff = comments(commented).filter((text) => wholeWords(stiffWords).test(text))
  expect(stiff.map((text) => text.trim())).toEqual(['What is left.', 'But nobody is not.'])
})

import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { fillSections, generatedPages } from './generated-pages.ts'
import { groupedTable } from './markdown-table.ts'

const stale = 'the machine or its commands have changed: run "npm run build && npm run diagrams" and commit'

describe('the generated sections', () => {
  it.each(Object.entries(generatedPages))(
    'of %s are those of the machine as it is now',
    async (path, sections) => {
      const page = await readFile(new URL(`../../${path}`, import.meta.url), 'utf8')
      expect(page, stale).toBe(fillSections(page, sections))
    },
  )

  it('replace only the text between their marks', () => {
    const page =
      'a\n<!-- generated: x -->\nold\n<!-- /generated -->\nb\n<!-- generated: y --><!-- /generated -->'
    expect(fillSections(page, { x: () => 'new $&' })).toBe(
      'a\n<!-- generated: x -->\n\nnew $&\n\n<!-- /generated -->\nb\n<!-- generated: y --><!-- /generated -->',
    )
    expect(() => fillSections('a page without marks', { x: () => '' })).toThrow(TypeError)
  })
})

it('a grouped table joins equal rows and equal columns', () => {
  const table = groupedTable('corner', ['a', 'b', 'c'], ['x', 'y', 'z'], (row, column) =>
    row === 'b' && column === 'y' ? 'other' : 'same',
  )
  expect(table.split('\n')).toEqual([
    '| corner | x, z | y |',
    '|---|---|---|',
    '| **a**, **c** | same | same |',
    '| **b** | same | other |',
  ])
})

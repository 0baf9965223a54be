import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const text = readFileSync(new URL('../CHANGELOG.md', import.meta.url), 'utf8')
const lines = text.split('\n')

/** https://keepachangelog.com/en/1.1.0/ */
const kinds = ['Added', 'Changed', 'Deprecated', 'Removed', 'Fixed', 'Security']
const version = /^## \[\d+\.\d+\.\d+\] - \d{4}-\d{2}-\d{2}$/

test('the changelog begins with the unreleased changes, and dates every version', () => {
  const [first, ...others] = lines.filter((line) => line.startsWith('## '))
  expect(first).toBe('## [Unreleased]')
  expect(others.filter((line) => !version.test(line))).toEqual([])
})

test('the changelog has only the kinds of changes of Keep a Changelog', () => {
  const headings = lines.filter((line) => line.startsWith('### ')).map((line) => line.slice(4))
  expect(headings.filter((heading) => !kinds.includes(heading))).toEqual([])
})

test('each entry of the changelog is a sentence and occurs once', () => {
  const entries = text
    .split(/^(?=- |#)/m)
    .filter((part) => part.startsWith('- '))
    .map((entry) => entry.slice(2).replaceAll(/\s+/g, ' ').trim())
  expect(entries.length).toBeGreaterThan(10)
  expect(entries.filter((entry) => !/^[A-Z`][^]*\.$/.test(entry))).toEqual([])
  expect(new Set(entries).size).toBe(entries.length)
})

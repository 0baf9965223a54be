import { expect, test } from 'vitest'
import { railLetters } from './letters.ts'

const rail = (labels: string) =>
  railLetters(Array.from(labels, (label) => ({ label }))).map(({ label, section }) =>
    section === null ? label.toLowerCase() : label,
  )

test('letters of the alphabet without contacts are there, too', () => {
  expect(rail('AC#').join('')).toBe('AbCdefghijklmnopqrstuvwxyz#')
})

test('further letters stand where their sections do', () => {
  expect(rail('NÑP').join('')).toBe('abcdefghijklmNÑoPqrstuvwxyz')
  expect(rail('ASÅ#').join('')).toBe('AbcdefghijklmnopqrStuvwxyzÅ#')
})

test('another alphabet has the letters that have contacts', () => {
  expect(rail('БВЯ#')).toEqual(['Б', 'В', 'Я', '#'])
  expect(rail('')).toEqual([])
})

test('each letter knows its section', () => {
  expect(railLetters([{ label: 'B' }, { label: '#' }]).filter(({ section }) => section !== null)).toEqual([
    { label: 'B', section: 0 },
    { label: '#', section: 1 },
  ])
})

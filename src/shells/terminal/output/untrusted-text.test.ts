import { describe, expect, it } from 'vitest'
import { untrustedText, isolatedText, jsonLine } from './untrusted-text.ts'

describe('text from a service', () => {
  it('cannot control the terminal', () => {
    expect(untrustedText('Eve\u001b[2J\u001b]0;owned\u0007')).toBe('Eve [2J ]0;owned')
    expect(untrustedText('a\u009b31mb\u0000c\u007fd')).toBe('a 31mb c d')
  })

  it('cannot break the line', () => {
    expect(untrustedText('two\r\nlines\u2028three\tfour')).toBe('two lines three four')
  })

  it('cannot reorder the text around it', () => {
    expect(untrustedText('evil\u202egnp.exe\u2069')).toBe('evilgnp.exe')
    expect(isolatedText('\u2069דוד\u2066')).toBe('\u2068דוד\u2069')
  })

  it('is isolated only if it is written from right to left', () => {
    for (const text of ['דוד', 'Zoë محمد', '+31 دبي', '\u{1e900}', 'ޖ', '\u200f!'])
      expect(isolatedText(text)).toBe(`\u2068${text}\u2069`)
    for (const text of ['+31 (0)20 123', 'zoe@example.org', 'José', '山田', '12:30', '!?', '🙂', ''])
      expect(isolatedText(text)).toBe(text)
  })

  it('stays unchanged in every script', () => {
    for (const name of ['José', '山田 太郎', 'दीपिका', '👩‍👩‍👧', 'م‌ح']) expect(untrustedText(name)).toBe(name)
    expect(untrustedText('half \ud83d of it')).toBe('half \ufffd of it')
  })
})

it('JSON is safe to print and keeps its value', () => {
  const value = { name: 'a\u009b31m\u001b\u202e\u2068b\u007f\u2028\ud800', plain: 'דוד' }
  const line = jsonLine(value)
  expect(JSON.parse(line)).toEqual(value)
  expect(line).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u)
  expect(line).toContain('דוד')
})

import { expect, test } from 'vitest'
import { theme } from './theme.ts'

type Color = readonly [number, number, number]

const tokens = new Map(
  [...theme.cssText.matchAll(/(--_[a-z-]+):\s*([^;]+);/g)].map(([, name = '', value = '']) => [
    name,
    value.trim(),
  ]),
)

/** Splits `a, b(c, d)` at the commas outside of parentheses. */
const parts = (list: string): readonly string[] => {
  const found = ['']
  let depth = 0
  for (const character of list) {
    if (character === '(') depth++
    if (character === ')') depth--
    if (character === ',' && depth === 0) found.push('')
    else found.push((found.pop() ?? '') + character)
  }
  return found.map((part) => part.trim())
}

/** The default color of a value in one scheme. Knows what the theme uses. */
const colorOf = (value: string, scheme: 'light' | 'dark'): Color => {
  const [, name = '', list = ''] = /^([a-z-]+)\((.*)\)$/s.exec(value) ?? []
  const [first = '', second = '', third = ''] = parts(list)
  if (value.startsWith('#'))
    return [1, 3, 5].map((at) => parseInt(value.slice(at, at + 2), 16)) as unknown as Color
  if (name === 'light-dark') return colorOf(scheme === 'light' ? first : second, scheme)
  if (name === 'var') return colorOf(tokens.get(first) ?? second, scheme)
  if (name === 'color-mix') {
    const [, color = '', share = ''] = /^(.*) (\d+)%$/s.exec(second) ?? []
    const [one, other] = [colorOf(color, scheme), colorOf(third, scheme)]
    return one.map(
      (part, at) => (part * Number(share) + (other[at] ?? 0) * (100 - Number(share))) / 100,
    ) as unknown as Color
  }
  throw new Error(`unknown color: ${value}`)
}

/** WCAG 2.2, "relative luminance". */
const luminance = (color: Color): number => {
  const [red = 0, green = 0, blue = 0] = color.map((part) =>
    part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4,
  )
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

const contrast = (one: string, other: string, scheme: 'light' | 'dark'): number => {
  const [a, b] = [one, other].map((name) => luminance(colorOf(`var(${name})`, scheme)))
  return (Math.max(a ?? 0, b ?? 0) + 0.05) / (Math.min(a ?? 0, b ?? 0) + 0.05)
}

const surfaces = ['--_surface', '--_canvas', '--_hover', '--_selected']
const tinted = ['--_danger-surface', '--_warning-surface', '--_success-surface']

const texts: readonly (readonly [string, readonly string[]])[] = [
  ['--_text', [...surfaces, ...tinted, '--_pressed']],
  ['--_text-muted', [...surfaces, ...tinted]],
  ['--_accent', ['--_surface', '--_canvas', '--_selected']],
  ['--_on-accent', ['--_accent']],
  ['--_danger', ['--_surface', '--_danger-surface']],
  ['--_warning', ['--_surface', '--_selected', '--_warning-surface']],
  ['--_success', ['--_surface', '--_success-surface']],
]

test.each(['light', 'dark'] as const)('in a %s page, every text has a contrast of 4.5:1', (scheme) => {
  const low = texts.flatMap(([text, grounds]) =>
    grounds
      .map((ground) => ({ text, ground, contrast: contrast(text, ground, scheme) }))
      .filter(({ contrast }) => contrast < 4.5),
  )
  expect(low).toEqual([])
})

test.each(['light', 'dark'] as const)(
  'in a %s page, the borders of controls have a contrast of 3:1',
  (scheme) => {
    for (const ground of ['--_surface', '--_canvas'])
      expect(contrast('--_control-line', ground, scheme)).toBeGreaterThanOrEqual(3)
  },
)

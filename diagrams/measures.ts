import type { ChartLabel, ChartState } from './statechart.ts'

/** In pixels. The font is monospaced, so the width of a text is known without the font. */
export const FONT_SIZE = 12
export const LINE_HEIGHT = 15
const CHARACTER = FONT_SIZE * 0.602

export interface Size {
  readonly width: number
  readonly height: number
}

export const STATE_FONT_SIZE = 15

export const stateSize = ({ task }: ChartState): Size => ({ width: 150, height: task === null ? 44 : 58 })

/** The event, and the guard below it, which keeps labels narrow. */
export const labelLines = (labels: readonly ChartLabel[]): readonly LabelLine[] =>
  labels.flatMap(({ event, guard }) => [
    { text: event, isGuard: false },
    ...(guard === null ? [] : [{ text: `[${guard}]`, isGuard: true }]),
  ])

export interface LabelLine {
  readonly text: string
  readonly isGuard: boolean
}

export const labelSize = (labels: readonly ChartLabel[]): Size => {
  const lines = labelLines(labels)
  const longest = Math.max(...lines.map(({ text }) => text.length))
  return { width: Math.ceil(longest * CHARACTER) + 8, height: lines.length * LINE_HEIGHT }
}

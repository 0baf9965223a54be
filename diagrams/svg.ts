import type { Box, Layout, Point } from './layout.ts'
import { FONT_SIZE, labelLines, LINE_HEIGHT, STATE_FONT_SIZE } from './measures.ts'
import type { ChartLabel, ChartState, Statechart } from './statechart.ts'

const CAPTION_HEIGHT = 34

const style = `
  svg { --paper: #ffffff; --ink: #1f2328; --line: #59636e; --quiet: #59636e; --fill: #f6f8fa; --task: #0969da; --busy: #ddf4ff }
  @media (prefers-color-scheme: dark) {
    svg { --paper: #0d1117; --ink: #f0f6fc; --line: #9198a1; --quiet: #9198a1; --fill: #151b23; --task: #4493f8; --busy: #121d2f }
  }
  text { font: ${FONT_SIZE}px ui-monospace, SFMono-Regular, Menlo, Consolas, 'Liberation Mono', monospace; fill: var(--ink) }
  .paper { fill: var(--paper) }
  .state { fill: var(--fill); stroke: var(--line); stroke-width: 1.2 }
  .busy { fill: var(--busy); stroke: var(--task) }
  .name { font-size: ${STATE_FONT_SIZE}px; font-weight: 600; text-anchor: middle }
  .task { fill: var(--task); text-anchor: middle }
  .arrow { fill: none; stroke: var(--line); stroke-width: 1.2; marker-end: url(#head) }
  .head, .start { fill: var(--line) }
  .label { paint-order: stroke; stroke: var(--paper); stroke-width: 4px; stroke-linejoin: round }
  .quiet { fill: var(--quiet) }
`

/** The chart as a picture for light and dark pages, with a description in words for screen readers. */
export const svg = (chart: Statechart, { width, height, start, states, arrows }: Layout): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${px(width)} ${px(height + CAPTION_HEIGHT)}" \
width="${px(width)}" height="${px(height + CAPTION_HEIGHT)}" role="img" aria-labelledby="title desc">
<title id="title">Statechart of ${xml(chart.title)}</title>
<desc id="desc">${xml(describe(chart))}</desc>
<style>${style}</style>
<defs><marker id="head" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" orient="auto">\
<path class="head" d="M0 1 10 5 0 9z"/></marker></defs>
<rect class="paper" width="100%" height="100%"/>
<circle class="start" cx="${px(start.x + start.width / 2)}" cy="${px(start.y + start.height / 2)}" r="${px(start.width / 2)}"/>
${arrows.map(({ path }) => `<path class="arrow" d="${rounded(path)}"/>`).join('\n')}
${states.map(({ state, box }) => drawState(state, box)).join('\n')}
${arrows.flatMap(({ arrow, label }) => (arrow && label ? [drawLabels(arrow.labels, label)] : [])).join('\n')}
${chart.everywhere.map(({ to, labels }) => drawCaption(to, labels, height)).join('\n')}
</svg>
`

const drawState = ({ name, task }: ChartState, { x, y, width, height }: Box): string => {
  const middle = px(x + width / 2)
  const nameLine = task === null ? y + height / 2 + 5 : y + 24
  const lines = [`<text class="name" x="${middle}" y="${px(nameLine)}">${xml(name)}</text>`]
  if (task !== null) {
    lines.push(`<text class="task" x="${middle}" y="${px(y + 44)}">task: ${xml(task)}</text>`)
  }
  const rect = `<rect class="state${task === null ? '' : ' busy'}" x="${px(x)}" y="${px(y)}" \
width="${px(width)}" height="${px(height)}" rx="9"/>`
  return [rect, ...lines].join('\n')
}

const drawLabels = (labels: readonly ChartLabel[], { x, y }: Box): string =>
  labelLines(labels)
    .map(({ text, isGuard }, line) => {
      const place = `x="${px(x + 4)}" y="${px(y + LINE_HEIGHT * line + 11)}"`
      return `<text class="label${isGuard ? ' quiet' : ''}" ${place}>${xml(text)}</text>`
    })
    .join('\n')

const drawCaption = (to: string, labels: readonly ChartLabel[], height: number): string =>
  labels
    .map(
      (label) =>
        `<text x="20" y="${px(height + 10)}"><tspan class="quiet">from every state: </tspan>${inline(label)}\
<tspan class="quiet"> → </tspan>${xml(to)}</text>`,
    )
    .join('\n')

const inline = ({ event, guard }: ChartLabel): string =>
  xml(event) + (guard === null ? '' : `<tspan class="quiet"> [${xml(guard)}]</tspan>`)

/** The chart in words: states with their tasks, then the transitions. */
const describe = ({ initial, states, arrows, everywhere }: Statechart): string => {
  const names = states.map(({ name, task }) => (task === null ? name : `${name} (runs ${task})`))
  const moves = arrows.map(({ from, to, labels }) => `From ${from} to ${to}: ${words(labels)}.`)
  const always = everywhere.map(({ to, labels }) => `From every state to ${to}: ${words(labels)}.`)
  return [`States: ${names.join(', ')}. It begins in ${initial}.`, ...moves, ...always].join(' ')
}

const words = (labels: readonly ChartLabel[]) =>
  labels.map(({ event, guard }) => (guard === null ? event : `${event} if ${guard}`)).join(', ')

const RADIUS = 6

/** A path through the points, with rounded corners. */
export const rounded = (points: readonly Point[]): string =>
  points
    .map((point, index) => {
      const before = points[index - 1]
      const after = points[index + 1]
      if (!before) return `M${at(point)}`
      if (!after) return `L${at(point)}`
      return `L${at(towards(point, before))} Q${at(point)} ${at(towards(point, after))}`
    })
    .join(' ')

const towards = (from: Point, to: Point): Point => {
  // Every segment is horizontal or vertical.
  const length = Math.abs(to.x - from.x) + Math.abs(to.y - from.y)
  const part = length === 0 ? 0 : Math.min(RADIUS, length / 2) / length
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part }
}

const at = ({ x, y }: Point) => `${px(x)} ${px(y)}`

/** A tenth of a pixel is enough, and keeps the bytes the same wherever they are computed. */
export const px = (value: number) => String(Math.round(value * 10) / 10)

const xml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

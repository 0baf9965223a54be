import type { Size } from './scenarios.ts'
import type { Summary } from './summary.ts'

export interface Panel {
  readonly title: string
  readonly summary: Summary
  readonly outcome: { readonly sent: readonly number[]; readonly refused: readonly number[] }
}

const WIDTH = 860
const LEFT = 84
const RIGHT = 20
const HEAD = 104
const PANEL = 150
const PLOT = 88
const FOOT = 44
const plotWidth = WIDTH - LEFT - RIGHT

/** Seconds on the time axis. By then all devices are done but those with a delayed start. */
const LAST = 60
/** The axis is logarithmic. Values below the first decade are not visible. */
const decades = [100, 1_000, 10_000, 100_000, 1_000_000]
const decadeNames = ['100', '1,000', '10,000', '100,000', '1,000,000']

const style = `
  svg { --paper: #ffffff; --ink: #1f2328; --quiet: #59636e; --grid: #d1d9e0; --answered: #0969da; --refused: #f0b072; --limit: #1f2328 }
  @media (prefers-color-scheme: dark) {
    svg { --paper: #0d1117; --ink: #f0f6fc; --quiet: #9198a1; --grid: #3d444d; --answered: #4493f8; --refused: #9a5b1f; --limit: #f0f6fc }
  }
  text { font: 12px ui-monospace, SFMono-Regular, Menlo, Consolas, 'Liberation Mono', monospace; fill: var(--ink) }
  .paper { fill: var(--paper) }
  .title { font-size: 16px; font-weight: 600 }
  .name { font-weight: 600 }
  .quiet { fill: var(--quiet) }
  .end { text-anchor: end }
  .middle { text-anchor: middle }
  .note { text-anchor: end; paint-order: stroke; stroke: var(--paper); stroke-width: 4px; stroke-linejoin: round }
  .grid { stroke: var(--grid); stroke-width: 1 }
  .axis { stroke: var(--quiet); stroke-width: 1 }
  .limit { stroke: var(--limit); stroke-width: 1; stroke-dasharray: 4 4 }
  .answered { fill: var(--answered) }
  .refused { fill: var(--refused) }
`

/** The load per second, with a panel for each behaviour, for light and dark pages. */
export const fleetChart = ({ devices, steps, limit }: Size, panels: readonly Panel[]): string => {
  const height = HEAD + PANEL * panels.length + FOOT
  const requests = steps.reduce((sum, width) => sum + width, 0)
  const title = `${count(devices)} devices refresh at nine in the morning`
  const subtitle = `${requests} ${requests === 1 ? 'request' : 'requests'} each; the service answers ${count(limit)} a second and refuses the others with 429, Retry-After: 1`
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" \
role="img" aria-labelledby="title desc">
<title id="title">${title}</title>
<desc id="desc">${subtitle}. ${panels.map((panel) => `${panel.title}: ${figures(panel.summary)}.`).join(' ')}</desc>
<style>${style}</style>
<rect class="paper" width="100%" height="100%"/>
<text class="title" x="20" y="30">${title}</text>
<text class="quiet" x="20" y="52">${subtitle}</text>
${legend(limit)}
${panels.map((panel, index) => drawPanel(panel, limit, HEAD + PANEL * index)).join('\n')}
${timeAxis(HEAD + PANEL * panels.length)}
</svg>
`
}

const legend = (limit: number): string => {
  const y = 78
  return [
    `<text class="quiet" x="20" y="${y}">requests a second (logarithmic):</text>`,
    `<rect class="answered" x="264" y="${y - 10}" width="12" height="12"/><text x="282" y="${y}">answered</text>`,
    `<rect class="refused" x="362" y="${y - 10}" width="12" height="12"/><text x="380" y="${y}">sent, including refused</text>`,
    `<line class="limit" x1="596" x2="620" y1="${y - 4}" y2="${y - 4}"/><text x="628" y="${y}">limit, ${count(limit)} a second</text>`,
  ].join('\n')
}

const drawPanel = ({ title, summary, outcome }: Panel, limit: number, top: number): string => {
  const floor = top + 40 + PLOT
  const answered = outcome.sent.map((sent, second) => sent - (outcome.refused[second] ?? 0))
  const lines = decades.flatMap((value, index) => {
    const y = px(floor - rise(value))
    const line = `<line class="${index === 0 ? 'axis' : 'grid'}" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y}" y2="${y}"/>`
    return [
      line,
      `<text class="quiet end" x="${LEFT - 8}" y="${px(floor - rise(value) + 4)}">${decadeNames[index] ?? ''}</text>`,
    ]
  })
  const limitAt = px(floor - rise(limit))
  const end = summary.all ?? outcome.sent.length
  return [
    `<text class="name" x="20" y="${top + 12}">${title}</text>`,
    `<text class="quiet" x="20" y="${top + 29}">${figures(summary)}</text>`,
    ...lines,
    bars('refused', outcome.sent, floor),
    bars('answered', answered, floor),
    `<line class="limit" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${limitAt}" y2="${limitAt}"/>`,
    ...(end > LAST
      ? [
          `<text class="note" x="${WIDTH - RIGHT - 6}" y="${px(floor - rise(limit) - 8)}">continues until ${Math.round(end)} s</text>`,
        ]
      : []),
  ].join('\n')
}

const timeAxis = (y: number): string => {
  const marks = Array.from({ length: LAST / 10 + 1 }, (_, index) => index * 10)
  const texts = marks.map((second) => {
    const x = px(LEFT + (second / LAST) * plotWidth)
    return `<text class="quiet middle" x="${x}" y="${y - 4}">${second}</text>`
  })
  return [
    ...texts,
    `<text class="middle" x="${LEFT + plotWidth / 2}" y="${y + 18}">seconds after nine</text>`,
  ].join('\n')
}

/** One path for all seconds, which is much smaller than a rectangle for each. */
const bars = (name: string, counts: readonly number[], floor: number): string => {
  const width = plotWidth / LAST
  const steps = counts.slice(0, LAST).map((value, second) => {
    return `V${px(floor - rise(value))}H${px(LEFT + (second + 1) * width)}`
  })
  return `<path class="${name}" d="M${LEFT} ${px(floor)}${steps.join('')}V${px(floor)}Z"/>`
}

/** Pixels above the floor. */
const rise = (value: number): number => {
  const [lowest = 1, highest = 1] = [decades[0], decades.at(-1)]
  return value <= lowest ? 0 : (Math.log10(value / lowest) / Math.log10(highest / lowest)) * PLOT
}

const figures = ({ sent, refused, peak, failed, most, all }: Summary): string => {
  const done = most === null ? null : `99 % done after ${seconds(most)}`
  const everybody = all === null ? `${count(failed)} devices fail` : `all after ${seconds(all)}`
  const load = `${count(sent)} requests, ${count(refused)} refused, at most ${count(peak)} a second`
  return [load, done, everybody].filter((text) => text !== null).join('; ')
}

const seconds = (value: number) => `${Math.round(value)} s`
const count = (value: number) => value.toLocaleString('en')
const px = (value: number) => String(Math.round(value * 10) / 10)

import { markdown, medianOf } from '../harness/report.ts'
import type { Size } from './scenarios.ts'
import type { Summary } from './summary.ts'

const columns = [
  medianOf('sent', 'requests'),
  medianOf('refused', 'refused'),
  medianOf('peak', 'most per second'),
  medianOf('failed', 'devices that failed'),
  medianOf('half', '50 % done, s', 1),
  medianOf('most', '99 % done, s', 1),
  medianOf('all', 'all done, s', 1),
]

/** The results of a fleet, with a row for each behaviour. */
export const summaryTable = (
  { devices, steps, complete, limit }: Size,
  rows: readonly { readonly title: string; readonly summary: Summary }[],
): string => {
  const count = (value: number) => value.toLocaleString('en')
  const each =
    complete === undefined
      ? 'each'
      : `each, ${complete.steps.join(' + ')} for ${count(complete.devices)} of them`
  const unit = steps.join() === '1' ? 'request' : 'requests'
  const title = `${count(devices)} devices, ${steps.join(' + ')} ${unit} ${each}, ${count(limit)} a second answered`
  return markdown({
    title,
    columns,
    rows: rows.map(({ title, summary }) => {
      const figures = Object.entries(summary).map(([name, value]: [string, number | null]) => [
        name,
        value ?? NaN,
      ])
      const medians = Object.fromEntries(figures) as Record<string, number>
      return { name: title, medians, ratio: NaN, samples: [] }
    }),
  })
}

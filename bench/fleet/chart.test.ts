import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { fleetChart } from './chart.ts'
import { fleetOf, morning, scenarios, type ScenarioName } from './scenarios.ts'
import { simulateFleet } from './simulate-fleet.ts'
import { summary } from './summary.ts'

const names = Object.keys(scenarios) as ScenarioName[]

const drawn = async () => {
  const panels = []
  for (const name of names) {
    const outcome = await simulateFleet(fleetOf(name, { devices: 50, steps: [1, 1], limit: 20 }))
    panels.push({ title: scenarios[name].title, outcome, summary: summary(outcome) })
  }
  return fleetChart({ devices: 50, steps: [1, 1], limit: 20 }, panels)
}

test('the picture has a panel for each behaviour, and a description with the same numbers', async () => {
  const picture = await drawn()
  expect(picture.match(/<path class="refused"/g)).toHaveLength(names.length)
  expect(picture.match(/<path class="answered"/g)).toHaveLength(names.length)
  const words = /<desc id="desc">(.*)<\/desc>/.exec(picture)?.[1] ?? ''
  for (const { title } of Object.values(scenarios)) {
    expect(picture).toContain(`<text class="name" x="20"`)
    expect(words).toContain(`${title}: `)
  }
  expect(picture).not.toMatch(/NaN|undefined|Infinity/)
})

test('the picture in docs shows the behaviours that are simulated', async () => {
  const picture = await readFile(new URL('../../docs/fleet.svg', import.meta.url), 'utf8')
  for (const { title } of Object.values(scenarios)) expect(picture).toContain(`>${title}</text>`)
  expect(picture).toContain(`${morning.devices.toLocaleString('en')} devices`)
})

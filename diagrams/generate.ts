import { readFile, writeFile } from 'node:fs/promises'
import { linkedAccount } from '../src/machines/linked-account.ts'
import { CHART_MODULE, chartModule } from './chart-module.ts'
import { definition } from './definition.ts'
import { layout } from './layout.ts'
import { mermaid } from './mermaid.ts'
import { statechart } from './statechart.ts'
import { svg } from './svg.ts'
import { fillSections, generatedPages } from './tables/generated-pages.ts'

// The root of the package, so that the built script writes beside its source and not into dist.
const root = new URL('.', import.meta.resolve('device-contacts/package.json'))
const chart = statechart(linkedAccount)

await writeFile(new URL('diagrams/linked-account.mmd', root), mermaid(chart))
await writeFile(new URL('diagrams/linked-account.svg', root), svg(chart, await layout(chart)))
await writeFile(new URL(CHART_MODULE, root), chartModule(chart, await layout(chart, 'none')))
await writeFile(new URL('diagrams/linked-account.json', root), definition(linkedAccount))
for (const [path, sections] of Object.entries(generatedPages)) {
  const page = new URL(path, root)
  await writeFile(page, fillSections(await readFile(page, 'utf8'), sections))
}

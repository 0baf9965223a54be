import { writeFile } from 'node:fs/promises'
import { linkedAccount } from '../src/machines/linked-account.ts'
import { layout } from './layout.ts'
import { mermaid } from './mermaid.ts'
import { statechart } from './statechart.ts'
import { svg } from './svg.ts'

// The package's own root, so that the built script writes beside its source and not into dist.
const folder = new URL('diagrams/', import.meta.resolve('device-contacts/package.json'))
const chart = statechart(linkedAccount)

await writeFile(new URL('linked-account.mmd', folder), mermaid(chart))
await writeFile(new URL('linked-account.svg', folder), svg(chart, await layout(chart)))

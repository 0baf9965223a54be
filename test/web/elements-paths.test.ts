import { linkedAccount } from '../../src/machines/linked-account.ts'
import { pathsOf } from '../../src/testing/model-paths.ts'
import { walkPath } from '../../src/testing/walk-path.ts'
import { test } from '../browser-test.ts'
import { soakTurn } from '../soak.ts'
import { elementsDriver } from './elements-driver.ts'
import { pacedGraph } from './paced-graph.ts'
import { decide } from './person.ts'

const paths = pathsOf(linkedAccount, 'covering').map((path) => [path.name, path] as const)

/** Outside of a soak, `paths.test.ts` walks the others. */
test.for(soakTurn(paths, 2, 1))(
  'by clicks on the elements: %s',
  async ([, path], { context, ownElements: { sandbox, address } }) => {
    const graph = await pacedGraph(context, sandbox)
    const page = await context.newPage()
    await page.goto(`${address}#settings`)
    const driver = elementsDriver(page, graph.service, decide)
    await walkPath(path, {
      ...driver,
      command: async (type) => {
        graph.begin(type)
        // Each sign-in asks the person, as one does whose access has ended.
        if (type === 'restart') sandbox.revokeConsent('user')
        await driver.command(type)
      },
    })
  },
)

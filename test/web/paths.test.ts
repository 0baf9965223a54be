import { pageDriver } from '../../examples/web/page-driver.ts'
import { linkedAccount } from '../../src/machines/linked-account.ts'
import { MODEL_CONTACTS } from '../../src/testing/account-model.ts'
import { pathsOf } from '../../src/testing/model-paths.ts'
import { walkPath } from '../../src/testing/walk-path.ts'
import { test as browserTest } from '../browser-test.ts'
import { soakTurn } from '../soak.ts'
import { openExample } from './example-page.ts'
import { pacedGraph } from './paced-graph.ts'
import { decide } from './person.ts'

const test = browserTest.extend('contacts', { scope: 'file' }, MODEL_CONTACTS.few)

const paths = pathsOf(linkedAccount, 'covering').map((path) => [path.name, path] as const)

/** Outside of a soak, `elements-paths.test.ts` walks the others. */
test.for(soakTurn(paths, 2, 0))('by clicks: %s', async ([, path], { context, ownApp }) => {
  const graph = await pacedGraph(context, ownApp.sandbox)
  const { tab } = await openExample(context, ownApp)
  const driver = pageDriver(tab, graph.service, decide)
  await walkPath(path, {
    ...driver,
    command: async (type) => {
      graph.begin(type)
      // Each sign-in asks the person, as one does whose access has ended.
      if (type === 'restart') ownApp.sandbox.revokeConsent('user')
      await driver.command(type)
    },
  })
})

import { expect, test } from 'vitest'
import { graphVisitor } from '../graph-visitor.ts'
import { startSandbox } from '../index.ts'

const GRAPH = 'https://graph.microsoft.com'

test('links lead to the origin under which clients know this Graph', async () => {
  const sandbox = await startSandbox({ contacts: 15, folders: 0, distributionLists: 0, linkOrigin: GRAPH })
  try {
    const graph = graphVisitor(sandbox)
    const { nextLink = '' } = await graph.get('/me/contacts')
    expect(nextLink).toMatch(new RegExp(`^${GRAPH}/v1.0/me/contacts\\?`))
    expect((await graph.get(nextLink.replace(GRAPH, sandbox.origin))).value).toHaveLength(5)
  } finally {
    await sandbox.close()
  }
})

test('a new contact may come before all others, because Graph promises no order', async () => {
  const sandbox = await startSandbox({ contacts: 3, folders: 0, distributionLists: 0 })
  try {
    const mailbox = sandbox.mailbox('user')
    mailbox.add({ displayName: 'First' }, { first: true })
    mailbox.add({ displayName: 'Last' })
    const { value } = await graphVisitor(sandbox).get('/me/contacts')
    expect([value[0]?.displayName, value.at(-1)?.displayName, value.length]).toEqual(['First', 'Last', 5])
  } finally {
    await sandbox.close()
  }
})

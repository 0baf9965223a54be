import { afterEach, expect, vi } from 'vitest'
import { test } from '../temp-folder.ts'
import { startSandbox } from '../../sandbox/index.ts'
import type { Sandbox } from '../../sandbox/index.ts'

const tenant = vi.hoisted(() => ({ options: {} }))

// The example unchanged, but with the sandbox instead of Microsoft and a robot instead of a person.
vi.mock(import('device-contacts/node'), async (original) => {
  const node = await original()
  return { ...node, microsoft365: (options) => node.microsoft365({ ...options, ...tenant.options }) }
})

let sandbox: Sandbox
let folder: string
const before = process.cwd()

test.beforeEach(async ({ folder: own }) => {
  sandbox = await startSandbox({ contacts: 30 })
  const { graphUrl, signInOptions, robot } = sandbox
  const person = robot({ decision: 'accept' })
  // Visits the address once it is printed, as a person would whose browser does not open.
  const openBrowser = async () => {
    const line = await vi.waitFor(() => {
      const lines = vi.mocked(console.log).mock.calls.flat().map(String)
      const found = lines.find((said) => said.startsWith('To sign in, open '))
      if (found === undefined) throw new Error('not printed yet')
      return found
    })
    return person(line.replace('To sign in, open ', ''))
  }
  tenant.options = { ...signInOptions, graphUrl, openBrowser }
  folder = own
  process.chdir(folder)
})
afterEach(async () => {
  process.chdir(before)
  await sandbox.close()
  vi.restoreAllMocks()
})

test('the example signs in at the address that it prints, imports and shows the contacts', async () => {
  const said = vi.spyOn(console, 'log').mockReturnValue()
  await import('../../examples/embed.ts')
  expect(said.mock.calls.flat()).toEqual([
    '0 contacts on this device',
    expect.stringMatching(/^To sign in, open http:\/\/(localhost|127\.0\.0\.1):\d+\//),
    '30 contacts on this device',
    'imported',
  ])
})

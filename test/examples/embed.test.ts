import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { startSandbox } from '../../sandbox/index.ts'
import type { Sandbox } from '../../sandbox/index.ts'

const tenant = vi.hoisted(() => ({ options: {} }))

// The example as it is, but for its tenant: the sandbox instead of Microsoft, a robot instead of a person.
vi.mock(import('device-contacts/node'), async (original) => {
  const node = await original()
  return { ...node, microsoft365: (options) => node.microsoft365({ ...options, ...tenant.options }) }
})

let sandbox: Sandbox
let folder: string
const before = process.cwd()

beforeEach(async () => {
  sandbox = await startSandbox({ contacts: 30 })
  const { graphUrl, signInOptions, robot } = sandbox
  tenant.options = { ...signInOptions, graphUrl, openBrowser: robot({ decision: 'accept' }) }
  folder = await mkdtemp(join(tmpdir(), 'device-contacts-example-'))
  process.chdir(folder)
})
afterEach(async () => {
  process.chdir(before)
  await sandbox.close()
  await rm(folder, { recursive: true })
  vi.restoreAllMocks()
})

test('the example of embedding signs in, imports and shows the contacts', async () => {
  const said = vi.spyOn(console, 'log').mockReturnValue()
  await import('../../examples/embed.ts')
  expect(said.mock.calls.flat()).toEqual([
    '0 contacts on this device',
    '30 contacts on this device',
    'imported',
  ])
})

import { join } from 'node:path'
import { expect } from 'vitest'
import { test } from '../temp-folder.ts'
import { lastRecord } from '../terminal-command.ts'
import { startIn } from '../terminal-process.ts'

test.for([
  { HTTPS_PROXY: 'http://127.0.0.1:9', HTTP_PROXY: 'http://127.0.0.1:9', ALL_PROXY: 'http://127.0.0.1:9' },
  { https_proxy: 'socks5://ada:secret@proxy.example.test', http_proxy: 'no address' },
  // From Node 24 on, the runtime's own fetch would use the proxy for this machine too.
  { HTTP_PROXY: 'http://127.0.0.1:9', NODE_USE_ENV_PROXY: '1' },
])('the sandbox is on this machine, so that no proxy is used for it: %j', async (settings, { folder }) => {
  const { ended } = startIn(settings, 'import', '--contacts', '5', '--store', join(folder, 'c.db'), '--json')
  const outcome = await ended
  expect(lastRecord(outcome)).toMatchObject({ state: 'imported', imported: 5, code: null })
  expect(outcome.stderr + outcome.stdout).not.toContain('secret')
})

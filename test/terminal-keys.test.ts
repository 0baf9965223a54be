import { readdir, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect } from 'vitest'
import { test } from './imported-store.ts'
import { lastRecord, records, run } from './terminal-command.ts'

test('status and doctor say where the key is, and list what cannot be read without it', async ({
  importedStore,
}) => {
  const store = await importedStore(20)
  const [key = ''] = (await readdir(`${store}.keys`)).filter((name) => name.endsWith('.key'))
  const place = { kind: 'file', path: join(`${store}.keys`, key) }
  expect(records(await run('status', '--store', store, '--json'))).toMatchObject([{ key: place }])
  expect(lastRecord(await run('doctor', '--store', store, '--json'))).toMatchObject({
    keys: { microsoft365: place },
  })
  for (const command of ['status', 'doctor'])
    expect((await run(command, '--store', store)).stdout).toContain(`a key in ${store}.keys.`)

  await rename(place.path, join(dirname(store), 'kept'))
  expect(records(await run('status', '--store', store, '--json'))).toMatchObject([
    { state: 'imported', key: null, list: { status: 'lost' } },
  ])
  const listed = await run('list', '--store', store, '--json')
  expect(listed.code).toBe(1)
  expect(records(listed)).toMatchObject([{ code: 'storage-key-lost' }])
  expect(lastRecord(await run('doctor', '--store', store, '--json'))).toMatchObject({
    ok: false,
    keys: {},
    findings: [{ code: 'list-key-lost' }],
  })

  await rename(join(dirname(store), 'kept'), place.path)
  expect((await run('list', '--store', store)).code).toBe(0)
})

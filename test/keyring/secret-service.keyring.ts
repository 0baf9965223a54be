import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AsyncEntry } from '@napi-rs/keyring'
import { beforeEach, expect, test } from 'vitest'
import { keyRingVault } from '../../src/adapters/keys/ring/key-ring-vault.ts'
import { systemVault } from '../../src/adapters/keys/system-vault.ts'
import { sqliteLocks } from '../../src/adapters/stores/sqlite/run-locks.ts'
import type { KeyVault } from '../../src/ports/key-vault.ts'
import { keyVaultContract } from '../../src/testing/contracts/key-vault-contract.ts'
import { newFolder } from '../temp-folder.ts'

/** Calls a method on the session bus. Returns its answer as text. */
const call = (destination: string, path: string, method: string, ...args: readonly string[]): string => {
  const { status, stdout, stderr } = spawnSync(
    'dbus-send',
    ['--session', '--print-reply', `--dest=${destination}`, path, method, ...args],
    { encoding: 'utf8' },
  )
  if (status !== 0) throw new Error(stderr)
  return stdout
}

const SERVICE = 'org.freedesktop.secrets'
const COLLECTION = '/org/freedesktop/secrets/collection/login'

const daemon = (): number => {
  const answer = call(
    'org.freedesktop.DBus',
    '/',
    'org.freedesktop.DBus.GetConnectionUnixProcessID',
    `string:${SERVICE}`,
  )
  return Number(/uint32 (\d+)/.exec(answer)?.[1])
}
const lock = (): void =>
  void call(
    SERVICE,
    '/org/freedesktop/secrets',
    'org.freedesktop.Secret.Service.Lock',
    `array:objpath:${COLLECTION}`,
  )
/** Starts a new daemon that takes over, because the running one unlocks only by a prompt. */
const unlock = (): void =>
  void spawnSync('gnome-keyring-daemon', ['--replace', '--unlock', '--components=secrets'], {
    input: 'password of the test',
    stdio: ['pipe', 'ignore', 'ignore'],
  })

const items = (): readonly string[] =>
  call(
    SERVICE,
    COLLECTION,
    'org.freedesktop.DBus.Properties.Get',
    'string:org.freedesktop.Secret.Collection',
    'string:Items',
  ).match(/\/org\/freedesktop\/secrets\/collection\/login\/\w+/g) ?? []
const empty = (): void => {
  for (const item of items()) call(SERVICE, item, 'org.freedesktop.Secret.Item.Delete')
}
beforeEach(empty)

let stopped: number
/** Stops the daemon: it keeps its name on the bus but does not answer. */
const silence = (): void => {
  stopped = daemon()
  process.kill(stopped, 'SIGSTOP')
}
const wake = (): void => void process.kill(stopped, 'SIGCONT')

const troubles = { silent: { begin: silence, end: wake }, locked: { begin: lock, end: unlock } }

keyVaultContract(
  'the key ring of this system',
  () => ({ open: () => keyRingVault(), troubles, empty, dispose: empty }),
  { troubles: ['silent', 'locked'], emptied: true },
)

const systemVaultIn = async (): Promise<() => KeyVault> => {
  const folder = join(await newFolder(), 'keys')
  return () => systemVault(folder, { locks: sqliteLocks(join(folder, 'vault')) })
}

keyVaultContract(
  'the system vault, with the key ring of this system,',
  async () => ({ open: await systemVaultIn(), empty, dispose: empty }),
  { emptied: true },
)

test('a key of the system vault is in the ring, and its destruction removes it from the ring and its file', async () => {
  const vault = (await systemVaultIn())()
  await vault.obtain('store/microsoft365/first')
  expect(await vault.placeOf('store/microsoft365/first')).toEqual({ kind: 'key-ring' })
  expect(items()).toHaveLength(1)
  const entry = new AsyncEntry('device-contacts', 'store/microsoft365/first', {
    linux: { store: 'secret-service' },
  })
  expect(await entry.getSecret()).toHaveLength(32)
  await vault.destroy('store/microsoft365/first')
  expect(items()).toEqual([])
  const keyrings = join(process.env['XDG_DATA_HOME'] ?? '', 'keyrings')
  const files = readdirSync(keyrings).map((file) => readFileSync(join(keyrings, file)))
  expect(files.length).toBeGreaterThan(0)
  expect(files.filter((file) => file.includes('device-contacts'))).toEqual([])
})

test('the vault waits once for a ring that has stopped for good, and keeps new keys in files', async () => {
  const vault = (await systemVaultIn())()
  silence()
  try {
    await vault.obtain('store/microsoft365/first')
    await vault.obtain('store/microsoft365/next')
    expect((await vault.placeOf('store/microsoft365/next'))?.kind).toBe('file')
    // Without a mark, the ring was never given one.
    expect(await vault.load('store/microsoft365/other')).toBeNull()
    await vault.destroy('store/microsoft365/first')
  } finally {
    wake()
  }
})

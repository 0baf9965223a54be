// npm run test:keyring, after the build: the contract of key vaults against a real Secret Service. Needs the packages
// gnome-keyring and dbus of a Linux system, but no desktop: the session and its key ring exist for this run only.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { fileURLToPath, URL } from 'node:url'

const vitest = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url))
const inSession = 'in-session'

const run = async (command, args, env = process.env) => {
  const child = spawn(command, args, { stdio: 'inherit', env })
  const [code] = await once(child, 'exit')
  return code ?? 1
}

if (process.argv[2] === inSession) {
  // Says the addresses of its sockets once it is ready, and stays in the background.
  const { status } = spawnSync('gnome-keyring-daemon', ['--unlock', '--components=secrets'], {
    input: 'password of the test',
    stdio: ['pipe', 'inherit', 'inherit'],
  })
  process.exitCode =
    status === 0 ? await run(process.execPath, [vitest, 'run', '--config', 'vitest.keyring.config.ts']) : 1
} else {
  const folder = mkdtempSync(join(tmpdir(), 'device-contacts-keyring-'))
  // Otherwise the ring would keep its files among those of the person.
  const env = { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_RUNTIME_DIR: folder }
  const args = ['--', process.execPath, fileURLToPath(import.meta.url), inSession]
  process.exitCode = await run('dbus-run-session', args, env)
  rmSync(folder, { recursive: true, force: true })
}

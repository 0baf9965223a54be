// A process with a token cache, controlled by messages: see token-process.ts.
// node token-process.fixture.mjs '{"path": FILE, "isStepwise": BOOLEAN}'
import fs from 'node:fs/promises'
import process from 'node:process'
import { setImmediate } from 'node:timers'
import { tokenCache } from '../../dist/src/adapters/sign-in/tokens/token-cache.js'
import { sqliteLocks } from '../../dist/src/adapters/stores/sqlite/run-locks.js'

const { path, isStepwise } = JSON.parse(process.argv[2])

let goOn = () => undefined

/** Reports the next step, and waits until it may take it. */
const reach = async (step) => {
  if (!isStepwise) return
  const mayGoOn = new Promise((resolve) => (goOn = resolve))
  process.send({ step })
  await mayGoOn
}

const announced = (target, names) =>
  Object.fromEntries(
    names.map((name) => [
      name,
      async (...parameters) => {
        await reach(name)
        return target[name](...parameters)
      },
    ]),
  )

const files = {
  ...announced(fs, ['lstat', 'mkdir', 'readdir', 'readFile', 'rename', 'rm']),
  open: async (...parameters) => {
    await reach('open')
    return announced(await fs.open(...parameters), ['writeFile', 'sync', 'close'])
  },
}

const cache = tokenCache(path, null, 'tokens', { locks: sqliteLocks(path), files })

/** Renews the tokens again and again. */
let isHalted = false
const renew = async () => {
  for (let count = 0; !isHalted; count++) {
    const text = await cache.read()
    if (text !== null)
      await cache.update(text, JSON.stringify({ ...JSON.parse(text), process: process.pid, count }))
    process.send({ renewed: count })
    await new Promise((resolve) => setImmediate(resolve))
  }
}

const calls = {
  replace: (text) => cache.replace(text),
  update: (expected, text) => cache.update(expected, text),
  erase: () => cache.erase(),
  read: () => cache.read(),
  renew: () => {
    isHalted = false
    return renew()
  },
}

process.on('message', async ({ goOn: may, halt, call, parameters = [] }) => {
  if (may) goOn()
  else if (halt) isHalted = true
  else process.send({ done: (await calls[call](...parameters)) ?? null })
})
process.send({ step: 'ready' })

// Does a task of the tests in another process: node child.fixture.mjs <task> <file> <driver> <name> [<count>]
import { Buffer } from 'node:buffer'
import { writeSync } from 'node:fs'
import process from 'node:process'
import { setInterval } from 'node:timers'
import { sqliteLocks } from '../../../../dist/src/adapters/stores/sqlite/run-locks.js'
import { openSqliteStore } from '../../../../dist/src/adapters/stores/sqlite/open-store.js'

const [task, file, driver, name, count] = process.argv.slice(2)
const say = (line) => {
  for (;;) {
    try {
      return writeSync(1, `${line}\n`)
    } catch (error) {
      // The test reads slowly, and from Node 26 on its pipe does not wait.
      if (error.code !== 'EAGAIN') throw error
    }
  }
}
const stayAlive = () => new Promise(() => setInterval(() => undefined, 1_000))

const event = (id) => ({
  stream: 'google',
  type: 'page.fetched',
  version: 1,
  id,
  time: '',
  attempt: null,
  data: {},
  payload: Buffer.from(JSON.stringify({ text: id.padEnd(20_000) })),
})

const lastPosition = async (store, from) => {
  let last = from
  for await (const { position } of store.read(from, { payloads: false })) last = position
  return last
}

const tasks = {
  append: async () => {
    const store = await openSqliteStore(file, { driver })
    let last = await lastPosition(store, 0)
    for (let index = 0; index < Number(count); index++) {
      const id = `${name}-${index}`
      for (let done = false; !done;) {
        try {
          last = await store.append(last, [event(id)])
          done = true
        } catch (error) {
          if (error.name !== 'PositionConflict') throw error
          last = await lastPosition(store, last)
        }
      }
      say(id)
    }
    await store.close()
  },
  hold: async () => {
    const store = await openSqliteStore(file, { driver })
    await lastPosition(store, 0)
    say('held')
    await stayAlive()
  },
  lock: async () => {
    say((await sqliteLocks(file, { driver }).acquire(name)) ? 'held' : 'refused')
    await stayAlive()
  },
  wait: async () => {
    sqliteLocks(file, { driver }).whenFree(name, () => say('free'))
    say('waits')
  },
}

await tasks[task]()

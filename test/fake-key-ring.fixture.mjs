// Stands in for @napi-rs/keyring in tests: a ring of files in a folder. The file `trouble` there says how it misbehaves.
// Address: fake-key-ring.fixture.mjs?folder=<path>&socket=<path>. Each process that loads it stays connected until it ends.
import { Buffer } from 'node:buffer'
import { once } from 'node:events'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { URL } from 'node:url'

const { searchParams } = new URL(import.meta.url)
const folder = searchParams.get('folder')
const troubleFile = join(folder, 'trouble')
const trouble = existsSync(troubleFile) ? readFileSync(troubleFile, 'utf8') : ''

const socket = connect(searchParams.get('socket'))
await once(socket, 'connect')
socket.write(`${JSON.stringify({ argv: process.argv, execArgv: process.execArgv, env: process.env })}\n`)
// Wait until the test knows this process.
await once(socket, 'data')

/** Blocks this thread, like a native call that never returns. */
const block = () => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
const die = () => void process.kill(process.pid, 'SIGKILL')

export class AsyncEntry {
  constructor(service, name, options) {
    if (service !== 'device-contacts' || options.linux.store !== 'secret-service') throw new Error('options')
    if (trouble === 'silent') block()
    if (trouble === 'dead') die()
    if (trouble === 'no bus') throw new Error('no bus')
    this.path = join(folder, Buffer.from(name).toString('hex'))
  }

  async answer(work) {
    if (trouble === 'locked') throw new Error('locked')
    if (trouble === 'slow') await sleep(50)
    if (trouble === 'waits') while (existsSync(troubleFile)) await sleep(10)
    return work()
  }

  getSecret() {
    return this.answer(() => (existsSync(this.path) ? [...readFileSync(this.path)] : null))
  }

  setSecret(secret) {
    return this.answer(() => {
      if (trouble === 'dies when it is given a key') die()
      const kept = trouble === 'has a rival' ? Buffer.alloc(32, 7) : secret
      if (trouble !== 'forgets') writeFileSync(this.path, kept)
    })
  }

  deleteCredential() {
    return this.answer(() => {
      const isThere = existsSync(this.path)
      if (trouble !== 'cannot delete') rmSync(this.path, { force: true })
      return isThere
    })
  }
}

// The moments of a process at which a test can kill or stop it: see book-process.ts.
import { readSync, writeSync } from 'node:fs'
import fs from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { dirname, extname, sep } from 'node:path'
import process from 'node:process'

/** A pipe to the test. Reading from it blocks the event loop, so nothing happens meanwhile. */
const TEST = 4
const BUSY = 5
const CHANGES_DISK = /^(INSERT|UPDATE|DELETE|COMMIT|VACUUM|PRAGMA wal_checkpoint)/

let death = null
let stop = null
let toldAs = null

/** Kills this process at the `count`-th moment whose name begins with `moment`. */
export const dieAt = (moment, count) => {
  death = { moment, count }
}

/** Stops this process at the `count`-th moment whose name begins with `moment`; never if that is null. */
export const stopAt = (moment, count = 1) => {
  stop = moment === null ? null : { moment, count }
}

/** From now on reports to the test, under this name, when the process begins to change the store or waits for another. */
export const tellOfWaits = (name) => {
  toldAs = name
}

const tell = (said) => writeSync(TEST, `${JSON.stringify(said)}\n`)

/** Kills or stops the process if this is the moment. SIGKILL runs no handler, and nothing is flushed or closed. */
export const reach = (moment) => {
  if (death && moment.startsWith(death.moment) && --death.count === 0) process.kill(process.pid, 'SIGKILL')
  if (!stop || !moment.startsWith(stop.moment) || --stop.count > 0) return
  stop.count = 1
  tell({ stopped: moment })
  const answer = new Uint8Array(1)
  // 0, or the end of the pipe: do not stop again.
  if (readSync(TEST, answer) === 0 || answer[0] === 0) stop = null
}

const aroundSql = (sql, work) => {
  const isChange = CHANGES_DISK.test(sql)
  if (isChange) reach(`disk: ${sql.split(/[\s;(]+/, 2).join(' ')}`)
  // Reported before: SQLite blocks the process while it waits.
  if (toldAs && (isChange || sql.startsWith('BEGIN'))) tell({ begins: toldAs })
  try {
    return work()
  } catch (error) {
    if (toldAs && ((error.rawCode ?? error.errcode) & 0xff) === BUSY) tell({ waits: toldAs })
    throw error
  }
}

/** Reaches a moment before each change that SQLite makes on disk. */
export const watchSql = (prototype) => {
  const { exec, prepare } = prototype
  prototype.exec = function (sql) {
    return aroundSql(sql, () => exec.call(this, sql))
  }
  prototype.prepare = function (sql) {
    const statement = prepare.call(this, sql)
    for (const name of ['run', 'all']) {
      const work = statement[name]
      statement[name] = (...parameters) => aroundSql(sql, () => work.apply(statement, parameters))
    }
    return statement
  }
}

/** Reaches a moment before each change and each sync of a file in this folder. */
export const watchFiles = (folder) => {
  const reachFile = (call, path) => {
    const file = String(path)
    if (file !== folder && !file.startsWith(folder + sep)) return
    const place = dirname(file).endsWith('.keys') ? ' in the vault' : ''
    reach(`disk: ${call} ${extname(file) || 'a folder'}${place}`)
  }
  for (const name of ['mkdir', 'chmod', 'writeFile', 'copyFile', 'link', 'rename', 'rm']) {
    const work = fs[name]
    fs[name] = (...parameters) => {
      // If there are two paths, the second one changes.
      reachFile(name, ['copyFile', 'link', 'rename'].includes(name) ? parameters[1] : parameters[0])
      return work(...parameters)
    }
  }
  const { open } = fs
  fs.open = async (path, flags, ...rest) => {
    if (typeof flags === 'string' && flags.startsWith('w')) reachFile('open', path)
    const file = await open(path, flags, ...rest)
    for (const name of ['write', 'writeFile', 'sync', 'truncate']) {
      const work = file[name]
      file[name] = (...parameters) => {
        reachFile(name, path)
        return work.apply(file, parameters)
      }
    }
    return file
  }
  syncBuiltinESMExports()
}

/** Reaches a moment before and after each append of events. */
export const watchAppends = (events) => {
  const append = events.append.bind(events)
  events.append = async (...parameters) => {
    const types = parameters[1].map(({ type }) => type).join(', ')
    reach('append begins')
    const position = await append(...parameters)
    reach(`append resolved: ${types}`)
    return position
  }
  return events
}

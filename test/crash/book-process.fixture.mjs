// A process with a book, told by messages what to do: see book-process.ts. Ready when it says so.
// node book-process.fixture.mjs '{"store": FILE, "graphUrl": URL, "signIn": {…}}'
import fs from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import process from 'node:process'
import { microsoft365, openContactBook, sqliteStorage } from 'device-contacts/node'
import { robotPerson } from '../../dist/sandbox/robot.js'

const { store, graphUrl, signIn } = JSON.parse(process.argv[2])

let death = null

/** Here the process dies, if that is the moment: no handler runs, nothing is flushed, nothing is closed. */
const reach = (moment) => {
  if (death && moment.startsWith(death.moment) && --death.count === 0) process.kill(process.pid, 'SIGKILL')
}

const CHANGES_DISK = /^(INSERT|UPDATE|DELETE|COMMIT|VACUUM|PRAGMA wal_checkpoint)/
const reachSql = (sql) => CHANGES_DISK.test(sql) && reach(`disk: ${sql}`)

const watchSql = (prototype) => {
  const { exec, prepare } = prototype
  prototype.exec = function (sql) {
    reachSql(sql)
    return exec.call(this, sql)
  }
  prototype.prepare = function (sql) {
    const statement = prepare.call(this, sql)
    for (const name of ['run', 'all']) {
      const work = statement[name]
      statement[name] = (...parameters) => {
        reachSql(sql)
        return work.apply(statement, parameters)
      }
    }
    return statement
  }
}

const watchFiles = () => {
  const { rm } = fs
  fs.rm = (file, options) => {
    reach('disk: rm')
    return rm(file, options)
  }
  syncBuiltinESMExports()
}

const watchAppends = (events) => {
  const append = events.append.bind(events)
  events.append = async (...appended) => {
    reach('append begins')
    const position = await append(...appended)
    reach('append resolved')
    return position
  }
  return events
}

const open = async () => {
  const { events, locks } = await sqliteStorage(store)
  const openBrowser = robotPerson({ decision: 'accept' })
  const source = microsoft365({ ...signIn, graphUrl, tokenFile: `${store}.tokens.json`, openBrowser })
  return openContactBook({ store: { events: watchAppends(events), locks }, sources: [source] })
}

const sqlite = process.getBuiltinModule('node:sqlite')
watchSql(sqlite ? sqlite.DatabaseSync.prototype : (await import('libsql')).default.prototype)
watchFiles()

let book = null
const source = 'microsoft365'
const calls = {
  open: async () => {
    book = await open()
  },
  dieAt: (moment, count) => {
    death = { moment, count }
  },
  signIn: () => book.signIn(source),
  restart: () => book.restart(source),
  refresh: () => book.refresh(source),
  cancel: () => book.cancel(source),
  signOut: () => book.signOut(source),
  resume: () => book.resume(),
  outcome: (attempt) => book.outcome(attempt),
  account: () => book.accounts.get().find((account) => account.source === source),
  contacts: () => book.contacts.get().map(({ id, version }) => `${id} ${version}`),
}

process.on('message', async ({ id, name, parameters, at }) => {
  // To the millisecond together with another process.
  while (Date.now() < at);
  try {
    process.send({ id, result: (await calls[name](...parameters)) ?? null })
  } catch (error) {
    process.send({ id, error: String(error) })
  }
})
process.send('ready')

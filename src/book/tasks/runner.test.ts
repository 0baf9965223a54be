import { expect, test } from 'vitest'
import type { SourceReport } from '../../domain/reports.ts'
import type { LinkedSource } from '../../ports/linked-source.ts'
import { ScriptedSource } from '../../testing/scripted-source.ts'
import { TaskRunner } from './runner.ts'

const page: SourceReport = { type: 'page.fetched', contacts: [], skipped: [], cursor: null }
const finished: SourceReport = { type: 'listing.finished', cursor: null, verified: true }

test('queued work runs between two pages, even if neither page waits for anything', async () => {
  const order: string[] = []
  const linked: LinkedSource = {
    source: 'microsoft365',
    signIn: new ScriptedSource().signIn,
    contacts: {
      source: 'microsoft365',
      async *fetch() {
        yield page
        yield page
        yield finished
      },
    },
  }
  const ended = new Promise<void>((end) => {
    const runner = new TaskRunner(new Map([['microsoft365', linked]]), {
      begin: () => undefined,
      report: async (_source, _attempt, { type }) => {
        order.push(type)
        setImmediate(() => order.push('other work'))
        if (type === 'listing.finished') end()
        return { accepted: true }
      },
      fail: async () => undefined,
      progress: () => undefined,
      cursors: () => ({ resumeFrom: null, recorded: new Map(), changesSince: null }),
      choosesAccount: () => false,
      diagnose: () => undefined,
    })
    runner.sync('microsoft365', { type: 'fetch', attempt: 'a' })
  })
  await ended
  expect(order).toEqual(['page.fetched', 'other work', 'page.fetched', 'other work', 'listing.finished'])
})

test('a person who wants to try again now reaches the fetch that runs here', async () => {
  const scripted = new ScriptedSource()
  const runner = new TaskRunner(new Map([['microsoft365', scripted]]), {
    begin: () => undefined,
    report: async () => ({ accepted: true }),
    fail: async () => undefined,
    progress: () => undefined,
    cursors: () => ({ resumeFrom: null, recorded: new Map(), changesSince: null }),
    choosesAccount: () => false,
    diagnose: () => undefined,
  })
  expect(runner.retryNow('microsoft365')).toBe(false)
  runner.sync('microsoft365', { type: 'fetch', attempt: 'a' })
  const { context } = await scripted.fetches.next()
  const asked = new Promise((resolve) => context.retryNow?.addEventListener('online', resolve))
  expect(runner.retryNow('microsoft365')).toBe(true)
  await asked
  await runner.close()
  expect(runner.retryNow('microsoft365')).toBe(false)
})

import { once } from 'node:events'
import { MessageChannel, Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { serveBook } from '../../src/index.ts'
import type { ListSummary, Row } from '../../src/index.ts'
import { sampleContacts } from '../../src/testing/sample-contacts.ts'
import { Device, importAll } from '../core/device.ts'

const fixture = new URL('client-thread.fixture.mjs', import.meta.url)

test('a shell in another thread shows and finds the contacts of a book', async () => {
  const { book, source } = await new Device().open()
  const { port1, port2 } = new MessageChannel()
  const served = serveBook(book, port1)
  const worker = new Worker(fixture, { workerData: { port: port2 }, transferList: [port2] })
  try {
    await once(worker, 'message')
    await importAll({ book, source }, sampleContacts(1_200))
    const ask = async (name: string, ...parameters: unknown[]): Promise<unknown> => {
      worker.postMessage({ name, parameters })
      const [answer] = (await once(worker, 'message')) as unknown[]
      return answer
    }
    await expect.poll(() => ask('list')).toMatchObject({ count: 1_200, status: { microsoft365: 'ready' } })
    const { version, count } = (await ask('list')) as ListSummary
    const rows = (await ask('rows', version, count - 50, count)) as readonly Row[]
    expect(rows.map(({ key }) => key)).toEqual(
      book.contacts
        .get()
        .slice(-50)
        .map(({ key }) => key),
    )
    expect(await ask('find', 'contact c777', 5)).toMatchObject([{ source: 'microsoft365' }])
  } finally {
    served.close()
    await worker.terminate()
  }
})

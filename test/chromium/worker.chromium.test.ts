import { expect, onTestFinished, test } from 'vitest'
import { indexedDbStorage } from '../../src/browser.ts'
import { exampleEvent, readAll } from '../../src/testing/contracts/event-store/examples.ts'
import { newName } from './names.ts'
import { removeDatabase } from './raw-database.ts'
import type { WorkerAnswer, WorkerRequest } from './storage-worker.ts'

const key = 'store/microsoft365/first'

const inWorker = async (
  request: Pick<WorkerRequest, 'name' | 'hasSyncAccessOnly'>,
): Promise<WorkerAnswer> => {
  const worker = new Worker(new URL('./storage-worker.ts', import.meta.url), { type: 'module' })
  onTestFinished(() => worker.terminate())
  const answered = new Promise<WorkerAnswer | string>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<WorkerAnswer | string>) => resolve(data)
    worker.onerror = ({ message }) => reject(new Error(message))
  })
  worker.postMessage({ ...request, key, event: exampleEvent('by a worker', 'Ada') })
  const answer = await answered
  if (typeof answer === 'string') throw new Error(answer)
  return answer
}

test.for([
  ['as a page does', false],
  ['with the only way that some browsers have', true],
] as const)(
  'a worker shares events and keys with the pages, and writes keys %s',
  async ([, hasSyncAccessOnly]) => {
    const name = newName()
    const answer = await inWorker({ name, hasSyncAccessOnly })
    expect(answer).toMatchObject({ last: 1, place: { kind: 'file' }, persistence: 'best-effort' })
    const { events, keys } = await indexedDbStorage(name)
    expect((await readAll(events)).map(({ payload }) => payload)).toEqual(['Ada'])
    expect((await keys.load(key))?.id).toEqual(answer.keyId)
    await keys.destroy(key)
    expect(await keys.load(key)).toBeNull()
    await events.close()
    // Only the page could note that a store was there.
    await removeDatabase(name)
    await expect(indexedDbStorage(name)).rejects.toMatchObject({ code: 'storage-damaged' })
  },
)

test('a worker alone does not notice that its database was removed', async () => {
  const name = newName()
  for (let time = 0; time < 2; time++) {
    expect(await inWorker({ name, hasSyncAccessOnly: false })).toMatchObject({ last: 1 })
    await removeDatabase(name)
  }
  expect(await (await indexedDbStorage(name)).events.append(0, [])).toBe(0)
})

import { askToPersist, indexedDbStorage } from '../../src/browser.ts'
import type { NewEvent } from '../../src/browser.ts'

/** What the test wants of the worker. */
export interface WorkerRequest {
  readonly name: string
  readonly key: string
  readonly event: NewEvent
  /** As in browsers that write files in workers only. */
  readonly hasSyncAccessOnly: boolean
}

/** What the worker has found. */
export interface WorkerAnswer {
  readonly last: number
  readonly keyId: Uint8Array
  readonly place: unknown
  readonly persistence: string
}

const answer = async ({ name, key, event, hasSyncAccessOnly }: WorkerRequest): Promise<WorkerAnswer> => {
  if (hasSyncAccessOnly) Reflect.deleteProperty(FileSystemFileHandle.prototype, 'createWritable')
  const { events, keys } = await indexedDbStorage(name)
  const last = await events.append(0, [event])
  const { id } = await keys.obtain(key)
  const place = await keys.placeOf(key)
  await events.close()
  return { last, keyId: id, place, persistence: await askToPersist() }
}

addEventListener('message', ({ data }: MessageEvent<WorkerRequest>) => {
  answer(data).then(
    (found) => postMessage(found),
    (error: unknown) => postMessage(String(error)),
  )
})

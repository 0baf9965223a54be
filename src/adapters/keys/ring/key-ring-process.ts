/**
 * The process that talks to the system's key ring. Its parent asks once, and it answers once or never. The library
 * connects to the ring synchronously, and a ring that does not respond blocks that thread forever. So the thread is a
 * worker, and this process still notices when its parent is gone.
 */
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import type * as Keyring from '@napi-rs/keyring'
import type { KeyRingAnswer, KeyRingRequest } from './key-ring-message.ts'

const SERVICE = 'device-contacts'

const askRing = async ({ module, work, name, fresh }: KeyRingRequest): Promise<KeyRingAnswer> => {
  const { AsyncEntry } = (await import(module)) as typeof Keyring
  // Linux's other store, the kernel's key ring, loses its keys when the machine restarts.
  const entry = new AsyncEntry(SERVICE, name, { linux: { store: 'secret-service' } })
  const load = async () => {
    const secret = await entry.getSecret()
    return secret && Uint8Array.from(secret)
  }
  if (work === 'destroy') await entry.deleteCredential()
  const secret = await load()
  if (work !== 'obtain' || secret?.length === fresh.length) return { secret }
  await entry.setSecret(fresh)
  // Read the ring again: another process may have stored its key first, and some rings accept a key but do not keep
  // it.
  return { secret: await load() }
}

const end = (): void => void process.kill(process.pid, 'SIGKILL')

if (isMainThread) {
  process.once('disconnect', end)
  process.once('message', (request: KeyRingRequest) => {
    // An error of the worker also ends this process. The parent treats that as no answer.
    new Worker(new URL(import.meta.url), { workerData: request }).once('message', (answer: KeyRingAnswer) =>
      process.send?.(answer),
    )
  })
} else {
  parentPort?.postMessage(await askRing(workerData as KeyRingRequest))
}

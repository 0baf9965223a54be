import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import * as v from 'valibot'
import type { RememberedMailbox } from '../../sandbox/index.ts'
import { ImportFailure } from '../../src/domain/failures.ts'
import { refuseUntrusted } from '../../src/adapters/files/owners.ts'
import { translatedLater } from '../../src/adapters/stores/sqlite/file/storage-failure.ts'
import { realPath } from '../../src/adapters/files/real-path.ts'

const count = v.pipe(v.number(), v.integer(), v.minValue(0))

const mailboxSchema = v.object({
  id: v.string(),
  changes: v.array(
    v.object({
      at: v.pipe(v.string(), v.isoTimestamp()),
      size: v.exactOptional(count),
      edits: v.exactOptional(count),
    }),
  ),
})

/** A wrong member is dropped and the others are kept, so that the contacts are still known to be invented. */
const memorySchema = v.object({
  contacts: v.fallback(v.optional(count), undefined),
  seed: v.fallback(v.optional(count), undefined),
  interactive: v.fallback(v.optional(v.boolean()), undefined),
  mailbox: v.fallback(v.optional(mailboxSchema), undefined),
})

/** The settings of the sandbox tenant that the contacts of a store came from, so that it can be started again. */
export interface SandboxMemory {
  readonly contacts?: number | undefined
  readonly seed?: number | undefined
  /** True: a person signs in instead of the robot. */
  readonly interactive?: boolean | undefined
  /** The mailbox, which later processes rebuild so that delta links stay valid. Absent: each process makes a new one. */
  readonly mailbox?: RememberedMailbox | undefined
}

/** Next to the store. Contains no contact. */
const fileOf = (store: string): string => `${realPath(store)}.sandbox.json`

/** Null if the contacts of this store do not come from the sandbox. */
export const recallSandbox = async (store: string): Promise<SandboxMemory | null> => {
  try {
    refuseUntrusted([fileOf(store)])
    const memory = v.safeParse(memorySchema, JSON.parse(await readFile(fileOf(store), 'utf8')))
    return memory.success ? memory.output : null
  } catch {
    return null
  }
}

/**
 * Does nothing if the same memory is stored already, so that it needs no space on a full disk. Throws `ImportFailure`
 * `storage-…` if it cannot be written: then the store beside it cannot be written either.
 */
export const rememberSandbox = async (store: string, memory: SandboxMemory): Promise<void> => {
  if (JSON.stringify(await recallSandbox(store)) === JSON.stringify(memory)) return
  await translatedLater(() => remember(fileOf(store), memory)).catch((error: unknown) => {
    throw isForbidden(error) ? new ImportFailure('storage-read-only', {}, error) : error
  })
}

/** Unlike a file that cannot be opened, one that cannot be made says that the folder is not to be written. */
const isForbidden = (error: unknown): boolean =>
  error instanceof ImportFailure &&
  ['EACCES', 'EPERM'].includes(String(Reflect.get(Object(error.cause), 'code')))

const remember = async (file: string, memory: SandboxMemory): Promise<void> => {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  // A new file replaces the old one: writing to the old one could follow a link.
  const temporary = `${file}.${randomUUID()}.tmp`
  try {
    await writeFile(temporary, JSON.stringify(memory), { mode: 0o600, flag: 'wx' })
    await rename(temporary, file)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

export const forgetSandbox = (store: string): Promise<void> => rm(fileOf(store), { force: true })

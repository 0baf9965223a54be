import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import * as v from 'valibot'
import type { RememberedMailbox } from '../../sandbox/index.ts'
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

/** What one member lacks or has wrong costs that member only: contacts stay known to be invented. */
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
  /** A person signs in, not the robot. */
  readonly interactive?: boolean | undefined
  /** The mailbox, which lives on in later processes: its deltas go on. Absent: it is a new one each time. */
  readonly mailbox?: RememberedMailbox | undefined
}

/** Next to the store; contains no contact. */
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
 * Does nothing if that is remembered already, so that a full disk with a store on it needs no room. Throws `ImportFailure`
 * `storage-…` if it cannot be written: the store beside it could not be, either.
 */
export const rememberSandbox = async (store: string, memory: SandboxMemory): Promise<void> => {
  if (JSON.stringify(await recallSandbox(store)) === JSON.stringify(memory)) return
  await translatedLater(() => remember(fileOf(store), memory))
}

const remember = async (file: string, memory: SandboxMemory): Promise<void> => {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  // A new file replaces the old one, so that nothing is written through a link.
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

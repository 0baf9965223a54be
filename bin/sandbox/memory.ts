import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import * as v from 'valibot'
import type { RememberedMailbox } from '../../sandbox/index.ts'
import { refuseUntrusted } from '../../src/adapters/files/owners.ts'
import { translatedLater } from '../../src/adapters/stores/sqlite/file/storage-failure.ts'
import { realPath } from '../../src/adapters/files/real-path.ts'

/** The settings of the sandbox tenant that the contacts of a store came from, so that it can be started again. */
export interface SandboxMemory {
  readonly contacts?: number
  readonly seed?: number
  /** A person signs in, not the robot. */
  readonly interactive?: boolean
  /** The mailbox, which lives on in later processes: its deltas go on. Absent: it is a new one each time. */
  readonly mailbox?: RememberedMailbox
}

const mailboxSchema = v.object({
  id: v.string(),
  changes: v.array(
    v.object({
      at: v.pipe(v.string(), v.isoTimestamp()),
      size: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(0))),
      edits: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(0))),
    }),
  ),
})

/** Next to the store; contains no contact. */
const fileOf = (store: string): string => `${realPath(store)}.sandbox.json`

/** Null if the contacts of this store do not come from the sandbox. */
export const recallSandbox = async (store: string): Promise<SandboxMemory | null> => {
  try {
    refuseUntrusted([fileOf(store)])
    const memory: unknown = JSON.parse(await readFile(fileOf(store), 'utf8'))
    if (typeof memory !== 'object' || memory === null) return null
    const { mailbox, ...settings } = memory as { readonly mailbox?: unknown }
    return v.is(mailboxSchema, mailbox) ? { ...settings, mailbox } : settings
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

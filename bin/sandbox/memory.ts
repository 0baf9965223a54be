import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

/** The settings of the sandbox tenant that the contacts of a store came from, so that it can be started again. */
export interface SandboxMemory {
  readonly contacts?: number
  readonly seed?: number
  /** A person signs in, not the robot. */
  readonly interactive?: boolean
}

/** Next to the store; contains no contact. */
const fileOf = (store: string): string => `${store}.sandbox.json`

/** Null if the contacts of this store do not come from the sandbox. */
export const recallSandbox = async (store: string): Promise<SandboxMemory | null> => {
  try {
    const memory: unknown = JSON.parse(await readFile(fileOf(store), 'utf8'))
    return typeof memory === 'object' ? memory : null
  } catch {
    return null
  }
}

export const rememberSandbox = async (store: string, memory: SandboxMemory): Promise<void> => {
  await mkdir(dirname(store), { recursive: true, mode: 0o700 })
  await writeFile(fileOf(store), JSON.stringify(memory), { mode: 0o600 })
}

export const forgetSandbox = (store: string): Promise<void> => rm(fileOf(store), { force: true })

import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

/** What the sandbox tenant was like that the contacts of a store came from, so that it can be made again. */
export interface SandboxMemory {
  readonly contacts?: number
  readonly seed?: number
  /** A person signed in, not the robot. */
  readonly interactive?: boolean
}

/** Beside the store; it holds nothing of any contact. */
const fileOf = (store: string): string => `${store}.sandbox.json`

/** Null: the contacts of this store come from elsewhere. */
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

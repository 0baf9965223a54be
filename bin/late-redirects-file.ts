import { randomUUID } from 'node:crypto'
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import * as v from 'valibot'
import { refuseUntrusted } from '../src/adapters/files/owners.ts'
import type { LateRedirects } from '../src/node.ts'

/** The tabs of one port. Contains nothing that grants access. */
export interface RedirectsOfPort extends Omit<LateRedirects, 'until'> {
  /** In ms since 1970. */
  readonly until: number
}

const contents = v.object({
  holder: v.string(),
  ports: v.array(
    v.object({
      port: v.number(),
      until: v.number(),
      tabs: v.array(
        v.object({
          attempt: v.string(),
          stateHash: v.string(),
          linkHashes: v.array(v.string()),
          hasLeft: v.boolean(),
          why: v.picklist(['cancelled', 'consent-timed-out']),
        }),
      ),
    }),
  ),
})

/** The sign-in tabs of a store that may still redirect, and the process that answers them. */
export interface LateRedirectsFile {
  /** The random id of that process. */
  readonly holder: string
  readonly ports: readonly RedirectsOfPort[]
}

const fileOf = (store: string): string => `${store}.late-redirects`

/** Null if no process answers tabs of this store, or if the file cannot be trusted. */
export const readLateRedirects = (store: string): LateRedirectsFile | null => {
  try {
    refuseUntrusted([fileOf(store)])
    const read = v.safeParse(contents, JSON.parse(readFileSync(fileOf(store), 'utf8')))
    return read.success ? read.output : null
  } catch {
    return null
  }
}

/** Replaces the file in one step. Throws the system's error. */
export const writeLateRedirects = (store: string, file: LateRedirectsFile): void => {
  const next = `${fileOf(store)}.${randomUUID()}`
  try {
    writeFileSync(next, JSON.stringify(file), { mode: 0o600, flag: 'wx' })
    renameSync(next, fileOf(store))
  } catch (error) {
    rmSync(next, { force: true })
    throw error
  }
}

/** Ends the process that answers the tabs of a store, because it ends when its file is gone. Never throws. */
export const forgetLateRedirects = (store: string): void => {
  try {
    rmSync(fileOf(store), { force: true })
  } catch {
    // Without permission to remove files, no process could have made one either.
  }
}

import { rm } from 'node:fs/promises'
import type { FailureCode } from '../domain/failures.ts'

/** A file that could not be deleted. */
export interface LeftFile {
  /** Its full path. */
  readonly path: string
  /** Why: a `storage-…` code. */
  readonly code: FailureCode
}

/** What a step of a deletion did. */
export interface Removal {
  /** Full paths. */
  readonly deleted: readonly string[]
  readonly left: readonly LeftFile[]
}

/** The code for an error of the file system while it deletes something. */
export const removalFailure = (error: unknown): FailureCode => {
  const code: unknown = Reflect.get(Object(error), 'code')
  return code === 'EACCES' || code === 'EPERM' || code === 'EROFS'
    ? 'storage-read-only'
    : 'storage-unavailable'
}

/** Deletes files. One that is gone already counts as deleted. Does not throw. */
export const removeFiles = async (paths: readonly string[]): Promise<Removal> => {
  const steps: Removal[] = []
  for (const path of paths) {
    const step = await rm(path, { force: true }).then(
      () => ({ deleted: [path], left: [] }),
      (error: unknown) => ({ deleted: [], left: [{ path, code: removalFailure(error) }] }),
    )
    steps.push(step)
  }
  return together(steps)
}

/** Combines several removals into one. */
export const together = (steps: readonly Removal[]): Removal => ({
  deleted: steps.flatMap(({ deleted }) => deleted),
  left: steps.flatMap(({ left }) => left),
})

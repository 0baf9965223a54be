import { lstatSync, statSync } from 'node:fs'
import type { BigIntStats } from 'node:fs'

/** What distinguishes a file from any other that exists at the same time, whatever their names. */
export interface FileIdentity {
  readonly device: bigint
  readonly inode: bigint
}

/**
 * The identity of the file at a path; null if there is no file. A link counts as itself, unless it is `followed`.
 * Throws the file system's error if the identity cannot be read.
 */
export const identityOf = (path: string, { followed = false } = {}): FileIdentity | null => {
  const found = look(path, followed)
  return found === undefined ? null : { device: found.dev, inode: found.ino }
}

const look = (path: string, followed: boolean): BigIntStats | undefined =>
  // `bigint`, because inodes on Windows may be too large to be exact as numbers.
  followed
    ? statSync(path, { bigint: true, throwIfNoEntry: false })
    : lstatSync(path, { bigint: true, throwIfNoEntry: false })

/** True also for an inode of 0, which says nothing: some network drives have no inodes. */
export const isSameFile = (one: FileIdentity | null, other: FileIdentity | null): boolean =>
  one !== null &&
  other !== null &&
  (one.inode === 0n || other.inode === 0n || (one.device === other.device && one.inode === other.inode))

/** The files of one folder in the origin private file system. Every function throws a `DOMException` if it fails. */
export interface OpfsFolder {
  /** Null if there is no such file. */
  read(file: string): Promise<Uint8Array | null>
  /** Whether files can be written here: some browsers write only in dedicated workers. */
  canWrite(): Promise<boolean>
  /** Creates or replaces a file. If it is interrupted, the file may be empty or cut. */
  write(file: string, bytes: Uint8Array): Promise<void>
  /** Does nothing if there is no such file. */
  remove(file: string): Promise<void>
  /** Removes the folder with all files. Does nothing if there is no such folder. */
  removeAll(): Promise<void>
}

/** Null if this browser or this page has no such file system. */
export const opfsFolder = async (name: string): Promise<OpfsFolder | null> => {
  const root = await rootFolder()
  if (root === null) return null
  const folder = (create: boolean) => ifFound(root.getDirectoryHandle(name, { create }))
  const handleOf = async (file: string) => {
    const found = await folder(false)
    return found && ifFound(found.getFileHandle(file))
  }
  return {
    read: async (file) => {
      const handle = await handleOf(file)
      return handle && new Uint8Array(await (await handle.getFile()).arrayBuffer())
    },
    canWrite: async () => {
      const prototype: unknown = Reflect.get(globalThis.FileSystemFileHandle, 'prototype')
      return WAYS_TO_WRITE.some((way) => way in Object(prototype))
    },
    write: async (file, bytes) => {
      const found = await root.getDirectoryHandle(name, { create: true })
      await writeTo(await found.getFileHandle(file, { create: true }), bytes)
    },
    remove: async (file) => {
      const found = await folder(false)
      if (found !== null) await ifFound(found.removeEntry(file))
    },
    removeAll: async () => {
      await ifFound(root.removeEntry(name, { recursive: true }))
    },
  }
}

/** The first replaces the file in one step, but some browsers lack it. The second exists in dedicated workers only. */
const WAYS_TO_WRITE = ['createWritable', 'createSyncAccessHandle'] as const

/** https://fs.spec.whatwg.org/#api-filesystemsyncaccesshandle: the types for pages lack it. */
interface SyncAccess {
  truncate(size: number): void
  write(bytes: Uint8Array, options: { readonly at: number }): number
  flush(): void
  close(): void
}

const writeTo = async (
  handle: Partial<FileSystemFileHandle> & { createSyncAccessHandle?(): Promise<SyncAccess> },
  bytes: Uint8Array,
): Promise<void> => {
  if (handle.createWritable) {
    const writable = await handle.createWritable()
    await writable.write(bytes as BufferSource & Uint8Array<ArrayBuffer>)
    await writable.close()
    return
  }
  const access = await handle.createSyncAccessHandle?.()
  if (access === undefined) throw new DOMException('Files cannot be written here.', 'NotSupportedError')
  try {
    access.truncate(0)
    access.write(bytes, { at: 0 })
    access.flush()
  } finally {
    access.close()
  }
}

/** In a private window, some browsers have the function but refuse to use it. */
const rootFolder = async (): Promise<FileSystemDirectoryHandle | null> => {
  // A page without HTTPS has no `storage`, and older browsers have no such function.
  const storage = (navigator as Partial<Navigator>).storage as Partial<StorageManager> | undefined
  try {
    return (await storage?.getDirectory?.()) ?? null
  } catch (error) {
    if (nameOf(error) === 'SecurityError') return null
    throw error
  }
}

const ifFound = async <T>(work: Promise<T>): Promise<T | null> => {
  try {
    return await work
  } catch (error) {
    if (nameOf(error) === 'NotFoundError') return null
    throw error
  }
}

const nameOf = (error: unknown): string | null => (error instanceof DOMException ? error.name : null)

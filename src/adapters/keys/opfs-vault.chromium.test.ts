import { describe, expect, it, onTestFinished } from 'vitest'
import { newName } from '../../../test/chromium/names.ts'
import { keyVaultContract } from '../../testing/contracts/key-vault-contract.ts'
import { destroyOpfsKeys, opfsVault } from './opfs-vault.ts'

const name = 'store/microsoft365/first'
const none = new Uint8Array()
const plain = new TextEncoder().encode('Ada Lovelace')

const folderOf = async (store: string) =>
  (await navigator.storage.getDirectory()).getDirectoryHandle(`${store}.keys`)

const filesOf = async (store: string): Promise<readonly FileSystemFileHandle[]> => {
  const files: FileSystemFileHandle[] = []
  for await (const handle of (await folderOf(store)).values())
    if (handle instanceof FileSystemFileHandle) files.push(handle)
  return files
}

const write = async (file: FileSystemFileHandle, bytes: Uint8Array<ArrayBuffer>) => {
  const writable = await file.createWritable()
  await writable.write(bytes)
  await writable.close()
}

keyVaultContract(
  'the OPFS vault',
  () => {
    const store = newName()
    let free = (): void => undefined
    /** As a tab does that is frozen while it obtains a key. */
    const held = () =>
      new Promise<void>((begun) => {
        void navigator.locks.request(`device-contacts/${store}/keys`, () => {
          begun()
          return new Promise<void>((end) => (free = end))
        })
      })
    return {
      open: () => opfsVault(store),
      troubles: { held: { begin: held, end: () => free() } },
      empty: async () =>
        (await navigator.storage.getDirectory()).removeEntry(`${store}.keys`, { recursive: true }),
      dispose: () => undefined,
    }
  },
  { troubles: ['held'], emptied: true },
)

describe('key files of a browser', () => {
  it('are one for each key; their names reveal nothing about it', async () => {
    const store = newName()
    await opfsVault(store).obtain(name)
    await opfsVault(store).obtain('../../x/microsoft365')
    const files = await filesOf(store)
    expect(files).toHaveLength(2)
    for (const file of files) expect(file.name).toMatch(/^[0-9a-f]{64}\.key$/)
    const place = await opfsVault(store).placeOf(name)
    expect(place?.kind).toBe('file')
    expect(files.map((file) => `${store}.keys/${file.name}`)).toContain(Reflect.get(place ?? {}, 'path'))
  })

  it('are gone with a destroyed key', async () => {
    const store = newName()
    await opfsVault(store).obtain(name)
    await opfsVault(store).destroy(name)
    expect(await filesOf(store)).toEqual([])
  })

  it('are gone together, with their folder', async () => {
    const store = newName()
    await destroyOpfsKeys(store)
    await opfsVault(store).obtain(name)
    await destroyOpfsKeys(store)
    await expect(folderOf(store)).rejects.toThrow('could not be found')
    expect(await opfsVault(store).load(name)).toBeNull()
  })

  it.for([0, 1, 31, 32, 63, 65])('do not count as a key with %i bytes, and are replaced', async (length) => {
    const store = newName()
    const sealed = await (await opfsVault(store).obtain(name)).seal(plain, none)
    const [file] = await filesOf(store)
    const bytes = new Uint8Array(await (await file!.getFile()).arrayBuffer())
    const changed = new Uint8Array(length)
    changed.set(bytes.subarray(0, length))
    await write(file!, changed)
    expect(await opfsVault(store).load(name)).toBeNull()
    expect(await opfsVault(store).placeOf(name)).toBeNull()
    const next = await opfsVault(store).obtain(name)
    expect(await next.open(sealed, none)).toBeNull()
    expect((await opfsVault(store).load(name))?.id).toEqual(next.id)
  })

  it('do not count as a key if a bit is changed', async () => {
    const store = newName()
    await opfsVault(store).obtain(name)
    const [file] = await filesOf(store)
    const whole = new Uint8Array(await (await file!.getFile()).arrayBuffer())
    for (const at of [0, 31, 32, 63]) {
      const changed = whole.slice()
      changed[at]! ^= 1
      await write(file!, changed)
      expect(await opfsVault(store).load(name)).toBeNull()
    }
    await write(file!, whole)
    expect(await opfsVault(store).load(name)).not.toBeNull()
  })
})

describe('a page without files', () => {
  const replace = <T extends object>(of: T, key: keyof T & string, value: unknown) => {
    const descriptor = Object.getOwnPropertyDescriptor(of, key)
    Object.defineProperty(of, key, { configurable: true, value })
    onTestFinished(() => {
      if (descriptor) Object.defineProperty(of, key, descriptor)
      else Reflect.deleteProperty(of, key)
    })
  }

  const remove = (of: object, key: string) => {
    const descriptor = Object.getOwnPropertyDescriptor(of, key)!
    Reflect.deleteProperty(of, key)
    onTestFinished(() => void Object.defineProperty(of, key, descriptor))
  }

  it.for([
    ['no such file system', undefined],
    ['a private window', () => Promise.reject(new DOMException('no', 'SecurityError'))],
  ] as const)('keeps keys in memory: %s', async ([, getDirectory]) => {
    replace(navigator.storage, 'getDirectory', getDirectory)
    const vault = opfsVault(newName())
    const { id } = await vault.obtain(name)
    expect((await vault.load(name))?.id).toEqual(id)
    expect(await vault.placeOf(name)).toEqual({ kind: 'memory' })
    await vault.destroy(name)
    expect(await vault.load(name)).toBeNull()
  })

  it('keeps new keys in memory if only workers can write, and finds those that a worker has made', async () => {
    const store = newName()
    const { id } = await opfsVault(store).obtain(name)
    remove(FileSystemFileHandle.prototype, 'createWritable')
    const vault = opfsVault(store)
    expect((await vault.load(name))?.id).toEqual(id)
    await vault.obtain('other')
    expect(await vault.placeOf('other')).toEqual({ kind: 'memory' })
    expect(await filesOf(store)).toHaveLength(1)
  })

  it('does not take a file system that fails for one that is missing', async () => {
    replace(navigator.storage, 'getDirectory', () => Promise.reject(new DOMException('no', 'UnknownError')))
    await expect(opfsVault(newName()).obtain(name)).rejects.toMatchObject({ name: 'KeyVaultUnavailable' })
  })
})

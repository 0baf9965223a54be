import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import * as fs from 'node:fs'
import { link, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { beforeEach, describe, expect, it } from 'vitest'
import { newFolder } from '../../../test/temp-folder.ts'
import { KeyVaultUnavailable } from '../../ports/key-vault.ts'
import { keyVaultContract } from '../../testing/contracts/key-vault-contract.ts'
import { fileVault } from './file-vault.ts'
import { createWhole } from './key-files.ts'

const windows = process.platform === 'win32'
const name = 'store/microsoft365/first'
const plain = Buffer.from('Ada Lovelace')
const none = new Uint8Array()

keyVaultContract(
  'the file vault',
  async () => {
    const parent = await newFolder()
    const folder = join(parent, 'contacts.db.keys')
    const aside = join(parent, 'aside')
    const replacedBy = (replace: () => void) => ({
      begin: () => {
        fs.renameSync(folder, aside)
        replace()
      },
      end: () => {
        fs.rmSync(folder)
        fs.renameSync(aside, folder)
      },
    })
    return {
      open: () => fileVault(folder),
      troubles: {
        'a link': replacedBy(() => fs.symlinkSync(aside, folder, 'junction')),
        'a file': replacedBy(() => fs.writeFileSync(folder, '')),
      },
      empty: () => fs.rmSync(folder, { recursive: true }),
      dispose: () => undefined,
    }
  },
  { troubles: ['a link', 'a file'], emptied: true },
)

let folder: string
beforeEach(async () => {
  folder = join(await newFolder(), 'new', 'contacts.db.keys')
})

const keyFiles = () => fs.readdirSync(folder).filter((file) => file !== 'CACHEDIR.TAG')
const keyFile = () => join(folder, keyFiles()[0] ?? 'none')
const sealedBy = async (vault = fileVault(folder)) => (await vault.obtain(name)).seal(plain, none)
const opened = async (sealed: Uint8Array) => (await fileVault(folder).load(name))?.open(sealed, none)
const makeOld = (path: string) => fs.utimesSync(path, 1, 1)
/** Leaves a file as a process does that is killed while it writes. */
const cut = (path: string, length: number) => {
  fs.truncateSync(path, length)
  makeOld(path)
}

describe('key files', () => {
  it.skipIf(windows)('can be read by this user only, even in a folder that was open to others', async () => {
    await fileVault(folder).obtain(name)
    expect(fs.statSync(folder).mode & 0o777).toBe(0o700)
    expect(fs.statSync(keyFile()).mode & 0o777).toBe(0o600)
    fs.chmodSync(folder, 0o755)
    await fileVault(folder).obtain(name)
    expect(fs.statSync(folder).mode & 0o777).toBe(0o700)
  })

  it('are in a folder that backups leave out', async () => {
    await fileVault(folder).obtain(name)
    const tag = fs.readFileSync(join(folder, 'CACHEDIR.TAG'), 'latin1')
    // Everything that programs look at: https://bford.info/cachedir/
    expect(tag.slice(0, 43)).toBe('Signature: 8a477f597d28d172789f06886806bc55')
  })

  it('are one for each key, and their names reveal nothing about it', async () => {
    const vault = fileVault(folder)
    await vault.obtain(name)
    await vault.obtain('../../x/microsoft365')
    expect(keyFiles()).toHaveLength(2)
    for (const file of keyFiles()) expect(file).toMatch(/^[0-9a-f]{64}\.key$/)
    const place = await vault.placeOf(name)
    expect(
      place?.kind === 'file' &&
        keyFiles()
          .map((file) => join(folder, file))
          .includes(place.path),
    ).toBe(true)
  })

  it('do not exist before a key is obtained, and neither does their folder', async () => {
    await fileVault(folder).load(name)
    await fileVault(folder).destroy(name)
    await fileVault(folder).placeOf(name)
    expect(fs.existsSync(folder)).toBe(false)
  })

  it('do not contain a destroyed key, not even under another name', async () => {
    const vault = fileVault(folder)
    const sealed = await sealedBy(vault)
    const copy = join(folder, '..', 'copy')
    fs.linkSync(keyFile(), copy)
    const bytes = fs.readFileSync(copy)
    await vault.destroy(name)
    expect(keyFiles()).toEqual([])
    expect(fs.readFileSync(copy)).toHaveLength(0)
    fs.writeFileSync(copy, bytes)
    expect(await opened(sealed)).toBeUndefined()
  })

  it.for([0, 1, 31, 32, 63])('do not count as a key with only %i bytes', async (length) => {
    const sealed = await sealedBy()
    cut(keyFile(), length)
    expect(await fileVault(folder).load(name)).toBeNull()
    expect(await fileVault(folder).placeOf(name)).toBeNull()
    const next = await fileVault(folder).obtain(name)
    expect(await next.open(sealed, none)).toBeNull()
    expect((await fileVault(folder).load(name))?.id).toEqual(next.id)
    await fileVault(folder).destroy(name)
    expect(keyFiles()).toEqual([])
  })

  it('do not count as a key if a bit is changed or bytes are added', async () => {
    await sealedBy()
    const whole = fs.readFileSync(keyFile())
    for (const at of [0, 31, 32, 63]) {
      const changed = Buffer.from(whole)
      changed[at]! ^= 1
      fs.writeFileSync(keyFile(), changed)
      makeOld(keyFile())
      expect(await fileVault(folder).load(name)).toBeNull()
    }
    fs.writeFileSync(keyFile(), Buffer.concat([whole, none, Buffer.of(0)]))
    makeOld(keyFile())
    expect(await fileVault(folder).load(name)).toBeNull()
  })

  it('make the vault fail if too many of one key are damaged', async () => {
    const vault = fileVault(folder)
    for (let count = 0; count < 16; count++) {
      await vault.obtain(name)
      for (const file of keyFiles()) cut(join(folder, file), 10)
    }
    await expect(vault.obtain(name)).rejects.toBeInstanceOf(KeyVaultUnavailable)
    await vault.destroy(name)
    expect(keyFiles()).toEqual([])
    await vault.obtain(name)
  })

  it('are read only once they are completely copied', async () => {
    const sealed = await sealedBy()
    const path = keyFile()
    const whole = fs.readFileSync(path)
    fs.writeFileSync(path, whole.subarray(0, 40))
    // Slightly in the future, so that the file does not look old on a slow machine.
    const soon = Date.now() / 1_000 + 1.5
    fs.utimesSync(path, soon, soon)
    const loading = fileVault(folder).load(name)
    for (let time = 0; time < 50; time++) await readFile(path)
    fs.writeFileSync(path, whole)
    expect(await (await loading)?.open(sealed, none)).toEqual(Uint8Array.from(plain))
  })

  it('are not left behind by a process that was killed while it made one', async () => {
    const sealed = await sealedBy()
    const left = `${keyFile()}.0b9f7f0e.tmp`
    // Killed after it made the key, but before it removed the temporary name.
    fs.linkSync(keyFile(), left)
    expect(await opened(sealed)).toEqual(Uint8Array.from(plain))
    await fileVault(folder).obtain(name)
    expect(fs.existsSync(left)).toBe(false)
    expect(await opened(sealed)).toEqual(Uint8Array.from(plain))
    fs.linkSync(keyFile(), left)
    const ofAnotherFile = join(folder, 'CACHEDIR.TAG.0b9f7f0e.tmp')
    fs.writeFileSync(ofAnotherFile, '')
    await fileVault(folder).destroy(name)
    expect(keyFiles()).toEqual([])
    expect(fs.existsSync(ofAnotherFile)).toBe(false)
  })
})

describe.skipIf(windows)('links and files that others put there', () => {
  const unavailable = async () => {
    const vault = fileVault(folder)
    for (const work of ['load', 'obtain', 'placeOf'] as const)
      await expect(vault[work](name)).rejects.toBeInstanceOf(KeyVaultUnavailable)
  }

  it('are not followed: a key is not read through a link, and the target is left alone', async () => {
    await sealedBy()
    const path = keyFile()
    const target = join(folder, '..', 'target')
    fs.renameSync(path, target)
    const bytes = fs.readFileSync(target)
    fs.symlinkSync(target, path)
    await unavailable()
    // Otherwise a key that still exists would count as destroyed.
    await expect(fileVault(folder).destroy(name)).rejects.toThrow('cannot be trusted')
    expect(keyFiles()).toHaveLength(1)
    expect(fs.readFileSync(target)).toEqual(bytes)
  })

  it('are not written through: no key is created at the missing target of a link', async () => {
    await sealedBy()
    const path = keyFile()
    fs.rmSync(path)
    fs.symlinkSync(join(folder, '..', 'target'), path)
    await unavailable()
    expect(fs.existsSync(join(folder, '..', 'target'))).toBe(false)
  })

  it('do not block: a named pipe does not count as a key', async () => {
    await sealedBy()
    const path = keyFile()
    fs.rmSync(path)
    await once(spawn('mkfifo', [path]), 'exit')
    await expect(fileVault(folder).load(name)).rejects.toThrow('cannot be trusted')
    await fileVault(folder).destroy(name)
    expect(keyFiles()).toEqual([])
  })

  it.skipIf(process.geteuid?.() !== 0)('do not count as keys if they belong to another user', async () => {
    await sealedBy()
    fs.chownSync(keyFile(), 65_534, 65_534)
    await unavailable()
  })

  it.skipIf(process.geteuid?.() !== 0)(
    'are used if only their owner may write there, as with sudo',
    async () => {
      const sealed = await sealedBy()
      for (const path of [keyFile(), folder]) fs.chownSync(path, 65_534, 65_534)
      expect(await opened(sealed)).toEqual(Uint8Array.from(plain))
      fs.chmodSync(join(folder, '..'), 0o777)
      await unavailable()
    },
  )
})

describe('a file that is created whole', () => {
  const noLinks = () => Promise.reject(Object.assign(new Error('EPERM'), { code: 'EPERM' }))

  it.for([
    ['with links', link],
    ['without links', noLinks],
  ] as const)('replaces none and leaves no other name, on a file system %s', async ([, makeLink]) => {
    const folder = await newFolder()
    const [path, temporary] = [join(folder, 'key'), join(folder, 'key.tmp')]
    expect(await createWhole(path, temporary, plain, makeLink)).toBe(true)
    expect(await createWhole(path, temporary, Buffer.from('other'), makeLink)).toBe(false)
    expect(fs.readdirSync(folder)).toEqual(['key'])
    expect(fs.readFileSync(path)).toEqual(plain)
    if (!windows) expect(fs.statSync(path).mode & 0o777).toBe(0o600)
  })
})

describe('several processes', () => {
  const program = fileURLToPath(new URL('file-vault.fixture.mjs', import.meta.url))
  const start = (task: string) =>
    spawn(process.execPath, [program, task, folder, name], { stdio: ['pipe', 'pipe', 'inherit'] })
  const go = (children: readonly ChildProcess[]) => children.forEach((child) => child.stdin?.end('go'))

  it('that obtain a key at the same time get the same key', async () => {
    const children = Array.from({ length: 4 }, () => start('obtain'))
    const ids = children.map((child) => text(child.stdout))
    go(children)
    const key = await fileVault(folder).obtain(name)
    const expected = Buffer.from(key.id).toString('hex')
    expect(await Promise.all(ids)).toEqual(children.map(() => expected))
    expect(keyFiles()).toHaveLength(1)
  })

  it('may be killed at any moment: then there is a whole key or none', async () => {
    const child = start('again and again')
    go([child])
    for (let round = 0; round < 3; round++) await once(child.stdout, 'data')
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
    for (const file of keyFiles().filter((file) => !file.endsWith('.tmp')))
      // Empty: a key that was being destroyed, so it is none.
      expect([0, 64]).toContain(fs.statSync(join(folder, file)).size)
    const key = await fileVault(folder).obtain(name)
    expect((await fileVault(folder).load(name))?.id).toEqual(key.id)
    await fileVault(folder).destroy(name)
    expect(keyFiles()).toEqual([])
  })
})

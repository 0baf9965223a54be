import { lchownSync, mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs'
import { chmod } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect } from 'vitest'
import { isRoot, STRANGER } from '../../../test/identity/owners.ts'
import { test as base } from '../../../test/temp-folder.ts'
import { realPath } from './real-path.ts'

const it = base.extend('root', ({ folder }) => realpathSync.native(folder))

describe('the real path of a file', () => {
  it('is the path itself if there is no link in it, whether the file exists or not', ({ root }) => {
    const file = join(root, 'a', 'b', 'contacts.db')
    expect(realPath(file)).toBe(file)
    mkdirSync(join(root, 'a', 'b'), { recursive: true })
    writeFileSync(file, '')
    expect(realPath(file)).toBe(file)
    expect(realPath(join(root, 'a', '..', 'a', 'b', 'contacts.db'))).toBe(file)
  })

  it('is where a chain of links leads, also across folders, whether the file exists or not', ({ root }) => {
    mkdirSync(join(root, 'real', 'deep'), { recursive: true })
    symlinkSync(join('real', 'deep'), join(root, 'folder'))
    symlinkSync(join(root, 'folder', 'second'), join(root, 'first'))
    symlinkSync(join('..', 'contacts.db'), join(root, 'real', 'deep', 'second'))
    const file = join(root, 'real', 'contacts.db')
    expect(realPath(join(root, 'first'))).toBe(file)
    writeFileSync(file, '')
    expect(realPath(join(root, 'first'))).toBe(file)
    expect(realPath(join(root, 'folder', 'contacts.db'))).toBe(join(root, 'real', 'deep', 'contacts.db'))
  })

  it('is where a link leads, even if the folder of its target does not exist yet', ({ root }) => {
    symlinkSync(join(root, 'none', 'contacts.db'), join(root, 'link'))
    expect(realPath(join(root, 'link'))).toBe(join(root, 'none', 'contacts.db'))
  })

  it('cannot be found if links form a loop', ({ root }) => {
    symlinkSync('two', join(root, 'one'))
    symlinkSync('one', join(root, 'two'))
    expect(() => realPath(join(root, 'one'))).toThrow('storage-unavailable')
  })

  it.skipIf(!isRoot)(
    'does not follow a link of another user where others may write, and follows one elsewhere',
    async ({ root }) => {
      symlinkSync(join(root, 'contacts.db'), join(root, 'link'))
      lchownSync(join(root, 'link'), STRANGER, STRANGER)
      expect(realPath(join(root, 'link'))).toBe(join(root, 'contacts.db'))
      await chmod(root, 0o1777)
      expect(() => realPath(join(root, 'link'))).toThrow('storage-untrusted')
      expect(() => realPath(join(root, 'link', 'deeper'))).toThrow('storage-untrusted')
    },
  )
})

import { existsSync } from 'node:fs'
import { chmod, chown, mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect } from 'vitest'
import { startSandbox } from '../sandbox/index.ts'
import { test as it } from './temp-folder.ts'
import { lastRecord, records, runIn } from './terminal-command.ts'
import { startAs } from './terminal-process.ts'

const OTHER_USER = 65_534

/** A person with an empty home. */
const personIn = async (folder: string) => {
  const [home, temporary] = [join(folder, 'home'), join(folder, 'tmp')]
  await mkdir(home, { recursive: true })
  await mkdir(temporary, { recursive: true })
  const environment = { HOME: home, XDG_DATA_HOME: '', TMPDIR: temporary }
  const run = (...args: string[]) => runIn(environment, ...args)
  return { home, temporary, run, environment, data: join(home, '.local', 'share', 'device-contacts') }
}

const listed = async (run: (...args: string[]) => Promise<{ readonly stdout: string }>, ...args: string[]) =>
  (await run('list', '--json', ...args)).stdout.split('\n').length - 1

describe.skipIf(process.platform !== 'linux')('contacts of the sandbox', () => {
  it('are found by the next command without a store option, and reported as invented', async ({ folder }) => {
    const { run, temporary, data } = await personIn(folder)
    const imported = await run('import', '--contacts', '12')
    expect(imported.stdout).toContain('To see them all, use "device-contacts list".\n')
    expect(await listed(run)).toBe(12)
    expect((await run('list')).stderr).toContain('These contacts are invented')
    const { stdout: status } = await run('status')
    expect(status).toContain('These contacts are invented')
    expect(status).toMatch(/^ +import +yes: replaces these invented contacts$/m)
    const store = join(data, 'sandbox.db')
    expect(records(await run('status', '--json'))).toMatchObject([{ isInvented: true, store }])
    expect(lastRecord(await run('refresh', '--edits', '4', '--json'))).toMatchObject({ added: 2, removed: 1 })
    expect(records(await run('history', '--json'))).toHaveLength(2)
    expect(lastRecord(await run('doctor', '--json'))).toMatchObject({ ok: true, store })
    expect(await readdir(temporary)).toEqual([])
  })

  it('are replaced by the next import, also if two begin at the same time', async ({ folder }) => {
    const { run, data } = await personIn(folder)
    const first = await Promise.all([run('import', '--contacts', '80'), run('import', '--contacts', '80')])
    expect(first.map(({ code }) => code)).toContain(0)
    expect(await listed(run)).toBe(80)
    const again = await run('import', '--contacts', '9', '--json')
    expect(lastRecord(again)).toMatchObject({ state: 'imported', added: 9, removed: 0 })
    const both = await Promise.all([run('import', '--contacts', '9'), run('import', '--contacts', '9')])
    expect(both.map(({ code }) => code)).toContain(0)
    expect(await listed(run)).toBe(9)
    expect((await readdir(data)).filter((name) => name.endsWith('.db'))).toEqual(['sandbox.db'])
  })

  it('are replaced with those of the Google account, and the import says so', async ({ folder }) => {
    const { run } = await personIn(folder)
    await run('import', '--contacts', '9')
    await run('import', '--source', 'google')
    const again = await run('import', '--contacts', '9')
    expect(again.stderr).toContain('This import also replaces what came from Google Contacts, and your')
    expect(await listed(run)).toBe(9)
    expect((await run('import', '--contacts', '9')).stderr).not.toContain('also replaces')
  })

  it('never hide or replace the contacts of the person', async ({ folder }) => {
    const { run, data } = await personIn(folder)
    const sandbox = await startSandbox({ contacts: 5 })
    try {
      await run('import', '--contacts', '12')
      await writeFile(join(folder, 'token'), sandbox.issueToken('user'))
      const tenant = ['--graph-url', sandbox.graphUrl, '--token-file', join(folder, 'token')]
      expect(lastRecord(await run('import', ...tenant, '--json'))).toMatchObject({ imported: 5 })
      const invented = join(data, 'sandbox.db')
      expect(await listed(run)).toBe(5)
      expect(await listed(run, '--store', invented)).toBe(12)
      expect((await run('list')).stderr).toBe('')
      expect((await run('status')).stdout).toContain(`device-contacts status --store ${invented}`)
      const again = await run('import', '--contacts', '3')
      expect(again.stdout).toContain(`device-contacts list --store ${invented}`)
      expect(await listed(run)).toBe(5)
      await run('sign-out')
      expect(await listed(run)).toBe(3)
    } finally {
      await sandbox.close()
    }
  })

  it('stay readable if an import cannot replace them, and the import says that they cannot be changed', async ({
    folder,
  }) => {
    const { run, environment, data } = await personIn(folder)
    await run('import', '--contacts', '3')
    // Root may write anywhere, so another user imports.
    const user = process.getuid?.() === 0 ? { uid: OTHER_USER } : {}
    const giveTo = async (uid = OTHER_USER) => {
      if (user.uid === undefined) return
      for (const name of ['.', ...(await readdir(data, { recursive: true }))])
        await chown(join(data, name), uid, uid)
    }
    for (const each of [folder, join(data, '..', '..', '..'), join(data, '..', '..'), join(data, '..')])
      await chmod(each, 0o755)
    await giveTo()
    await chmod(data, 0o500)
    for (const args of [[], ['--contacts', '4'], ['--store', join(data, 'new.db')]]) {
      const refused = await startAs(user, environment, 'import', '--json', ...args).ended
      expect(lastRecord(refused)).toMatchObject({ code: 'storage-read-only' })
    }
    await chmod(data, 0o700)
    await giveTo(process.getuid?.())
    expect(await listed(run)).toBe(3)
  })

  it('are deleted with everything else, and so are those that earlier versions left', async ({ folder }) => {
    const { run, data, temporary } = await personIn(folder)
    const former = join(temporary, 'device-contacts-a1B2c3')
    const foreign = join(temporary, 'device-contacts-others')
    await mkdir(former)
    await mkdir(foreign)
    await run('import', '--contacts', '3', '--store', join(former, 'sandbox.db'))
    await run('import', '--contacts', '3')
    expect(await run('sign-out', '--all', '--delete')).toMatchObject({ code: 0 })
    expect(await readdir(data)).toEqual([])
    expect([existsSync(former), existsSync(foreign)]).toEqual([false, true])
  })

  it('are in a folder of their own for temporary files if the home cannot hold them', async ({ folder }) => {
    const { run, environment, temporary } = await personIn(folder)
    environment.HOME = join(folder, 'file')
    await writeFile(environment.HOME, '')
    const own = join(temporary, `device-contacts-${process.getuid?.()}`)
    const imported = await run('import', '--contacts', '3')
    expect(imported).toMatchObject({ code: 0 })
    expect(imported.stderr).toContain(`so the contacts are among temporary files: ${join(own, 'sandbox.db')}`)
    expect(await listed(run)).toBe(3)
    expect(await run('sign-out', '--all', '--delete')).toMatchObject({ code: 0 })
    expect(await readdir(own)).toEqual([])
  })
})

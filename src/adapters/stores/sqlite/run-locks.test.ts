import { readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect } from 'vitest'
import { newFolder, test as it } from '../../../../test/temp-folder.ts'
import { runLockContract } from '../../../testing/contracts/run-lock-contract.ts'
import { sqliteDrivers } from './driver/open-driver.ts'
import { sqliteLocks } from './run-locks.ts'

for (const driver of sqliteDrivers) {
  runLockContract(`SQLite over ${driver}`, async () => {
    const folder = await newFolder()
    return {
      open: () => sqliteLocks(join(folder, 'contacts.db'), { driver }),
      dispose: async () => undefined,
    }
  })
}

describe.each(sqliteDrivers)('run locks beside a SQLite store, over %s', (driver) => {
  it('are empty files for the user alone', async ({ folder }) => {
    const locks = sqliteLocks(join(folder, 'new', 'contacts.db'), { driver })
    await locks.acquire('google')
    await locks.acquire('../odd name')
    expect(readdirSync(join(folder, 'new'))).toEqual([
      'contacts.db.lock-..%2Fodd%20name',
      'contacts.db.lock-google',
    ])
    const { mode, size } = statSync(join(folder, 'new', 'contacts.db.lock-google'))
    expect(size).toBe(0)
    if (process.platform !== 'win32') expect(mode & 0o777).toBe(0o600)
    await locks.close()
  })

  it('say why they fail if the path of a lock is not a file', async ({ folder }) => {
    writeFileSync(join(folder, 'contacts.db.lock-google'), 'something else '.repeat(100))
    const locks = sqliteLocks(join(folder, 'contacts.db'), { driver })
    await expect(locks.acquire('google')).rejects.toMatchObject({ code: 'storage-foreign' })
  })
})

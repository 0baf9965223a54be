import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RunLocks } from '../../ports/run-lock.ts'

/** A place for locks, created for each test of the contract. */
export interface RunLockFixture {
  /** Each object behaves as if another process or tab held it. */
  open(): RunLocks
  /** Removes the place. All locks are released by then. */
  dispose(): Promise<void>
}

/** The tests that every `RunLocks` must pass, for vitest. Call it once in a test file. */
export const runLockContract = (name: string, create: () => Promise<RunLockFixture>): void => {
  describe(`${name} keeps the contract of run locks`, () => {
    let fixture: RunLockFixture
    let opened: RunLocks[] = []
    const open = (): RunLocks => {
      const locks = fixture.open()
      opened.push(locks)
      return locks
    }
    beforeEach(async () => {
      fixture = await create()
      opened = []
    })
    afterEach(async () => {
      for (const locks of opened) await locks.close()
      await fixture.dispose()
    })

    it('can be acquired once, and not by others while it is held', async () => {
      const [one, other] = [open(), open()]
      expect(await one.acquire('google')).not.toBeNull()
      expect(await other.acquire('google')).toBeNull()
      expect(await one.acquire('google')).toBeNull()
    })

    it('is free again once it is released', async () => {
      const [one, other] = [open(), open()]
      const lock = await one.acquire('google')
      await lock?.release()
      const next = await other.acquire('google')
      expect(next).not.toBeNull()
      expect(await one.acquire('google')).toBeNull()
      await next?.release()
      expect(await one.acquire('google')).not.toBeNull()
    })

    it('may be released twice without freeing the lock of the next holder', async () => {
      const [one, other] = [open(), open()]
      const lock = await one.acquire('google')
      await lock?.release()
      expect(await other.acquire('google')).not.toBeNull()
      await lock?.release()
      expect(await one.acquire('google')).toBeNull()
    })

    it('does not exclude locks of other names', async () => {
      const [one, other] = [open(), open()]
      expect(await one.acquire('google')).not.toBeNull()
      expect(await one.acquire('outlook')).not.toBeNull()
      expect(await other.acquire('microsoft365')).not.toBeNull()
    })

    it('is acquired by exactly one of many that try at the same time', async () => {
      const comers = Array.from({ length: 8 }, () => open())
      const locks = await Promise.all(comers.map(async (locks) => locks.acquire('google')))
      expect(locks.filter((lock) => lock !== null)).toHaveLength(1)
    })

    it('is released by closing, as are the other locks of that object, but no others', async () => {
      const [one, other, third] = [open(), open(), open()]
      await one.acquire('google')
      await one.acquire('outlook')
      await other.acquire('microsoft365')
      await one.close()
      await one.close()
      expect(await third.acquire('google')).not.toBeNull()
      expect(await third.acquire('outlook')).not.toBeNull()
      expect(await third.acquire('microsoft365')).toBeNull()
    })
  })
}

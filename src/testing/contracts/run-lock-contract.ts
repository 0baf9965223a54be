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

    it('tells a wait once it is free, and not before', async () => {
      const [one, other, third] = [open(), open(), open()]
      const told: string[] = []
      const lock = await one.acquire('google')
      other.whenFree('google', () => told.push('free'))
      for (let turn = 0; turn < 5; turn++) expect(await third.acquire('google')).toBeNull()
      told.push('released')
      await lock?.release()
      await expect.poll(() => told).toEqual(['released', 'free'])
      await (await third.acquire('google'))?.release()
      expect(told).toEqual(['released', 'free'])
    })

    it('tells a wait that it is free already, but not while the wait begins', async () => {
      const locks = open()
      let isTold = false
      locks.whenFree('google', () => (isTold = true))
      expect(isTold).toBe(false)
      await expect.poll(() => isTold).toBe(true)
    })

    it('is not refused to any other because some wait for it', async () => {
      const [one, third, ...waiting] = [open(), open(), open(), open(), open()]
      const lock = await one.acquire('google')
      for (const locks of waiting) locks.whenFree('google', () => undefined)
      await lock?.release()
      expect(await third.acquire('google')).not.toBeNull()
    })

    it('goes to each that waits, one after the other', async () => {
      const [one, ...waiting] = [open(), open(), open(), open()]
      let holders = 0
      const had: number[] = []
      const take = async (locks: RunLocks, index: number) => {
        const lock = await locks.acquire('google')
        if (lock === null) {
          locks.whenFree('google', () => void take(locks, index))
          return
        }
        expect(++holders).toBe(1)
        had.push(index)
        holders--
        await lock.release()
      }
      const lock = await one.acquire('google')
      await Promise.all(waiting.map(take))
      expect(had).toEqual([])
      await lock?.release()
      await expect.poll(() => had.toSorted()).toEqual([0, 1, 2])
    })

    it('is not told to a wait that was ended, nor to one whose object was closed', async () => {
      const [one, stopped, closed, witness] = [open(), open(), open(), open()]
      const lock = await one.acquire('google')
      const told: string[] = []
      const stop = stopped.whenFree('google', () => told.push('stopped'))
      closed.whenFree('google', () => told.push('closed'))
      stop()
      stop()
      await closed.close()
      closed.whenFree('google', () => told.push('closed'))
      witness.whenFree('google', () => told.push('witness'))
      await lock?.release()
      await expect.poll(() => told).toEqual(['witness'])
      const again = await one.acquire('google')
      await again?.release()
      await expect.poll(async () => (await one.acquire('google')) !== null).toBe(true)
      expect(told).toEqual(['witness'])
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

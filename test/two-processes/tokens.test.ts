import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { afterEach, describe, expect } from 'vitest'
import { tokenCache } from '../../src/adapters/sign-in/tokens/token-cache.ts'
import { sqliteLocks } from '../../src/adapters/stores/sqlite/run-locks.ts'
import { isSoak, soakRounds } from '../soak.ts'
import { test } from '../temp-folder.ts'
import { startTokenProcess } from './token-process.ts'
import type { TokenProcess } from './token-process.ts'

const OLD = '{"RefreshToken":"old"}'
const NEW = '{"RefreshToken":"new"}'

let root: string
test.beforeEach(({ folder }) => {
  root = folder
})
const processes = new Set<TokenProcess>()
afterEach(async () => {
  await Promise.all([...processes].map((process) => process.kill()))
  processes.clear()
})

const start = async (path: string, isStepwise: boolean): Promise<TokenProcess> => {
  const process = await startTokenProcess(path, isStepwise)
  processes.add(process)
  return process
}

const newPath = (): string => join(mkdtempSync(join(root, 'place-')), 'tokens.json')

/** The cache of this process. It counts its waits for the lock; for an impatient one they take no time. */
const cacheOf = (path: string, { isImpatient = false } = {}) => {
  const waits = { count: 0 }
  const wait = async (): Promise<void> => {
    waits.count++
    await turn()
  }
  const patient = async (): Promise<void> => {
    waits.count++
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  const options = { locks: sqliteLocks(path), wait: isImpatient ? wait : patient }
  return Object.assign(tokenCache(path, null, 'tokens', options), { waits })
}

/** The files that are not empty. */
const left = (path: string): readonly string[] => {
  const folder = join(path, '..')
  return readdirSync(folder).filter(
    (name) => !name.includes('.lock-') || statSync(join(folder, name)).size > 0,
  )
}

let calls = 0

/**
 * Stops a new process before each of its steps in turn, and calls `scene` with it and the step. Outside of a soak, before
 * every second step; one call takes those that the next one leaves out.
 */
const beforeEachStep = async (
  begin: (process: TokenProcess) => void,
  scene: (process: TokenProcess, path: string, step: string) => Promise<void>,
): Promise<readonly string[]> => {
  const steps: string[] = []
  const turn = calls++
  const isChosen = () => isSoak || (steps.length + turn) % 2 === 0
  for (;;) {
    const path = newPath()
    await cacheOf(path).replace(OLD)
    const process = await start(path, true)
    begin(process)
    for (let count = 0; count < steps.length; count++) {
      await process.said()
      process.goOn()
    }
    let said = await process.said()
    while (said?.step !== undefined && !isChosen()) {
      steps.push(said.step)
      process.goOn()
      said = await process.said()
    }
    if (said?.step === undefined) return steps
    steps.push(said.step)
    await scene(process, path, said.step)
    await process.kill()
    processes.delete(process)
  }
}

const renewal = (process: TokenProcess): void => process.begin('update', OLD, NEW)
const RENEWAL = ['readFile', 'mkdir', 'readdir', 'open', 'writeFile', 'sync', 'close', 'rename']
const signOut = (process: TokenProcess): void => process.begin('erase')
const SIGN_OUT = ['lstat', 'readFile', 'readdir', 'rm']

describe('a process that renews tokens', () => {
  test('and is killed before any step loses no tokens, and a later sign-out leaves none', async () => {
    const steps = await beforeEachStep(renewal, async (process, path, step) => {
      await process.kill()
      const cache = cacheOf(path)
      expect(await cache.read(), step).toBe(OLD)
      await cache.update(OLD, NEW)
      expect(left(path), step).toEqual(['tokens.json'])
      expect(readFileSync(path, 'utf8')).toBe(NEW)
      await cache.erase()
      expect(left(path), step).toEqual([])
    })
    expect(steps).toEqual(RENEWAL)
  })

  test('and is killed before any step leaves nothing if a sign-out comes next', async () => {
    await beforeEachStep(renewal, async (process, path, step) => {
      await process.kill()
      await cacheOf(path).erase()
      expect(left(path), step).toEqual([])
    })
  })

  test('makes a sign-out wait at any step, and nothing is left', async () => {
    await beforeEachStep(renewal, async (process, path, step) => {
      const cache = cacheOf(path)
      const erased = cache.erase()
      await expect.poll(() => cache.waits.count, { interval: 2 }).toBeGreaterThan(1)
      expect(readFileSync(path, 'utf8'), step).toBe(OLD)
      await process.finish()
      await erased
      expect(left(path), step).toEqual([])
    })
  })

  test('makes a sign-out wait only up to a limit; it removes its tokens once it learns of the sign-out', async () => {
    await beforeEachStep(renewal, async (process, path, step) => {
      await cacheOf(path, { isImpatient: true }).erase()
      expect(left(path), step).toEqual([])
      await process.finish()
      signOut(process)
      await process.finish()
      expect(left(path), step).toEqual([])
      process.begin('read')
      expect(await process.finish(), step).toBeNull()
    })
  })

  test('makes another renewal wait only up to a limit, and neither loses the tokens', async () => {
    await beforeEachStep(renewal, async (process, path, step) => {
      const cache = cacheOf(path, { isImpatient: true })
      await cache.update(OLD, '{"RefreshToken":"other"}')
      await process.finish()
      expect(JSON.parse(readFileSync(path, 'utf8')), step).toHaveProperty('RefreshToken')
      expect(await cache.read(), step).toBe(readFileSync(path, 'utf8'))
    })
  })
})

describe('a process that signs out', () => {
  test('and is killed before any step leaves everything to the next sign-out, which removes it', async () => {
    const steps = await beforeEachStep(signOut, async (process, path, step) => {
      await process.kill()
      const cache = cacheOf(path)
      await cache.update(OLD, NEW)
      await cache.erase()
      expect(left(path), step).toEqual([])
    })
    expect(steps).toEqual(SIGN_OUT)
  })

  test('leaves no tokens even if a renewal comes at any of its steps', async () => {
    await beforeEachStep(signOut, async (process, path, step) => {
      const cache = cacheOf(path)
      const renewed = cache.update(OLD, NEW)
      await process.finish()
      await renewed
      expect(left(path), step).toEqual([])
      expect(await cache.read(), step).toBeNull()
    })
  })
})

/** How many processes renew at the same time. */
const CROWD = soakRounds({ whole: 20, share: 5 })

test(
  'many processes renew, are killed and sign out at random: the last sign-out leaves nothing',
  { timeout: 600_000 },
  async () => {
    const path = newPath()
    const cache = cacheOf(path)
    const random = (count: number): number => Math.floor(Math.random() * count)
    const crowd: TokenProcess[] = []
    for (let round = 0; round < soakRounds({ whole: 130, share: 4 }); round++) {
      while (crowd.length < CROWD) crowd.push(await start(path, false))
      await cache.replace(JSON.stringify({ RefreshToken: `of round ${round}` }))
      for (const process of crowd) process.begin('renew')
      const heard = async (process: TokenProcess, times: number): Promise<void> => {
        while (times-- > 0) await process.said()
      }
      const [signsOut, killed, other] = [crowd[random(CROWD)], crowd[random(CROWD)], crowd[random(CROWD)]]
      await Promise.all(crowd.slice(0, 3).map((process) => heard(process, 1 + random(10))))
      const dead = new Set([killed, round % 2 === 0 ? other : killed])
      const kills = [...dead].map(async (process) => {
        for (let turns = random(200); turns > 0; turns--) await turn()
        await process?.kill()
      })
      // Its answer may arrive between those of its renewals.
      signsOut?.begin('erase')
      if (dead.has(signsOut)) await Promise.all(kills)
      await (dead.has(signsOut) ? cache.erase() : signsOut && untilDone(signsOut))
      await Promise.all(kills)
      const alive = crowd.filter((process) => !dead.has(process))
      for (const process of alive) process.halt()
      await Promise.all(alive.map((process) => untilDone(process)))
      expect(left(path), `round ${round}`).toEqual([])
      crowd.splice(0, CROWD, ...alive)
    }
    rmSync(path, { force: true })
  },
)

/** Waits until a call of the process resolves. */
const untilDone = async (process: TokenProcess): Promise<void> => {
  while ((await process.said())?.done === undefined);
}

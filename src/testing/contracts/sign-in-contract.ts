import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SignIn, SignInRequest } from '../../ports/sign-in.ts'
import { signInCore } from './sign-in-core.ts'

/** A sign-in under test, without an account yet. */
export interface SignInSubject {
  readonly signIn: SignIn
  /**
   * What the person does at the address that the sign-in shows, with the code that it shows, if any. Resolves
   * when the tab has its last page.
   */
  visit(address: string, decision: 'accept' | 'decline', userCode?: string): Promise<unknown>
  /** Whether access is available without asking the person. */
  hasAccess(): Promise<boolean>
  dispose(): Promise<void>
}

/** The app learns by polling what the person did on another device, so a test waits longer. */
const patience = { timeout: 10_000 }

/** The tests that every sign-in with a page for the person must pass (`src/ports/sign-in.ts`). */
export const signInContract = (name: string, start: () => Promise<SignInSubject>): void => {
  describe(`sign-in: ${name}`, () => {
    let subject: SignInSubject
    beforeEach(async () => {
      subject = await start()
    })
    afterEach(() => subject.dispose())

    /** A sign-in in progress, its page shown. */
    const begin = async (attempt: string, request: Omit<SignInRequest, 'attempt'> = {}) => {
      const core = signInCore()
      const done = subject.signIn.signIn({ attempt, ...request }, core.context)
      // A test awaits it later; until then, its rejection must not count as unhandled.
      done.catch(() => undefined)
      const address = await core.address
      const [userCode] = core.progress.flatMap(({ userCode }) => userCode ?? [])
      const visit = (decision: 'accept' | 'decline') => subject.visit(address, decision, userCode)
      return { core, done, visit }
    }
    const accepted = async (attempt: string) => {
      const { core, done, visit } = await begin(attempt)
      await visit('accept')
      await done
      return core
    }
    const types = (core: ReturnType<typeof signInCore>) => core.reports.map(({ type }) => type)

    it('asks whether the answer is still accepted, then reports who agreed, and has access', async () => {
      const core = await accepted('a')
      expect(types(core)).toEqual(['sign-in.answered', 'consent.granted'])
      expect(core.reports[1]).toMatchObject({ account: { id: expect.stringMatching(/.+/) as string } })
      expect(await subject.hasAccess()).toBe(true)
    })

    it('shows where the page is and when the sign-in times out', async () => {
      const { core, done } = await begin('a')
      expect(core.progress[0]?.until?.getTime()).toBeGreaterThan(Date.now())
      core.cancel()
      await done
    })

    it('shows an address that a browser can open and a terminal can print, and a code that can be typed', async () => {
      const { core, done } = await begin('a')
      for (const { address, userCode } of core.progress) {
        expect(address).toMatch(/^(https:|http:\/\/(localhost|127\.0\.0\.1|\[::1\])[:/])[!-~]+$/)
        if (userCode !== undefined) expect(userCode).toMatch(/^[A-Za-z0-9][A-Za-z0-9 -]{0,39}$/)
      }
      core.cancel()
      await done
    })

    it('fails as declined if the person does not agree', async () => {
      const { done, visit } = await begin('a')
      await visit('decline')
      await expect(done).rejects.toMatchObject({ name: 'ImportFailure', code: 'consent-declined' })
      expect(await subject.hasAccess()).toBe(false)
    })

    it('resolves immediately when the attempt is cancelled', async () => {
      const { core, done } = await begin('a')
      const start = performance.now()
      core.cancel()
      await done
      // The promise is 100 ms; the rest is for slow machines.
      expect(performance.now() - start).toBeLessThan(500)
    })

    it('does nothing for an attempt that was over before it began', async () => {
      const core = signInCore()
      core.cancel()
      await subject.signIn.signIn({ attempt: 'a' }, core.context)
      expect(core.progress).toEqual([])
    })

    it('reports an answer that arrives after a cancel, but does not use it', async () => {
      const { core, done, visit } = await begin('a')
      core.cancel()
      await done
      await visit('accept')
      await expect.poll(() => types(core), patience).toEqual(['sign-in.answered'])
      expect(await subject.hasAccess()).toBe(false)
    })

    it('does not use an answer that the core does not accept', async () => {
      const { core, done, visit } = await begin('a')
      core.answers['sign-in.answered'] = () => ({ accepted: false, reason: 'attempt-over' })
      await visit('accept')
      await done
      expect(types(core)).toEqual(['sign-in.answered'])
      expect(await subject.hasAccess()).toBe(false)
    })

    it('keeps no access that the core does not accept', async () => {
      const { core, done, visit } = await begin('a')
      core.answers['consent.granted'] = () => ({ accepted: false, reason: 'different-account' })
      await visit('accept')
      await done
      expect(await subject.hasAccess()).toBe(false)
    })

    it('distinguishes the tabs of two attempts', async () => {
      const first = await begin('a')
      first.core.cancel()
      await first.done
      const second = await begin('b')
      await first.visit('accept')
      await expect.poll(() => types(first.core), patience).toEqual(['sign-in.answered'])
      expect(types(second.core)).toEqual([])
      await second.visit('accept')
      await second.done
      expect(types(second.core)).toEqual(['sign-in.answered', 'consent.granted'])
      expect(types(first.core)).toEqual(['sign-in.answered'])
    })

    it('needs no page if access is still granted', async () => {
      const [{ account: who } = { account: null }] = (await accepted('a')).reports.filter(
        (report) => report.type === 'consent.granted',
      )
      const core = signInCore()
      await subject.signIn.signIn({ attempt: 'b' }, core.context)
      expect(core.progress).toEqual([])
      expect(core.reports).toEqual([{ type: 'consent.granted', account: who }])
    })

    it('asks the person if another account is to be chosen, even if access is still granted', async () => {
      await accepted('a')
      const { core, done, visit } = await begin('b', { chooseAccount: true })
      expect(types(core)).toEqual([])
      await visit('accept')
      await done
      expect(types(core)).toEqual(['sign-in.answered', 'consent.granted'])
      expect(await subject.hasAccess()).toBe(true)
    })

    it('keeps the existing access if no other account is chosen', async () => {
      await accepted('a')
      const { core, done } = await begin('b', { chooseAccount: true })
      core.cancel()
      await done
      expect(await subject.hasAccess()).toBe(true)
    })

    it('signs out permanently, any number of times', async () => {
      await accepted('a')
      await subject.signIn.signOut()
      expect(await subject.hasAccess()).toBe(false)
      await subject.signIn.signOut()
      const again = await begin('b')
      again.core.cancel()
      await again.done
    })

    it('reports whether a sign-out has tokens to remove, or keeps none', async () => {
      const { signIn } = subject
      if (!signIn.hasTokens) return
      expect(await signIn.hasTokens()).toBe(false)
      await accepted('a')
      expect(await signIn.hasTokens()).toBe(true)
      await signIn.signOut()
      expect(await signIn.hasTokens()).toBe(false)
    })

    it('can be closed any number of times', async () => {
      const { core, done } = await begin('a')
      core.cancel()
      await done
      await subject.signIn.close()
      await subject.signIn.close()
    })
  })
}

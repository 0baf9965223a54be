import { describe, expect, it } from 'vitest'
import { failureCodes, signOutSteps } from '../../domain/failures.ts'
import { skipReasons } from '../../domain/contact.ts'
import { sources } from '../../domain/source.ts'
import { en } from './en.ts'
import type { Sentences, Situation } from '../catalogue.ts'

const messages = en('en-US')

const steps: Situation['steps'] = {
  signIn: 'press Sign in',
  restart: 'press Restart',
  refresh: 'press Refresh',
  cancel: 'press Cancel',
  approveRemoval: 'press Approve',
  signOut: 'press Sign out',
}

const withCode: Situation['steps'] = { ...steps, restartWithCode: 'press Use a code' }

const situations: readonly Situation[] = sources.flatMap((source) => [
  { source, steps },
  { source, steps, storage: 'browser' },
  {
    source,
    steps: withCode,
    onDevice: 1240,
    retryAt: '2026-03-01T10:15:00Z',
    held: { removes: 300, of: 1000 },
    accessTokenFile: true,
  },
])

const expectSentences = ({ happened, next }: Sentences): void => {
  for (const text of [happened, next]) {
    expect(text).toMatch(/^\p{Lu}.*\.$/u)
    expect(text).not.toMatch(/undefined|null|NaN|\[object|\$\{|Invalid Date| {2}/)
  }
}

/** Every way in which a sign-out can be incomplete. */
const allLeft = Array.from({ length: 7 }, (_, index) =>
  signOutSteps.filter((_step, bit) => ((index + 1) >> bit) & 1),
)

describe('the English messages', () => {
  it('do not speak of files where the contacts are stored in a browser', () => {
    const storage = failureCodes.filter((code) => code.startsWith('storage-'))
    expect(storage.length).toBeGreaterThan(5)
    for (const code of storage) {
      // These two cannot happen there.
      if (code === 'storage-linked' || code === 'storage-untrusted') continue
      const { happened, next } = messages.failures[code]({
        source: 'microsoft365',
        steps,
        storage: 'browser',
      })
      expect(`${code}: ${happened} ${next}`).not.toMatch(/\b(file|folder|Node|SQLite|backup|key ring)\b/)
      expect(messages.failures[code]({ source: 'microsoft365', steps, storage: 'file' })).toEqual(
        messages.failures[code]({ source: 'microsoft365', steps }),
      )
    }
  })

  it('say when contacts that may be out of date were last updated', () => {
    const updatedAt = '2026-03-01T10:15:00Z'
    for (const situation of situations)
      expect(messages.notices['list-may-be-older']({ ...situation, updatedAt }).happened).toContain(
        messages.time(updatedAt),
      )
  })

  it('say what a sign-out that failed has removed, and what to do about the rest', () => {
    const told = new Set<string>()
    for (const left of allLeft)
      for (const situation of situations) {
        const { happened, next } = messages.signOutLeft(left, situation)
        expectSentences({ happened, next })
        expect(next).toContain(situation.steps.signOut)
        expect(happened.includes('cannot be read any more')).toBe(
          left.includes('contacts') && !left.includes('keys'),
        )
        told.add(happened)
      }
    expect(told.size).toBe(6)
  })

  it('say why contacts were left out, one or many', () => {
    expect(Object.keys(messages.skips).sort()).toEqual([...skipReasons].sort())
    expect(messages.skips['no-id'](1)).toBe('1 contact had no id')
    expect(messages.skips['no-id'](1200)).toBe('1,200 contacts had no id')
  })

  it('say how many contacts are incomplete', () => {
    expect(messages.incomplete(1)).toBe('1 contact has a field that could not be read completely')
    expect(messages.incomplete(1200)).toBe('1,200 contacts have fields that could not be read completely')
  })

  it('use the wording of the shell for the steps', () => {
    const { next } = messages.refusals['already-linked']({ source: 'microsoft365', steps })
    expect(next).toBe('To update them, press Refresh.')
  })

  it('suggest the refresh, which needs no sign-in, if contacts are on the device', () => {
    const offline = (onDevice: number) =>
      messages.failures.offline({ source: 'microsoft365', steps, onDevice }).next
    expect(offline(0)).toContain('press Restart')
    expect(offline(12)).toContain('press Refresh')
  })

  it('say when to try again if the service gave a time', () => {
    const { next } = messages.failures.throttled({
      source: 'microsoft365',
      steps,
      retryAt: '2026-03-01T10:15:00Z',
    })
    expect(next).toMatch(/^After Mar \d, 2026, .*, press Restart\.$/)
  })

  it('say that a held removal waits, how many contacts it would remove, and that none was removed', () => {
    const held = { removes: 300, of: 1000 }
    const { happened } = messages.failures['removal-held']({ source: 'microsoft365', steps, held })
    expect(happened).toContain('remove 300 of your 1,000 contacts')
    for (const each of [held, null])
      expect(
        messages.failures['removal-held']({ source: 'microsoft365', steps, held: each }).happened,
      ).toMatch(/^This refresh waits for your approval.*Nothing was removed\.$/)
  })

  it.each(['sign-in-expired', 'permission-missing', 'permission-removed', 'different-account'] as const)(
    'ask for another token after %s, not for a sign-in, if the person uses a token file',
    (code) => {
      const sentences = (accessTokenFile: boolean) =>
        messages.failures[code]({ source: 'microsoft365', steps, accessTokenFile })
      expect(sentences(true).happened).toContain('token file')
      expect(sentences(true).next).toContain('into the file')
      expect(sentences(false).happened).not.toContain('token')
    },
  )

  it('format numbers as the locale does', () => {
    expect(messages.contactsOf(10_000, 12_345)).toBe('10,000 of 12,345 contacts')
    expect(en('en-ZA').number(12_345)).not.toBe('12,345')
  })
})

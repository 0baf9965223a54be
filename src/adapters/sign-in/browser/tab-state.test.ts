import { describe, expect, it } from 'vitest'
import { tabStates } from './tab-state.ts'

describe('a tab', () => {
  it('that is closed before it leaves our own page is closed', () => {
    const states = tabStates()
    expect(states.look(false, 0)).toBe('open')
    expect(states.look(true, 250)).toBe('closed')
  })

  it('that seems closed as soon as it has left is unknown, for good', () => {
    const states = tabStates()
    states.left(0)
    expect(states.look(true, 40)).toBe('unknown')
    expect(states.look(true, 60_000)).toBe('unknown')
  })

  it('that seems closed at the first look, a minute late in a hidden page, is unknown', () => {
    const states = tabStates()
    states.left(0)
    expect(states.look(true, 60_000)).toBe('unknown')
  })

  it('whose tie is cut by a page that takes a moment is unknown', () => {
    const states = tabStates()
    states.left(0)
    expect(states.look(false, 250)).toBe('open')
    expect(states.look(true, 1_250)).toBe('unknown')
  })

  it('that was still there a second after it has left, and then is not, is closed', () => {
    const states = tabStates()
    states.left(0)
    expect(states.look(false, 1_000)).toBe('open')
    expect(states.look(true, 1_250)).toBe('closed')
  })
})

import { describe, expect, it } from 'vitest'
import { Interruption } from './interruption.ts'

const terminal = () => {
  const listeners: (() => void)[] = []
  const exits: number[] = []
  let now = 1000
  const process = {
    on: (signal: string, listener: () => void) => signal === 'SIGINT' && listeners.push(listener),
    exit: (code: number) => void exits.push(code),
  }
  const interruption = new Interruption(process, () => now)
  const press = (after: number) => {
    now += after
    for (const listener of listeners) listener()
  }
  return { interruption, press, exits }
}

describe('Ctrl-C', () => {
  it('is told to the command at work, and ends nothing by itself', () => {
    const { interruption, press, exits } = terminal()
    let told = 0
    interruption.listen(() => told++)
    expect(interruption.happened).toBe(false)
    press(1)
    expect(interruption.happened).toBe(true)
    expect({ told, exits }).toEqual({ told: 1, exits: [] })
  })

  it('pressed a second time ends the process at once', () => {
    const { interruption, press, exits } = terminal()
    interruption.listen(() => undefined)
    press(1)
    press(2000)
    expect(exits).toEqual([130])
  })

  it('that npm passes on once more is still one press', () => {
    const { interruption, press, exits } = terminal()
    interruption.listen(() => undefined)
    press(1)
    press(20)
    expect(exits).toEqual([])
  })

  it('ends the process where nothing is at work', () => {
    const { interruption, press, exits } = terminal()
    interruption.listen(() => undefined)()
    press(1)
    expect(exits).toEqual([130])
  })
})

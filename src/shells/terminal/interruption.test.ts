import { describe, expect, it } from 'vitest'
import { Interruption } from './interruption.ts'

const terminal = () => {
  const listeners = new Map<string, () => void>()
  const exits: number[] = []
  let now = 1000
  const process = {
    on: (signal: string, listener: () => void) => listeners.set(signal, listener),
    exit: (code: number) => void exits.push(code),
  }
  const interruption = new Interruption(process, () => now)
  const press = (after: number, signal = 'SIGINT') => {
    now += after
    listeners.get(signal)?.()
  }
  return { interruption, press, exits }
}

describe('Ctrl-C', () => {
  it('notifies the running command, and does not end the process', () => {
    const { interruption, press, exits } = terminal()
    let told = 0
    interruption.listen(() => told++)
    expect(interruption.happened).toBe(false)
    press(1)
    expect(interruption.happened).toBe(true)
    expect({ told, exits }).toEqual({ told: 1, exits: [] })
  })

  it('pressed a second time ends the process immediately', () => {
    const { interruption, press, exits } = terminal()
    interruption.listen(() => undefined)
    press(1)
    press(2000)
    expect(exits).toEqual([130])
  })

  it('that npm repeats still counts as one press', () => {
    const { interruption, press, exits } = terminal()
    interruption.listen(() => undefined)
    press(1)
    press(20)
    expect(exits).toEqual([])
  })

  it('ends the process if no command is running', () => {
    const { interruption, press, exits } = terminal()
    interruption.listen(() => undefined)()
    press(1)
    expect(exits).toEqual([130])
  })
})

describe.each([
  ['SIGHUP', 129],
  ['SIGINT', 130],
  ['SIGQUIT', 131],
  ['SIGTERM', 143],
])('%s', (signal, code) => {
  it(`lets the running command finish, with the exit code ${code}`, () => {
    const { interruption, press, exits } = terminal()
    let told = 0
    interruption.listen(() => told++)
    press(1, signal)
    expect({ told, exits, code: interruption.exitCode }).toEqual({ told: 1, exits: [], code })
  })

  it(`ends a process without a running command with ${code}`, () => {
    const { press, exits } = terminal()
    press(1, signal)
    expect(exits).toEqual([code])
  })
})

describe('a closed window', () => {
  it('does not force an exit when SIGHUP is repeated, even later', () => {
    const { interruption, press, exits } = terminal()
    interruption.listen(() => undefined)
    press(1, 'SIGHUP')
    press(5, 'SIGHUP')
    press(2000, 'SIGHUP')
    expect(exits).toEqual([])
    press(1, 'SIGTERM')
    expect(exits).toEqual([143])
  })
})

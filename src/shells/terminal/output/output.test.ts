import { Writable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { Output } from './output.ts'

const stream = (isTTY: boolean, columns = 80) => {
  const chunks: string[] = []
  const writable = new Writable({
    decodeStrings: false,
    write: (chunk: string, _encoding, done) => {
      chunks.push(chunk)
      done()
    },
  })
  return Object.assign(writable, { isTTY, columns, text: () => chunks.join('') })
}

const streams = (isTTY: boolean, term = 'xterm') => {
  const stdout = stream(isTTY)
  const stderr = stream(isTTY)
  return { stdout, stderr, output: new Output({ stdout, stderr, json: false, term }) }
}

describe('output', () => {
  it('prints results and notes on different streams', () => {
    const { stdout, stderr, output } = streams(false)
    output.result('a result', 'good')
    output.note('a note', 'bad')
    output.record({ a: 1 })
    expect(stdout.text()).toBe('a result\n{"a":1}\n')
    expect(stderr.text()).toBe('a note\n')
  })

  it('has no live line without a terminal that can move its cursor', () => {
    for (const { stderr, output } of [streams(false), streams(true, 'dumb')]) {
      output.live('50 of 100')
      expect(output.isLive).toBe(false)
      expect(stderr.text()).toBe('')
    }
  })

  it('changes the live line in place, and prints notes above it', () => {
    const { stderr, output } = streams(true)
    output.live('1 of 2')
    output.note('by the way')
    output.live('2 of 2')
    output.live('')
    const clear = '\r\u001b[2K'
    const live = (text: string) => `${clear}\u001b[?7l${text}\u001b[?7h`
    expect(stderr.text()).toBe(
      live('1 of 2') + `${clear}by the way\n` + live('1 of 2') + live('2 of 2') + clear,
    )
  })

  it('breaks lines between words on a terminal only', () => {
    const text = 'The contacts on this device are unchanged.'
    const [stdout, stderr] = [stream(true, 30), stream(false)]
    const output = new Output({ stdout, stderr, json: false })
    output.result(text)
    output.note(text)
    expect(stdout.text()).toBe('The contacts on this device\nare unchanged.\n')
    expect(stderr.text()).toBe(`${text}\n`)
    stdout.columns = 12
    output.result('as the window is now')
    expect(stdout.text()).toMatch(/as the\nwindow is\nnow\n$/)
    output.record({ a: 'a long text in JSON is one line' })
    expect(stdout.text()).toContain('{"a":"a long text in JSON is one line"}')
  })

  it('keeps the live line within the terminal, and removes it even if a narrower window has wrapped it', () => {
    const { stderr, output } = streams(true)
    stderr.columns = 40
    output.live('x'.repeat(100))
    expect(stderr.text()).toContain(`7l${'x'.repeat(38)}…\u001b`)
    stderr.columns = 15
    output.live('')
    expect(stderr.text().endsWith('\u001b[2A\r\u001b[J')).toBe(true)
  })

  it.each([{ plain: true }, { plain: false, term: 'dumb' }])(
    'uses no cursor movement and no colours with %j',
    (how) => {
      const [stdout, stderr] = [stream(true), stream(true)]
      const output = new Output({ stdout, stderr, json: false, ...how })
      output.live('1 of 2')
      output.note('a note', 'bad')
      output.result('a result', 'good')
      expect([output.isPlain, output.isLive]).toEqual([true, false])
      expect(stdout.text() + stderr.text()).toBe('a result\na note\n')
    },
  )

  it('does not break a name or a number', () => {
    const stdout = stream(true, 24)
    const output = new Output({ stdout, stderr: stream(true), json: false })
    output.result(`${output.untrusted('Zoë Ng')} · ${output.untrusted('+31 (0)20 123')} · x`)
    expect(stdout.text()).toBe('Zoë Ng · +31 (0)20 123 ·\nx\n')
  })

  it('isolates untrusted text on a terminal, and only cleans it elsewhere', () => {
    expect(streams(true).output.untrusted('דוד\u001b')).toBe('\u2068דוד\u2069')
    expect(streams(false).output.untrusted('דוד\u001b')).toBe('דוד')
  })

  it.each(['EPIPE', 'EIO'])('ignores a reader or a terminal that closes early (%s)', (code) => {
    const { stdout, stderr, output } = streams(false)
    stdout.emit('error', Object.assign(new Error(code), { code }))
    stderr.emit('error', Object.assign(new Error(code), { code }))
    expect(() => output.result('more')).not.toThrow()
    expect([output.isIncomplete, stderr.text()]).toEqual([false, ''])
  })

  it('says once that the result is not complete, for example on a full disk', () => {
    const { stdout, stderr, output } = streams(false)
    for (let time = 0; time < 2; time++)
      stdout.emit('error', Object.assign(new Error('write'), { code: 'ENOSPC' }))
    expect(output.isIncomplete).toBe(true)
    expect(stderr.text().match(/could be written/g)).toHaveLength(1)
  })
})

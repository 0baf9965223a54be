import { expect, test } from 'vitest'
import { decodeMessage, encodeMessage } from './json-messages.ts'
import { webSocketPort } from './web-socket-port.ts'

test.each([
  { name: 'a date', value: { until: new Date('2026-11-28T10:00:00.123Z') } },
  {
    name: 'the bytes of a photo',
    value: { photo: { type: 'image/png', bytes: new Uint8Array([0, 255, 128]) } },
  },
  {
    name: 'a field with the name of the mark',
    value: { $: 'date', value: 'not one', deep: [{ $: { $: 1 } }] },
  },
  { name: 'text of any kind', value: ['\ud800', '\u0000', 'Ῥόδος', '{"$":"date"}'] },
  { name: 'nothing', value: null },
])('$name arrives as it was sent', ({ value }) => {
  expect(decodeMessage(encodeMessage(value))).toEqual(value)
})

test('a missing parameter arrives as missing, and an absent field stays absent', () => {
  const arrived = decodeMessage(encodeMessage({ parameters: ['google', undefined, 5], absent: undefined }))
  expect(arrived).toEqual({ parameters: ['google', undefined, 5] })
})

/** A WebSocket of which the test is the network. */
const fakeSocket = () => {
  const target = new EventTarget()
  const socket = {
    readyState: 1,
    bufferedAmount: 0,
    sent: [] as string[],
    closed: [] as number[],
    send: (text: string) => void socket.sent.push(text),
    close: (code: number) => void socket.closed.push(code),
    addEventListener: target.addEventListener.bind(target),
    removeEventListener: target.removeEventListener.bind(target),
    receive: (data: unknown) => target.dispatchEvent(Object.assign(new Event('message'), { data })),
    lose: () => target.dispatchEvent(new Event('close')),
  }
  return socket
}

test.each([
  ['text that is no JSON', '{'],
  ['an unknown mark', '{"$":"function","value":"1"}'],
  ['bytes that are none', '{"$":"bytes","value":"%%%"}'],
  ['entries that are none', '{"$":"object","value":7}'],
  ['a deep nest', '['.repeat(200_000)],
  ['binary data', new Uint8Array([1])],
])('%s is ignored', (_what, data) => {
  const socket = fakeSocket()
  const received: unknown[] = []
  webSocketPort(socket).addEventListener('message', (event) => received.push(event))
  socket.receive(data)
  socket.receive('{"type":"hello"}')
  expect(received).toEqual([{ data: { type: 'hello' } }])
})

test('a listener that was removed hears nothing more', () => {
  const socket = fakeSocket()
  const heard: string[] = []
  const port = webSocketPort(socket)
  const listeners = { message: () => heard.push('message'), close: () => heard.push('close') }
  for (const type of ['message', 'close'] as const) port.addEventListener(type, listeners[type])
  for (const type of ['message', 'close'] as const) port.removeEventListener(type, listeners[type])
  socket.receive('{}')
  socket.lose()
  expect(heard).toEqual([])
})

test('a message after the end is dropped', () => {
  const socket = { ...fakeSocket(), readyState: 3 }
  webSocketPort(socket).postMessage({ type: 'closed' })
  expect(socket.sent).toEqual([])
})

test('a side that reads nothing loses its connection instead of filling the memory', () => {
  const socket = { ...fakeSocket(), bufferedAmount: 17 * 1024 * 1024 }
  webSocketPort(socket).postMessage({ type: 'view' })
  expect(socket).toMatchObject({ sent: [], closed: [1013] })
})

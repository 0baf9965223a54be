import { expect, test } from 'vitest'
import { strangeServer } from './strange-server.ts'

test('a strange server remembers whether a request had a token', async () => {
  const server = await strangeServer()
  try {
    await fetch(server.origin)
    expect(server.hasToken()).toBe(false)
    await fetch(server.origin, { headers: { authorization: 'Bearer secret' } })
    await fetch(server.origin)
    expect(server.hasToken()).toBe(true)
  } finally {
    server.close()
  }
})

import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { graphVisitor } from './graph-visitor.ts'
import { type Sandbox, startSandbox } from './index.ts'

let sandbox: Sandbox

beforeAll(async () => {
  sandbox = await startSandbox({ contacts: 40, distributionLists: 0 })
})
afterAll(() => sandbox.close())

const control = async (
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: never }> => {
  const response = await fetch(`${sandbox.origin}/sandbox/${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: response.status, body: (await response.json()) as never }
}

describe('the control', () => {
  test('shows the settings and changes them while the sandbox runs', async () => {
    expect((await control('GET', 'settings')).body).toMatchObject({ contacts: 40, latency: 0, faults: [] })
    await control('PATCH', 'settings', { faults: [{ kind: 'status', status: 503, times: 1 }] })
    expect((await graphVisitor(sandbox).get('/me/contacts')).status).toBe(503)
    expect((await graphVisitor(sandbox).get('/me/contacts')).status).toBe(200)
  })

  test('refuses an unknown or invalid setting, and changes nothing', async () => {
    const before = sandbox.settings.current
    for (const change of [{ colour: 'red' }, { latency: -1 }, { faults: [{ kind: 'rain' }] }])
      expect((await control('PATCH', 'settings', change)).status).toBe(400)
    expect(sandbox.settings.current).toEqual(before)
  })

  test('cannot be used by a page of another site, because it accepts only JSON', async () => {
    const form = new URLSearchParams({ latency: '9' })
    const response = await fetch(`${sandbox.origin}/sandbox/settings`, { method: 'PATCH', body: form })
    expect(response.status).toBe(415)
    expect(response.headers.get('access-control-allow-origin')).toBeNull()
  })

  test('adds, changes, moves and removes contacts, as Graph then shows', async () => {
    const folder = (await control('POST', 'mailboxes/user/folders', { name: 'New' })).body as { id: string }
    const added = (await control('POST', 'mailboxes/user/contacts', { displayName: 'By hand' })).body as {
      id: string
    }
    const graph = graphVisitor(sandbox)
    expect((await graph.get(`/me/contacts/${added.id}`)).body.displayName).toBe('By hand')
    await control('PATCH', `mailboxes/user/contacts/${added.id}`, { displayName: 'Otherwise' })
    expect((await graph.get(`/me/contacts/${added.id}`)).body.displayName).toBe('Otherwise')
    const moved = (await control('POST', `mailboxes/user/contacts/${added.id}/move`, { folderId: folder.id }))
      .body as {
      id: string
    }
    expect((await graph.all(`/me/contactFolders/${folder.id}/contacts`)).items.map(({ id }) => id)).toEqual([
      moved.id,
    ])
    await control('DELETE', `mailboxes/user/contacts/${moved.id}`)
    expect((await graph.get(`/me/contacts/${moved.id}`)).status).toBe(404)
    const folders = (await control('GET', 'mailboxes/user')).body as { contacts: number }[]
    expect(folders.reduce((sum, { contacts }) => sum + contacts, 0)).toBe(40)
  })

  test('deletes contacts and folders into Deleted Items, or for good', async () => {
    const graph = graphVisitor(sandbox)
    const mailbox = sandbox.mailbox('user')
    const removed = async (body?: object): Promise<number[]> => {
      const folder = mailbox.addFolder('Doomed')
      const { immutableId } = mailbox.add({})
      await control('DELETE', `mailboxes/user/folders/${folder.id}`, body)
      await control('DELETE', `mailboxes/user/contacts/${immutableId}`, body)
      const paths = [`/me/contactFolders/${folder.id}`, `/me/contacts/${immutableId}`]
      return Promise.all(paths.map(async (path) => (await graph.get(path)).status))
    }
    expect(await removed()).toEqual([200, 200])
    expect(await removed({ hard: true })).toEqual([404, 404])
    expect((await control('DELETE', 'mailboxes/user/contacts/x', { hard: 'yes' })).status).toBe(400)
  })

  test('issues tokens, revokes consent, and shows and clears the logged requests', async () => {
    const { token } = (await control('POST', 'people/user/token', { scopes: ['User.Read'] })).body as {
      token: string
    }
    expect((await graphVisitor(sandbox, 'user', token).get('/me')).status).toBe(200)
    for (const action of ['revoke-consent', 'revoke-sessions'])
      expect((await control('POST', `people/user/${action}`)).status).toBe(200)
    const log = (await control('GET', 'requests')).body as Record<string, unknown>[]
    expect(log.at(-1)).toMatchObject({ method: 'GET', path: '/v1.0/me', status: 200, inFlight: 1 })
    expect(JSON.stringify(log)).not.toContain(token)
    await control('DELETE', 'requests')
    expect((await control('GET', 'requests')).body).toEqual([])
    expect((await control('POST', 'people/nobody/token')).status).toBe(404)
    expect((await control('GET', 'nothing')).status).toBe(404)
  })
})

test('other host names are refused, so that no website can reach the sandbox through a browser', async () => {
  const port = Number(new URL(sandbox.origin).port)
  const statusFor = (host: string): Promise<number> =>
    new Promise((resolve) => {
      request({ host: '127.0.0.1', port, path: '/sandbox/settings', headers: { host } }, (response) => {
        response.resume()
        resolve(response.statusCode ?? 0)
      }).end()
    })
  expect(await statusFor(`localhost:${port}`)).toBe(200)
  expect(await statusFor(`127.0.0.1:${port}`)).toBe(200)
  expect(await statusFor(`evil.example:${port}`)).toBe(421)
  expect(await statusFor('localhost')).toBe(421)
})

test('the first page explains the sandbox, lists its people, and allows no script', async () => {
  const response = await fetch(sandbox.origin)
  const html = await response.text()
  expect(html).toContain('SANDBOX: not Microsoft')
  for (const { username } of sandbox.people) expect(html).toContain(username)
  expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/)
  expect(response.headers.get('content-security-policy')).not.toContain('script-src')
})

test('a change of size creates a new mailbox', async () => {
  sandbox.settings.change({ contacts: 7, folders: 0 })
  expect(sandbox.mailbox('user').size).toBe(7)
  expect((await graphVisitor(sandbox).all('/me/contacts')).items).toHaveLength(7)
})

test('closing ends requests without an answer', async () => {
  const other = await startSandbox({ contacts: 0, faults: [{ kind: 'silent' }] })
  const hanging = graphVisitor(other).get('/me/contacts')
  const failed = expect(hanging).rejects.toThrow()
  await expect.poll(() => other.requests.entries.length).toBe(1)
  await other.close()
  await failed
})

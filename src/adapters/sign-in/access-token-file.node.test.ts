import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect } from 'vitest'
import { test as it } from '../../../test/temp-folder.ts'
import { signInCore } from '../../testing/contracts/sign-in-core.ts'
import { accountOfToken } from '../microsoft365/sign-in/entra/claims.ts'
import { accessTokenFile, readTokenFile } from './access-token-file.node.ts'

const { signal } = new AbortController()
let folder: string
let tokenFile: string
it.beforeEach(({ folder: own }) => {
  folder = own
  tokenFile = join(folder, 'token.txt')
})

const jwt = (claims: object): string =>
  ['{"alg":"none"}', JSON.stringify(claims), 'x']
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.')

const accountOf = async (token: string) => {
  writeFileSync(tokenFile, token)
  const core = signInCore()
  await accessTokenFile({ tokenFile, accountOf: accountOfToken }).signIn({ attempt: 'a' }, core.context)
  return core.reports
}

describe('an access token file', () => {
  it('names its account in the claims', async () => {
    const claims = { tid: 'tenant-1', oid: 'object-1', upn: 'ada@example.org', name: 'Ada Lovelace' }
    expect(await accountOf(jwt(claims))).toEqual([
      {
        type: 'consent.granted',
        account: { id: 'tenant-1.object-1', username: 'ada@example.org', name: 'Ada Lovelace' },
      },
    ])
  })

  it('names its account before each use, because the file may have another token by now', async () => {
    writeFileSync(tokenFile, jwt({ tid: 'tenant-1', oid: 'object-2' }))
    const access = accessTokenFile({ tokenFile, accountOf: accountOfToken })
    expect(await access.access?.()).toEqual({ id: 'tenant-1.object-2' })
    writeFileSync(tokenFile, '')
    await expect(accessTokenFile({ tokenFile }).access?.()).rejects.toMatchObject({ code: 'sign-in-expired' })
  })

  it('may have no readable account', async () => {
    for (const token of [
      'EwB4A8l6BAAU+/opaque==',
      'a.b.c',
      jwt({ sub: 'x' }),
      jwt([]),
      jwt({ tid: 1, oid: '' }),
    ])
      expect(await accountOf(token)).toEqual([{ type: 'consent.granted', account: { id: null } }])
  })

  it('is used without asking the person, and read again when its token was refused', async () => {
    const access = accessTokenFile({ tokenFile })
    writeFileSync(tokenFile, '\ufefffirst\r\n')
    expect(await access.accessToken({ signal })).toBe('first')
    await expect(access.accessToken({ signal, refused: 'first' })).rejects.toMatchObject({
      code: 'sign-in-expired',
    })
    writeFileSync(tokenFile, 'second')
    expect(await access.accessToken({ signal, refused: 'first' })).toBe('second')
  })

  it('is read again by each sign-in: a restart uses the token that was put there meanwhile', async () => {
    const access = accessTokenFile({ tokenFile })
    writeFileSync(tokenFile, 'first')
    expect(await access.accessToken({ signal })).toBe('first')
    writeFileSync(tokenFile, 'second')
    await access.signIn({ attempt: 'a' }, signInCore().context)
    expect(await access.accessToken({ signal })).toBe('second')
  })

  it('that is missing counts as expired', async () => {
    const access = accessTokenFile({ tokenFile })
    await expect(access.accessToken({ signal })).rejects.toMatchObject({ code: 'sign-in-expired' })
    await expect(access.signIn({ attempt: 'a' }, signInCore().context)).rejects.toMatchObject({
      code: 'sign-in-expired',
    })
  })

  it('is not used for an attempt that is over', async () => {
    writeFileSync(tokenFile, 'token')
    const core = signInCore()
    core.cancel()
    await accessTokenFile({ tokenFile, accountOf: accountOfToken }).signIn({ attempt: 'a' }, core.context)
    expect(core.reports).toEqual([])
    await expect(accessTokenFile({ tokenFile }).accessToken({ signal: core.context.signal })).rejects.toThrow(
      'abort',
    )
  })

  it('is not deleted by a sign-out, because it belongs to the person', async () => {
    writeFileSync(tokenFile, 'token')
    const access = accessTokenFile({ tokenFile })
    await access.signOut()
    await access.close()
    expect(await access.accessToken({ signal })).toBe('token')
  })
})

describe('a token file', () => {
  it('says why it cannot be used, and nothing of its content', async () => {
    const why = () => readTokenFile(tokenFile).then(String, (error: unknown) => error)
    expect(await why()).toMatchObject({ name: 'TokenFileError', reason: 'missing', message: 'missing' })
    writeFileSync(tokenFile, ' \n')
    expect(await why()).toMatchObject({ reason: 'empty' })
    for (const text of ['two words', '{"access_token":"secret"}', 'secret\0', 'sécret']) {
      writeFileSync(tokenFile, text)
      expect(await why()).toMatchObject({ reason: 'not-a-token', message: 'not-a-token' })
    }
    rmSync(tokenFile)
    mkdirSync(tokenFile)
    expect(await why()).toMatchObject({ reason: 'unreadable' })
  })
})

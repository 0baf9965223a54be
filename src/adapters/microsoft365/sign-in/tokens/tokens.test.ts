import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { signInSetup } from '../../../../../test/sign-in-setup.ts'

const setup = signInSetup()
const { signal } = new AbortController()

describe('tokens', () => {
  it('are in a file that only this person can read, and serve the next process', async () => {
    const first = await setup.signedIn()
    expect(statSync(setup.tokenFile).mode & 0o777).toBe(0o600)
    expect(statSync(join(setup.folder, 'own')).mode & 0o777).toBe(0o700)
    const token = await first.accessToken({ signal })
    expect(await setup.make().accessToken({ signal })).toBe(token)
    expect(setup.authority.requests).toHaveLength(1)
  })

  it('are nowhere on the disk if no file is wanted', async () => {
    const made = await setup.signedIn({ tokenFile: null })
    expect(await made.accessToken({ signal })).toBe('access-1')
    expect(existsSync(join(setup.folder, 'own'))).toBe(false)
    await expect(setup.make({ tokenFile: null }).accessToken({ signal })).rejects.toMatchObject({
      code: 'sign-in-expired',
    })
  })

  it('of an earlier sign-in are kept when a new one is not accepted', async () => {
    const made = await setup.signedIn()
    const before = readFileSync(setup.tokenFile, 'utf8')
    setup.authority.answer = (request) =>
      request.get('grant_type') === 'refresh_token'
        ? { status: 400, body: { error: 'invalid_grant' } }
        : setup.authority.grant({}, { oid: 'object-2' })
    const { core, done, visit } = await setup.begin(made)
    core.answers['consent.granted'] = () => ({ accepted: false, reason: 'different-account' })
    await visit()
    await done
    expect(readFileSync(setup.tokenFile, 'utf8')).toBe(before)
  })

  /** From now on, another person signs in. */
  const becomeAnother = () => {
    const claims = { oid: 'object-2', preferred_username: 'grace@example.org' }
    const client_info = Buffer.from('{"uid":"object-2","utid":"tenant-1"}').toString('base64url')
    const values = { client_info, access_token: 'access-of-grace' }
    setup.authority.answer = (request) =>
      request.get('grant_type') === 'refresh_token'
        ? { status: 400, body: { error: 'invalid_grant' } }
        : setup.authority.grant(values, claims)
  }

  it('are replaced whole by a new sign-in: nothing of another account is left', async () => {
    const made = await setup.signedIn()
    expect(await made.accessToken({ signal })).toBe('access-1')
    becomeAnother()
    const { core, done, visit } = await setup.begin(made)
    await visit()
    await done
    expect(core.reports[1]).toMatchObject({ account: { id: 'tenant-1.object-2' } })
    expect(await made.accessToken({ signal })).toBe('access-of-grace')
    expect(readFileSync(setup.tokenFile, 'utf8')).not.toContain('object-1')
  })

  it('of another account do not come back with a renewal that was in progress', async () => {
    const made = await setup.signedIn()
    setup.authority.answer = () => ({ ...setup.authority.grant(), delay: 500 })
    const renewed = made.accessToken({ signal, refused: 'access-1' })
    await vi.waitFor(() => expect(setup.authority.requests).toHaveLength(2), 60_000)
    becomeAnother()
    // Another process signs in: this one would wait for its own renewal.
    await setup.make().signOut()
    await setup.signedIn()
    expect(await renewed).toMatch(/^access-\d$/)
    expect(await made.accessToken({ signal })).toBe('access-of-grace')
    expect(readFileSync(setup.tokenFile, 'utf8')).not.toContain('object-1')
  })

  it('are waited for while the core still records who agreed', async () => {
    const made = setup.make()
    const { core, done, visit } = await setup.begin(made)
    const token = new Promise<string>((resolve) => {
      core.answers['consent.granted'] = async () => {
        // What the runner does as soon as the fact is recorded.
        resolve(made.accessToken({ signal }))
        await new Promise((recorded) => setTimeout(recorded, 50))
        return { accepted: true }
      }
    })
    await visit()
    await done
    expect(await token).toBe('access-1')
  })

  it('are gone after a sign-out that comes while they are being recorded', async () => {
    const made = setup.make()
    const { core, done, visit } = await setup.begin(made)
    core.answers['consent.granted'] = async () => {
      await made.signOut()
      return { accepted: true }
    }
    await visit()
    await done
    expect(existsSync(setup.tokenFile)).toBe(false)
    await expect(made.accessToken({ signal })).rejects.toMatchObject({ code: 'sign-in-expired' })
  })

  it('do not come back with a renewal that was in progress at the sign-out', async () => {
    const made = await setup.signedIn()
    setup.authority.answer = () => ({ ...setup.authority.grant(), delay: 200 })
    const renewed = made.accessToken({ signal, refused: 'access-1' }).catch(() => null)
    await vi.waitFor(() => expect(setup.authority.requests).toHaveLength(2), 60_000)
    await made.signOut()
    await renewed
    expect(existsSync(setup.tokenFile)).toBe(false)
    await expect(made.accessToken({ signal })).rejects.toMatchObject({ code: 'sign-in-expired' })
  })

  it('that are damaged mean signed out, not broken', async () => {
    await setup.signedIn()
    for (const text of [
      '',
      '{"Account":',
      '[]',
      'null',
      '{"Account":5,"RefreshToken":"x"}',
      '{"Account":{"a":null}}',
    ]) {
      writeFileSync(setup.tokenFile, text)
      await expect(setup.make().accessToken({ signal })).rejects.toMatchObject({ code: 'sign-in-expired' })
    }
    await setup.signedIn()
    expect(await setup.make().accessToken({ signal })).toMatch(/^access-/)
  })
})

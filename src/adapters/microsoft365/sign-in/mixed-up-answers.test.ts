import { describe, expect, it } from 'vitest'
import { signInSetup } from '../../../../test/sign-in-setup.ts'

const setup = signInSetup()

const tenant = '9188040d-6c67-4c5b-b112-36a304b66dad'
const issuer = 'https://login.example.org'

describe('an answer that names its issuer', () => {
  it.each([
    ['is missing', {}],
    ['is another one', { iss: 'https://evil.example' }],
    ['has a slash more', { iss: `${issuer}/` }],
    ['is empty', { iss: '' }],
  ])('never has its code redeemed if it %s, and the right answer still counts', async (_, wrong) => {
    Object.assign(setup.authority.metadata, { issuer, authorization_response_iss_parameter_supported: true })
    const { core, done, visit } = await setup.begin(setup.make())
    for (const answer of [{ code: 'mixed-up' }, { error: 'access_denied' }]) {
      const tab = await visit({ ...answer, ...wrong })
      expect(tab.status).toBe(400)
      expect(tab.page).toContain('This answer came from another service')
    }
    expect(core.reports).toEqual([])
    expect(setup.authority.requests).toEqual([])

    expect((await visit({ code: 'code-1', iss: issuer })).page).toContain('Done')
    await done
    expect(setup.authority.requests.map((request) => request.get('code'))).toEqual(['code-1'])
  })

  it('is compared even if the metadata does not announce it', async () => {
    Object.assign(setup.authority.metadata, { issuer })
    const { done, visit } = await setup.begin(setup.make())
    expect((await visit({ code: 'mixed-up', iss: 'https://evil.example' })).status).toBe(400)
    expect((await visit({ code: 'code-1' })).page).toContain('Done')
    await done
    expect(setup.authority.requests.map((request) => request.get('code'))).toEqual(['code-1'])
  })

  it('is refused if it names two', async () => {
    Object.assign(setup.authority.metadata, { issuer })
    const { address, core, done, visit } = await setup.begin(setup.make())
    const asked = new URL(address).searchParams
    const twice = new URLSearchParams({ state: asked.get('state') ?? '', code: 'mixed-up', iss: issuer })
    twice.append('iss', 'https://evil.example')
    const { status } = await fetch(asked.get('redirect_uri') ?? '', { method: 'POST', body: twice })
    expect(status).toBe(400)
    expect(core.reports).toEqual([])
    await visit({ code: 'code-1', iss: issuer })
    await done
  })

  it('may name any tenant if the metadata has a placeholder, but not the placeholder', async () => {
    Object.assign(setup.authority.metadata, { issuer: `${issuer}/{tenantid}/v2.0` })
    const { done, visit } = await setup.begin(setup.make())
    expect((await visit({ code: 'mixed-up', iss: `${issuer}/{tenantid}/v2.0` })).status).toBe(400)
    await visit({ code: 'code-1', iss: `${issuer}/${tenant}/v2.0` })
    await done
    expect(setup.authority.requests.map((request) => request.get('code'))).toEqual(['code-1'])
  })

  it('can decline only if its issuer is the right one', async () => {
    Object.assign(setup.authority.metadata, { issuer, authorization_response_iss_parameter_supported: true })
    const { done, visit } = await setup.begin(setup.make())
    await visit({ error: 'access_denied', iss: issuer })
    await expect(done).rejects.toMatchObject({ code: 'consent-declined' })
  })

  it.each([
    ['https://login.microsoftonline.com/common', 'https://login.microsoftonline.com'],
    ['https://login.microsoftonline.us/organizations', 'https://login.microsoftonline.us'],
    ['https://login.partner.microsoftonline.cn/contoso.cn', 'https://login.partner.microsoftonline.cn'],
  ])('is compared at %s too, of which MSAL knows the metadata itself', async (authority, cloud) => {
    const { core, done, visit } = await setup.begin(setup.make({ authority }))
    expect((await visit({ error: 'access_denied', iss: `https://evil.example/${tenant}/v2.0` })).status).toBe(
      400,
    )
    expect(core.reports).toEqual([])
    await visit({ error: 'access_denied', iss: `${cloud}/${tenant}/v2.0` })
    await expect(done).rejects.toMatchObject({ code: 'consent-declined' })
  })
})

import tls from 'node:tls'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { importInTheOffice } from './office-import.ts'
import {
  certificate,
  type OfficeProxy,
  officeProxy,
  type OfficeService,
  officeService,
} from './office-network.ts'
import { officeTenant } from './office-tenant.ts'

const services: OfficeService[] = []
let proxy: OfficeProxy
let tunnels: () => string[]

const proxyFor = async (pem: string | undefined, login?: string) => {
  const service = await officeService(officeTenant, pem)
  const hosts = { 'login.example.test': service.port, 'graph.example.test': service.port }
  const made = await officeProxy({ hosts, ...(login !== undefined && { login }) })
  services.push(service, made)
  return made
}

beforeAll(async () => {
  proxy = await proxyFor('valid.pem', 'ada:se cret')
  tunnels = () => [...new Set(proxy.tunnels.map(({ target }) => target))].sort()
})
afterAll(async () => {
  for (const service of services) await service.close()
})

const behind = ({ port }: OfficeProxy, login = '') => ({ HTTPS_PROXY: `http://${login}127.0.0.1:${port}` })
const authorities = { NODE_EXTRA_CA_CERTS: certificate('authority.pem') }

describe('an import through the proxy of an organization', () => {
  test('signs in, reads contacts from hosts that only the proxy can resolve, and ends', async () => {
    const outcome = await importInTheOffice({ ...behind(proxy, 'ada:se%20cret@'), ...authorities })
    expect(outcome).toMatchObject({ state: 'imported', code: null, contacts: 1 })
    expect(tunnels()).toEqual(['graph.example.test:443', 'login.example.test:443'])
  })

  test('says at once that the proxy wants a password, and never prints one', async () => {
    const outcome = await importInTheOffice({ ...behind(proxy, 'ada:wrong-secret@'), ...authorities })
    expect(outcome).toMatchObject({
      state: 'failed',
      code: 'proxy-needs-sign-in',
      details: { host: `127.0.0.1:${proxy.port}`, status: 407 },
    })
    expect(outcome.said).not.toMatch(/wrong-secret|d3Jvbmc/)
  })

  test('says that the setting is no proxy', async () => {
    const outcome = await importInTheOffice({ HTTPS_PROXY: 'socks5://ada:wrong-secret@127.0.0.1:1' })
    expect(outcome).toMatchObject({ code: 'proxy-misconfigured', details: { cause: 'HTTPS_PROXY' } })
    expect(outcome.said).not.toContain('wrong-secret')
  })
})

describe('a certificate of an authority that this device does not know', () => {
  test('fails the sign-in at once, with host and cause', async () => {
    const outcome = await importInTheOffice(behind(await proxyFor('valid.pem')))
    expect(outcome).toMatchObject({
      code: 'certificate-untrusted',
      details: { host: 'login.example.test', cause: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' },
    })
  })

  const readsSystem = 'getCACertificates' in tls
  test(`is trusted if the system knows it and the runtime can ask (here: ${readsSystem})`, async () => {
    // OpenSSL reads the authorities of the system from this file.
    const settings = { ...behind(await proxyFor('valid.pem')), SSL_CERT_FILE: certificate('authority.pem') }
    const outcome = await importInTheOffice(settings)
    if (readsSystem) expect(outcome).toMatchObject({ state: 'imported', contacts: 1 })
    else expect(outcome.code).toBe('certificate-untrusted')
  })
})

describe.each(['expired.pem', 'not-yet-valid.pem'])('the certificate %s', (pem) => {
  test('does not mean a wrong clock if the clock is right', async () => {
    const outcome = await importInTheOffice({ ...behind(await proxyFor(pem)), ...authorities })
    expect(outcome).toMatchObject({
      code: 'certificate-untrusted',
      details: {
        host: 'login.example.test',
        cause: pem === 'expired.pem' ? 'CERT_HAS_EXPIRED' : 'CERT_NOT_YET_VALID',
      },
    })
  })

  test('means a wrong clock if the service has another time', async () => {
    const service = await officeService((request, response) => {
      response.setHeader('date', new Date(Date.now() + 86_400_000).toUTCString())
      officeTenant(request, response)
    }, pem)
    const made = await officeProxy({ hosts: { 'login.example.test': service.port } })
    services.push(service, made)
    const outcome = await importInTheOffice({ ...behind(made), ...authorities })
    expect(outcome).toMatchObject({ code: 'clock-wrong', details: { host: 'login.example.test' } })
  })
})

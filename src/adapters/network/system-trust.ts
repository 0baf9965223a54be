import tls from 'node:tls'

/** Only newer versions of Node can read the certificates of the system (22.15, 23.9). */
type Certificates = Partial<{ getCACertificates(kind: 'default' | 'system'): string[] }>

/**
 * Trusts the authorities of Node (its own and those of `NODE_EXTRA_CA_CERTS`) and those of the system, where
 * organizations install their own. Null if the runtime cannot read them, or if there are none.
 *
 * Reading them takes a while, so this is only for connections that were refused without them.
 */
export const systemTrust = (): tls.SecureContext | null => {
  const { getCACertificates } = tls as Certificates
  const system = getCACertificates?.('system') ?? []
  if (getCACertificates === undefined || system.length === 0) return null
  return tls.createSecureContext({ ca: [...getCACertificates('default'), ...system] })
}

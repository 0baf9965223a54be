import { ImportFailure } from '../../domain/failures.ts'
import { isLoopbackHost } from '../../formats/loopback-host.ts'

/**
 * The address of a service that receives tokens: https anywhere, plain http only on this device, for tests.
 * Throws `app-misconfigured` for any other.
 */
export const serviceUrl = (address: string): URL => {
  if (!URL.canParse(address)) throw new ImportFailure('app-misconfigured')
  const url = new URL(address)
  const safe = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackHost(url.hostname))
  if (!safe || url.username !== '' || url.password !== '') throw new ImportFailure('app-misconfigured')
  return url
}

/** Whether a link leads to the service: same scheme, host and port, and no user name. */
export const isWithin = (service: URL, link: string): boolean => {
  if (!URL.canParse(link)) return false
  const url = new URL(link)
  return url.origin === service.origin && url.username === '' && url.password === ''
}

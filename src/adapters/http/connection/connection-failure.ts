import { isOnline } from '../../../async/is-online.ts'
import {
  connectionFailureCodes,
  type FailureCode,
  type FailureDetails,
  ImportFailure,
  isImportFailure,
} from '../../../domain/failures.ts'
import { TransientError } from '../retry/transient-error.ts'
import { isCertificateCode, isOutsideValidity, isTlsCode } from './certificate-codes.ts'

/** What a `fetch` may add to an error, or to one of its causes. */
export interface ConnectionFacts {
  /** The proxy that failed, as `host:port`. */
  readonly proxy?: string
  /** The HTTP status with which the proxy refused the tunnel. */
  readonly tunnelStatus?: number
  /** The service's own time shows that the clock of this device is wrong. */
  readonly clockIsWrong?: boolean
}

/** Whether the network failed, so that neither the request nor the service is known to be wrong. */
export const isAboutConnection = ({ code }: ImportFailure): boolean =>
  (connectionFailureCodes as readonly FailureCode[]).includes(code)

/** Whether a service could not be reached or failed, so that it is unknown whether the access is valid. */
export const saysNothingOfAccess = (failure: ImportFailure): boolean =>
  isAboutConnection(failure) || failure.code === 'service-unavailable' || failure.code === 'throttled'

/**
 * Why `fetch` could not send a request to `address` or read its answer. A `TransientError` if a retry may help;
 * otherwise an `ImportFailure`, so that waiting does not hide a cause that a person has to remove. The details name
 * the host and the cause, never a password.
 *
 * A page learns no cause: no network, a service that is down and an answer that it may not read (CORS) are the same to it
 * (Fetch Standard, "network error"). So there it is `offline` only if the browser says so.
 */
export const connectionFailure = (error: unknown, address: string): TransientError | ImportFailure => {
  const found = causesOf(error)
  const given = found.find(isImportFailure)
  if (given !== undefined) return given
  const codes = codesOf(error)
  const proxy = found.map(({ proxy }: ConnectionFacts) => proxy).find((name) => typeof name === 'string')
  const about = (cause: string | undefined, host: string | undefined): FailureDetails => ({
    ...(host !== undefined && { host }),
    ...(cause !== undefined && { cause }),
  })
  const service = hostOf(address)
  const status = found.map(tunnelStatusOf).find((number) => number !== undefined)
  if (status !== undefined) return tunnelFailure(status, proxy === undefined ? {} : { host: proxy }, error)

  const certificate = codes.find(isCertificateCode)
  if (certificate !== undefined) {
    const isClock =
      isOutsideValidity(certificate) && found.some(({ clockIsWrong }: ConnectionFacts) => clockIsWrong)
    return new ImportFailure(
      isClock ? 'clock-wrong' : 'certificate-untrusted',
      about(certificate, proxy ?? service),
      error,
    )
  }
  const tls = codes.find(isTlsCode)
  if (tls !== undefined) {
    // Usually the address of the proxy says https, but the proxy speaks http.
    if (proxy !== undefined) return new ImportFailure('proxy-misconfigured', about(tls, proxy), error)
    const details = about(tls, service)
    return new TransientError('connection-not-secure', 'offline', { details, fewTries: true, cause: error })
  }
  if (proxy !== undefined || codes.some((code) => chromiumsProxy.test(code)))
    return new TransientError('proxy-unreachable', 'offline', {
      // Chromium does not say which proxy it is.
      details: about(codes[0], proxy),
      cause: error,
    })
  if (codes.includes(TOO_LONG_HEADERS)) return new ImportFailure('bad-answer', {}, error)
  const isBroken = codes.some((code) => broken.has(code)) || (codes.length === 0 && isOnline() === true)
  const failure = isBroken ? 'service-unavailable' : 'offline'
  return new TransientError(failure, failure, { cause: error })
}

/**
 * The failure behind an answer that comes from the network and not from the service: 407 of a proxy (RFC 9110, section
 * 15.5.8) and 511 of a network that wants the person to sign in (RFC 6585, section 6). Null for any other answer.
 */
export const failureOfNetwork = ({ status }: Pick<Response, 'status'>): ImportFailure | null =>
  status === 407
    ? new ImportFailure('proxy-needs-sign-in', { status })
    : status === 511
      ? new ImportFailure('network-sign-in', { status })
      : null

/** Why a proxy opened no tunnel (`CONNECT`, RFC 9110, section 9.3.6). */
const tunnelFailure = (
  status: number,
  host: FailureDetails,
  cause: unknown,
): TransientError | ImportFailure => {
  const details = { ...host, ...(status > 0 && { status }) }
  const network = failureOfNetwork({ status })
  if (network !== null) return new ImportFailure(network.code, details, cause)
  // A proxy answers like this if it cannot reach the service, which may be temporary.
  if (status >= 500 || status === 429)
    return new TransientError('proxy-refused', 'service-unavailable', { details, cause })
  return new ImportFailure('proxy-refused', details, cause)
}

/** Node's codes for a connection that broke after it was made: the service's fault rather than the network's. */
const broken = new Set([
  'ECONNRESET',
  'EPIPE',
  'UND_ERR_SOCKET',
  'UND_ERR_BODY_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
])

/** Node's code for headers of more than 16 KB. */
const TOO_LONG_HEADERS = 'UND_ERR_HEADERS_OVERFLOW'

const chromiumsProxy = /^ERR_(PROXY|SOCKS)_CONNECTION_FAILED$/

/** An error and its causes, outermost first. `AggregateError` has one for each address of a host. */
const causesOf = (error: unknown): object[] => {
  const found: object[] = []
  const queue = [error]
  // The causes of an error of a shell's own `fetch` could form a cycle.
  while (queue.length > 0 && found.length < 32) {
    const next = queue.shift()
    if (typeof next !== 'object' || next === null) continue
    found.push(next)
    const { cause, errors } = next as { readonly cause?: unknown; readonly errors?: unknown }
    queue.push(cause, ...(Array.isArray(errors) ? (errors as readonly unknown[]) : []))
  }
  return found
}

/** The codes of an error and of its causes, outermost first. */
export const codesOf = (error: unknown): readonly string[] =>
  causesOf(error)
    .map(codeOf)
    .filter((code) => code !== undefined)

const codeForm = /^[A-Z][A-Z0-9_]{2,79}$/

/** The code of an error; Chromium's are in the message (Electron: `net.fetch`). */
const codeOf = (error: object): string | undefined => {
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown }
  const inMessage = typeof message === 'string' ? /\bnet::(ERR_[A-Z0-9_]+)/.exec(message)?.[1] : undefined
  return inMessage ?? (typeof code === 'string' && codeForm.test(code) ? code : undefined)
}

/**
 * The status with which a proxy refused a tunnel, from the message of undici or of Chromium. 0 if Chromium does not
 * name it.
 */
const tunnelStatusOf = (error: object): number | undefined => {
  const { tunnelStatus, message } = error as ConnectionFacts & { readonly message?: unknown }
  if (tunnelStatus !== undefined) return tunnelStatus
  if (typeof message !== 'string') return undefined
  if (/\bnet::ERR_(MANDATORY_|UNEXPECTED_)?PROXY_AUTH/.test(message) || isUnexplained(error)) return 407
  if (message.includes('net::ERR_TUNNEL_CONNECTION_FAILED')) return 0
  const status = /^Proxy response \((\d{3})\)/.exec(message)?.[1]
  return status === undefined ? undefined : Number(status)
}

/**
 * Whether this is how Node's `fetch` fails for a 407, which it must not pass on (Fetch Standard,
 * "HTTP-network-or-cache fetch", step 15): with an empty cause. The causes of its other failures have a code or a
 * message.
 */
const isUnexplained = (error: object): boolean => {
  if (!(error instanceof TypeError) || error.message !== 'fetch failed') return false
  const { cause } = error
  return (
    cause instanceof Error &&
    cause.constructor === Error &&
    cause.message === '' &&
    !('code' in cause) &&
    cause.cause === undefined
  )
}

const hostOf = (address: string): string | undefined =>
  URL.canParse(address) ? new URL(address).host : undefined

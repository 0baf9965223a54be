/**
 * Node's codes for a certificate whose issuer this device does not know (Node: "X509 certificate error codes"). With more
 * certificates of authorities, the same certificate may be accepted.
 */
const unknownIssuer: ReadonlySet<string> = new Set([
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
])

/**
 * The certificate has expired or is not valid yet, or the clock of the device is wrong. The last code is Chromium's.
 */
const outsideValidity: ReadonlySet<string> = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'ERR_CERT_DATE_INVALID',
])

const refused: ReadonlySet<string> = new Set([
  'CERT_CHAIN_TOO_LONG',
  'CERT_REJECTED',
  'CERT_REVOKED',
  'CERT_SIGNATURE_FAILURE',
  'CRL_HAS_EXPIRED',
  'CRL_NOT_YET_VALID',
  'CRL_SIGNATURE_FAILURE',
  'ERR_TLS_CERT_ALTNAME_FORMAT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'ERR_TLS_CERT_SIGNATURE_ALGORITHM_UNSUPPORTED',
  'ERROR_IN_CERT_NOT_AFTER_FIELD',
  'ERROR_IN_CERT_NOT_BEFORE_FIELD',
  'ERROR_IN_CRL_LAST_UPDATE_FIELD',
  'ERROR_IN_CRL_NEXT_UPDATE_FIELD',
  'HOSTNAME_MISMATCH',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'PATH_LENGTH_EXCEEDED',
  'UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY',
  'UNABLE_TO_DECRYPT_CERT_SIGNATURE',
  'UNABLE_TO_DECRYPT_CRL_SIGNATURE',
  'UNABLE_TO_GET_CRL',
])

export const isUnknownIssuer = (code: string): boolean => unknownIssuer.has(code)

export const isOutsideValidity = (code: string): boolean => outsideValidity.has(code)

/** Whether a code says that a certificate was not accepted. Chromium's codes begin with `ERR_CERT_`. */
export const isCertificateCode = (code: string): boolean =>
  isUnknownIssuer(code) || isOutsideValidity(code) || refused.has(code) || code.startsWith('ERR_CERT_')

/**
 * Whether a code says that a secure connection could not be made, or broke, for a reason other than the certificate:
 * codes of OpenSSL (`EPROTO` in Node 20) and of Chromium.
 */
export const isTlsCode = (code: string): boolean =>
  code === 'EPROTO' || code.startsWith('ERR_SSL_') || code === 'ERR_TLS_INVALID_PROTOCOL_VERSION'

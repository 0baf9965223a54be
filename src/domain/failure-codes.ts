/** Failures of the network, or of something between this device and the service: they concern every request. */
export const connectionFailureCodes = [
  'offline',
  'connection-not-secure',
  'certificate-untrusted',
  'clock-wrong',
  'proxy-misconfigured',
  'proxy-unreachable',
  'proxy-needs-sign-in',
  'proxy-refused',
  'network-sign-in',
] as const

/** Why an attempt can fail. A closed union: `messages` has a sentence and a next step for each. */
export const failureCodes = [
  'consent-declined',
  'consent-timed-out',
  'popup-blocked',
  'loopback-unavailable',
  'admin-approval-needed',
  'sign-in-blocked',
  'app-misconfigured',
  'permission-missing',
  'permission-removed',
  'sign-in-expired',
  'different-account',
  'no-mailbox',
  'too-many-contacts',
  'removal-held',
  ...connectionFailureCodes,
  'throttled',
  'service-unavailable',
  'bad-answer',
  'file-unreadable',
  'file-unknown-columns',
  'storage-full',
  'storage-read-only',
  'storage-damaged',
  'storage-foreign',
  'storage-unavailable',
  'storage-unsupported',
  'storage-busy',
  'storage-locked',
  'storage-key-lost',
  'storage-replaced',
  'storage-linked',
  'storage-untrusted',
  'interrupted',
  'internal',
] as const

/** One of `failureCodes`. */
export type FailureCode = (typeof failureCodes)[number]

/** What a file holds that a person chose and that is no list of contacts. */
export const fileContents = ['nothing', 'no-contacts', 'web-page', 'no-text'] as const

/** One of `fileContents`. `no-text`: a program, a picture, a compressed file. */
export type FileContent = (typeof fileContents)[number]

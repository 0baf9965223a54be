/** Every option of every command: one word means one thing throughout. */
export const optionTable = {
  store: {
    type: 'string',
    value: 'FILE',
    help: 'where the contacts are kept (default: a file in your own data folder)',
  },
  'client-id': { type: 'string', value: 'ID', help: 'application (client) ID of your app registration' },
  tenant: { type: 'string', value: 'TENANT', help: 'sign in at this tenant only: its ID or domain' },
  authority: {
    type: 'string',
    value: 'URL',
    help: 'where to sign in (default: https://login.microsoftonline.com/common)',
  },
  'graph-url': {
    type: 'string',
    value: 'URL',
    help: 'where contacts are read (default: https://graph.microsoft.com)',
  },
  'token-file': {
    type: 'string',
    value: 'FILE',
    help: 'use the access token in this text file; nobody is asked to sign in',
  },
  'device-code': {
    type: 'boolean',
    help: 'sign in on another device, with a code: for a machine without a browser',
  },
  source: { type: 'string', value: 'SOURCE', help: 'where the contacts come from: microsoft365 (default)' },
  held: { type: 'boolean', help: 'only the contacts that a held removal would take' },
  json: { type: 'boolean', help: 'print JSON on standard output, one object a line' },
  inspect: {
    type: 'boolean',
    help: 'show the state machine in the XState inspector; no contact is sent there',
  },
  changes: { type: 'boolean', help: 'name the contacts that came, changed and went, as far back as is kept' },
  contacts: { type: 'string', value: 'N', help: 'sandbox: how many contacts the mailbox holds (1240)' },
  seed: { type: 'string', value: 'N', help: 'sandbox: another number makes up other people (1)' },
  latency: { type: 'string', value: 'MS', help: 'sandbox: milliseconds before each answer (0)' },
  fault: {
    type: 'string',
    multiple: true,
    value: 'JSON',
    help: 'sandbox: something that goes wrong; may be repeated',
  },
  robot: {
    type: 'string',
    value: 'WHAT',
    help: 'sandbox: what the robot person does: accept (default), decline or abandon',
  },
  interactive: { type: 'boolean', help: 'sandbox: sign in yourself, in your browser, in place of the robot' },
  port: { type: 'string', value: 'N', help: 'listen on this port (default: any free one)' },
  help: { type: 'boolean', short: 'h', help: 'show this help' },
  version: { type: 'boolean', help: 'show the version' },
} as const

export type OptionName = keyof typeof optionTable

/** What was typed, checked and in the types that the commands need. */
export interface Options {
  readonly store: string | undefined
  readonly clientId: string | undefined
  readonly tenant: string | undefined
  readonly authority: string | undefined
  readonly graphUrl: string | undefined
  readonly tokenFile: string | undefined
  readonly deviceCode: boolean
  readonly held: boolean
  readonly json: boolean
  readonly changes: boolean
  readonly inspect: boolean
  readonly sandbox: SandboxChoices
  readonly port: number | undefined
}

/** How the sandbox tenant and the people in it are to be; what is undefined is the sandbox's own choice. */
export interface SandboxChoices {
  readonly contacts: number | undefined
  readonly seed: number | undefined
  /** Milliseconds. */
  readonly latency: number | undefined
  /** Rules as the sandbox takes them; it checks them itself. */
  readonly faults: readonly unknown[]
  readonly robot: 'accept' | 'decline' | 'abandon' | undefined
  readonly interactive: boolean
}

/** Which store. */
export const storeOptions = ['store', 'json'] as const satisfies readonly OptionName[]

/** Which tenant, and how to get in. */
export const tenantOptions = [
  'client-id',
  'tenant',
  'authority',
  'graph-url',
  'token-file',
  'device-code',
  'inspect',
] as const satisfies readonly OptionName[]

/** What the sandbox tenant is like. */
export const sandboxOptions = [
  'contacts',
  'seed',
  'latency',
  'fault',
] as const satisfies readonly OptionName[]

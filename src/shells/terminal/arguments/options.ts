import type { Source } from '../../../index.ts'

/** `--inspect` without an address. */
export const ON_PAGE = 'page'

/** Every option of this shell's commands. A name means the same in all of them. */
export const optionTable = {
  store: {
    type: 'string',
    value: 'FILE',
    help: 'file that stores the contacts (default: one in your data folder)',
  },
  'client-id': { type: 'string', value: 'ID', help: 'application (client) ID of your app registration' },
  tenant: { type: 'string', value: 'TENANT', help: 'sign in to this tenant only: its ID or domain' },
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
    help: 'use the access token in this text file instead of signing in',
  },
  'device-code': {
    type: 'boolean',
    help: 'sign in on another device with a code, if this machine has no browser',
  },
  'extended-properties': {
    type: 'boolean',
    help: 'also read fields that only Outlook shows, such as fax and pager; repeat it for each import and refresh',
  },
  source: {
    type: 'string',
    value: 'SOURCE',
    help: 'where the contacts come from: microsoft365 (default), google or outlook; list, find and export: only those',
  },
  'client-secret': {
    type: 'string',
    value: 'SECRET',
    help: 'with --source google: the secret that Google gave with the client ID',
  },
  'people-url': {
    type: 'string',
    value: 'URL',
    help: 'with --source google: where contacts are read (default: https://people.googleapis.com)',
  },
  file: {
    type: 'string',
    value: 'FILE',
    help: 'with --source outlook: what Outlook exported, a .csv or .vcf file or a folder of them',
  },
  held: { type: 'boolean', help: 'only the contacts whose removal waits for your approval' },
  all: { type: 'boolean', help: 'every account' },
  delete: {
    type: 'boolean',
    help: 'with --all: also delete the file with the contacts and everything that belongs to it',
  },
  json: { type: 'boolean', help: 'print JSON on standard output, one object a line' },
  inspect: {
    type: 'string',
    bare: ON_PAGE,
    value: '[=URL]',
    help: 'show states and events on a page of this machine, or with URL in the XState inspector there',
  },
  changes: {
    type: 'boolean',
    help: 'list the contacts that were added, changed and removed, if still stored',
  },
  report: {
    type: 'string',
    value: 'FILE',
    help: 'write a report to attach to a bug report; FILE must be new, or - to print it',
  },
  plain: {
    type: 'boolean',
    help: 'no colours and no line that changes in place, for example for screen readers',
  },
  format: {
    type: 'string',
    value: 'FORMAT',
    help: 'vcard, for other address books, or csv, for spreadsheets',
  },
  'vcard-version': { type: 'string', value: 'VERSION', help: '4.0 (default), or 3.0 for older programs' },
  out: { type: 'string', value: 'FILE', help: 'write to this new file instead of standard output' },
  force: { type: 'boolean', help: 'with --out: replace a file that is already there' },
  undo: { type: 'boolean', help: 'take back what you said of these two contacts' },
  country: {
    type: 'string',
    value: 'COUNTRY',
    help: 'country of numbers without a country code, such as US or GB (default: that of your language)',
  },
  port: { type: 'string', value: 'N', help: 'listen on this port (default: any free one)' },
  help: { type: 'boolean', short: 'h', help: 'show this help' },
  version: { type: 'boolean', short: 'v', help: 'show the version' },
} as const

export type OptionName = keyof typeof optionTable

/** The sources that `--source` may name. */
export const namedSources = ['microsoft365', 'google', 'outlook'] as const satisfies readonly Source[]

export type NamedSource = (typeof namedSources)[number]

/** The source of a command that is about one. */
export const sourceOf = ({ source = 'microsoft365' }: Pick<Options, 'source'>): NamedSource => source

/** The options of a command line, checked and typed. */
export interface Options {
  /** Undefined: Microsoft 365, or with `refresh` every linked account. */
  readonly source: NamedSource | undefined
  /** A path. */
  readonly file: string | undefined
  readonly store: string | undefined
  readonly clientId: string | undefined
  readonly clientSecret: string | undefined
  readonly tenant: string | undefined
  readonly authority: string | undefined
  readonly graphUrl: string | undefined
  readonly peopleUrl: string | undefined
  readonly tokenFile: string | undefined
  readonly deviceCode: boolean
  readonly extendedProperties: boolean
  readonly held: boolean
  readonly all: boolean
  readonly delete: boolean
  readonly json: boolean
  /** A path, or `-` for standard output. */
  readonly report: string | undefined
  readonly changes: boolean
  readonly format: string | undefined
  readonly vcardVersion: string | undefined
  /** A path. */
  readonly out: string | undefined
  readonly force: boolean
  readonly undo: boolean
  /** ISO 3166-1 alpha-2, capitals. */
  readonly country: string | undefined
  /** From 0 (any free one) to 65,535. */
  readonly port: number | undefined
  /** The address of an XState inspector. */
  readonly inspect: string | undefined
  /** Whether a page of this machine shows states and events. */
  readonly inspectsOnPage: boolean
  /** The options of the `Extension`. */
  readonly added: Readonly<Record<string, AddedValue>>
}

/** An option of an `Extension`, as `parseArgs` of Node takes it, with its help. */
export interface AddedOption {
  readonly type: 'string' | 'boolean'
  readonly multiple?: boolean
  /** The value of the option if it is given without one. A value can then follow only after `=`. */
  readonly bare?: string
  /** Stands for the value in the help. */
  readonly value?: string
  readonly help: string
}

export type AddedValue = string | boolean | readonly (string | boolean)[] | undefined

/** Options for the store. */
export const storeOptions = ['store', 'json'] as const satisfies readonly OptionName[]

/** Options of commands that show each person once, who may have contacts in several sources. */
export const peopleOptions = [...storeOptions, 'country'] as const satisfies readonly OptionName[]

/** Options for the tenant and the sign-in. */
export const tenantOptions = [
  'client-id',
  'client-secret',
  'tenant',
  'authority',
  'graph-url',
  'people-url',
  'token-file',
  'device-code',
  'extended-properties',
  'inspect',
] as const satisfies readonly OptionName[]

/** The options that name the person's own tenant. */
export const ownTenantOptions: readonly string[] = tenantOptions.filter(
  (name) => name !== 'inspect' && name !== 'extended-properties',
)

import * as v from 'valibot'
import { faultSchema } from './faults/fault.ts'

const whole = v.pipe(v.number(), v.integer(), v.minValue(0))

/** Pages elsewhere could not be sent an answer: forms of the sign-in pages lead to this machine only. */
const isOwnPage = (address: string): boolean =>
  URL.canParse(address) &&
  /^http:\/\/(localhost|127\.0\.0\.1)[:/]/.test(new URL(address).href) &&
  !address.includes('#')

const settingsSchema = v.strictObject({
  /** Seed of all invented data: the same seed gives the same mailboxes. */
  seed: whole,
  /** Contacts of the ordinary user. Changing this, `seed`, `folders` or `distributionLists` creates new mailboxes. */
  contacts: whole,
  /** Contact folders besides the default one; some are nested. */
  folders: whole,
  /**
   * False: the default folder is lost, and requests for it get 404 ErrorFolderNotFound (exchangelib issue 1155). The
   * other folders work. Changing this creates new mailboxes.
   */
  defaultFolder: v.boolean(),
  /** Items that are not contacts but count in `$top`, `$skip` and `$count`. */
  distributionLists: whole,
  /**
   * True: deletions are for good. False, as in Exchange: into Deleted Items, where contacts and folders still answer by
   * their immutable id.
   */
  hardDelete: v.boolean(),
  /** Milliseconds before each response of Graph and of the People API, preflights included. */
  latency: whole,
  /**
   * True: pages can read Retry-After at Graph. It was reported not to be exposed (msgraph-sdk-design issue 76), and it is
   * in recent recordings.
   */
  exposeRetryAfter: v.boolean(),
  /** False: errors of Graph and of the People API have no CORS headers, so that a page sees a broken connection. */
  errorCors: v.boolean(),
  /** Seconds for which a browser may keep the answer to a preflight of these services; null: they do not say. */
  preflightMaxAge: v.nullable(whole),
  /** Requests of one mailbox that may be in flight (Graph: 4); null: no limit. */
  concurrency: v.nullable(whole),
  /** Retry-After (seconds) of a MailboxConcurrency 429; null: none is sent. */
  concurrencyRetryAfter: v.nullable(v.number()),
  /**
   * What `$deltatoken=latest` does. `anchor`: returns only a delta link, as Graph does for other resources and for some
   * mailboxes; `enumerate`: is ignored; `refuse`: is refused as an invalid token.
   */
  deltaLatest: v.picklist(['anchor', 'enumerate', 'refuse']),
  /** Seconds. */
  accessTokenLifetime: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** Seconds (Entra: 90 days). */
  refreshTokenLifetime: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /**
   * Seconds after the sign-in in which pages may refresh (Entra: 24 hours). Refreshing does not prolong them. A shorter
   * time also counts for tokens that were issued before.
   */
  spaRefreshTokenLifetime: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** Seconds between two polls for a device code (Entra: 5). */
  deviceCodeInterval: v.pipe(v.number(), v.minValue(0.01)),
  /** Replaces the address and code that the person is told to open and type, as a hostile authority might. */
  deviceCodePrompt: v.nullable(
    v.strictObject({ verificationUri: v.optional(v.string()), userCode: v.optional(v.string()) }),
  ),
  /** Lifetime of a device code in seconds (Entra: 15 minutes). */
  deviceCodeLifetime: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** True: only an administrator may consent; others see *Need admin approval*. */
  needAdminApproval: v.boolean(),
  /**
   * The response for a declined consent: `described` (AADSTS65004), `subcode` (`error_subcode=cancel` and no
   * description), `consent-required` (older wording), `personal` (wording of personal accounts).
   */
  declineForm: v.picklist(['described', 'subcode', 'consent-required', 'personal']),
  /**
   * Null: signing in works. Else the AADSTS number with which it fails, and where. `page`: on a page without a way back;
   * `return`: in the redirect to the app; `redeem`: when the code is redeemed. `error` and `suberror` replace those that
   * Entra sends with the number.
   */
  signInRefusal: v.nullable(
    v.strictObject({
      at: v.picklist(['page', 'return', 'redeem']),
      number: v.pipe(v.number(), v.integer()),
      error: v.optional(v.string()),
      suberror: v.optional(v.string()),
    }),
  ),
  /**
   * The `iss` of every answer to the app (RFC 9207), which the metadata announces: `right`, `missing`, or that of `other`
   * authority.
   */
  answerIssuer: v.picklist(['right', 'missing', 'other']),
  /**
   * The addresses of pages that are registered as a single-page application: http, on this machine, and compared exactly.
   */
  spaRedirects: v.array(v.pipe(v.string(), v.check(isOwnPage, 'Not an http address of this machine'))),
  /**
   * Whose pages may read the answers of the token endpoint, refusals included: those of `registered` single-page
   * applications, of `any` origin, or `none`.
   */
  tokenCors: v.picklist(['registered', 'any', 'none']),
  /**
   * The Cross-Origin-Opener-Policy of the sign-in pages. `same-origin` cuts the tie to the page that opened the tab: it
   * sees the tab as closed at once. Whether Entra sends it is unknown, so apps have to cope with both.
   */
  openerPolicy: v.picklist(['same-origin', 'none']),
  /** Scopes that are never granted, even if the user accepts. */
  withheldScopes: v.array(v.string()),
  /**
   * Null: refresh tokens work. Else how each refresh is refused: with an AADSTS number as Entra does, `plain`
   * (invalid_grant without a suberror), or invalid_grant with the given number and suberror.
   */
  refreshRefusal: v.nullable(
    v.union([
      v.picklist(['65001', '50173', '70043', '700082', 'plain']),
      v.strictObject({ number: v.pipe(v.number(), v.integer()), suberror: v.string() }),
    ]),
  ),
  /**
   * Contacts of the ordinary user's Google account. Changing this, or what the mailbox is filled from, creates new ones:
   * some people are in both.
   */
  googleContacts: whole,
  /** Seconds from a full sync of Google's contacts in which its sync tokens work (People API: 7 days). */
  googleSyncTokenLifetime: whole,
  /**
   * The answer to a sync token that has expired. Each was recorded: `a`, a 400 with the status FAILED_PRECONDITION; `b`, a
   * 400 with INVALID_ARGUMENT; `410`.
   */
  googleExpiredSyncToken: v.picklist(['a', 'b', '410']),
  /** Requests to the People API in a minute for each person (90 were reported); null: no limit. */
  googleReadsPerMinute: v.nullable(whole),
  /** First pages of full syncs in a minute for each person, which have a quota of their own; null: no limit. */
  googleFullSyncsPerMinute: v.nullable(whole),
  faults: v.array(faultSchema),
})

export type SandboxSettings = v.InferOutput<typeof settingsSchema>

const changeSchema = v.partial(settingsSchema)

export type SettingsChange = Partial<SandboxSettings>

const defaults: SandboxSettings = {
  seed: 1,
  contacts: 1240,
  folders: 5,
  defaultFolder: true,
  distributionLists: 24,
  hardDelete: false,
  latency: 0,
  exposeRetryAfter: false,
  errorCors: true,
  preflightMaxAge: null,
  concurrency: 4,
  concurrencyRetryAfter: 1,
  deltaLatest: 'anchor',
  accessTokenLifetime: 3600,
  refreshTokenLifetime: 90 * 24 * 3600,
  spaRefreshTokenLifetime: 24 * 3600,
  deviceCodeInterval: 5,
  deviceCodePrompt: null,
  deviceCodeLifetime: 900,
  needAdminApproval: false,
  declineForm: 'described',
  signInRefusal: null,
  answerIssuer: 'right',
  spaRedirects: [],
  tokenCors: 'registered',
  openerPolicy: 'same-origin',
  withheldScopes: [],
  refreshRefusal: null,
  googleContacts: 620,
  googleSyncTokenLifetime: 7 * 24 * 3600,
  googleExpiredSyncToken: 'a',
  googleReadsPerMinute: null,
  googleFullSyncsPerMinute: null,
  faults: [],
}

/** The settings of a running sandbox: read `current`, alter with `change`. */
export class Settings {
  #current: SandboxSettings = defaults
  readonly #listeners: ((change: SettingsChange) => void)[] = []

  get current(): Readonly<SandboxSettings> {
    return this.#current
  }

  /** Throws a `ValiError` that names the invalid setting, and changes nothing then. */
  change(change: unknown): void {
    const checked = withoutUndefined(v.parse(changeSchema, change))
    this.#current = { ...this.#current, ...checked }
    for (const listener of this.#listeners) listener(checked)
  }

  onChange(listener: (change: SettingsChange) => void): void {
    this.#listeners.push(listener)
  }
}

const withoutUndefined = (value: object): SettingsChange =>
  Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined))

import { randomBytes } from 'node:crypto'
import type { Person } from '../../people.ts'
import type { Settings } from '../../settings.ts'

/** What a person has allowed an app, until it is revoked. All codes and tokens of it end with it. */
export interface Grant {
  readonly person: Person
  readonly clientId: string
  readonly scopes: Set<string>
  revoked: boolean
}

/** What a code or token stands for. */
export interface Issue {
  readonly grant: Grant
  readonly scopes: readonly string[]
  /** Milliseconds. */
  readonly expires: number
}

export interface CodeIssue extends Issue {
  readonly redirectUri: string
  readonly nonce: string | null
  readonly challenge: { readonly value: string; readonly method: string } | null
  /** Whether a refresh token comes with the code. */
  readonly offline: boolean
  used: boolean
}

const CODE_LIFETIME = 600_000

/** The codes, tokens and consents of Google's accounts: in memory, for as long as the sandbox runs. */
export class Grants {
  readonly #settings: Settings
  readonly #grants = new Map<string, Grant>()
  readonly #codes = new Map<string, CodeIssue>()
  readonly #access = new Map<string, Issue>()
  readonly #refresh = new Map<string, Issue>()

  constructor(settings: Settings) {
    this.#settings = settings
  }

  /** What this person has allowed this app; nothing at first. */
  of(person: Person, clientId: string): Grant {
    const key = `${person.id} ${clientId}`
    const known = this.#grants.get(key)
    if (known?.revoked === false) return known
    const grant: Grant = { person, clientId, scopes: new Set(), revoked: false }
    this.#grants.set(key, grant)
    return grant
  }

  issueCode(issue: Omit<CodeIssue, 'expires' | 'used'>): string {
    return kept(this.#codes, '4/0A', { ...issue, expires: Date.now() + CODE_LIFETIME, used: false })
  }

  /** `lifetime` in seconds. */
  issueAccess(
    grant: Grant,
    scopes: readonly string[],
    lifetime = this.#settings.current.accessTokenLifetime,
  ): string {
    return kept(this.#access, 'ya29.', { grant, scopes, expires: Date.now() + lifetime * 1000 })
  }

  issueRefresh(grant: Grant, scopes: readonly string[]): string {
    const { refreshTokenLifetime } = this.#settings.current
    return kept(this.#refresh, '1//0', { grant, scopes, expires: Date.now() + refreshTokenLifetime * 1000 })
  }

  /** Null if it was not issued, was used, or has ended. A code works once. */
  useCode(code: string | null): CodeIssue | null {
    const issue = live(this.#codes, code)
    if (issue === null || issue.used) return null
    issue.used = true
    return issue
  }

  access(token: string): Issue | null {
    return live(this.#access, token)
  }

  refresh(token: string | null): Issue | null {
    return live(this.#refresh, token)
  }

  /** Ends one access token and nothing else. */
  refuse(token: string): void {
    this.#access.delete(token)
  }

  /** Ends everything of the grant that a token belongs to. False: there is no such token. */
  revokeToken(token: string): boolean {
    const issue = live(this.#refresh, token) ?? live(this.#access, token)
    if (issue !== null) issue.grant.revoked = true
    return issue !== null
  }

  /** As if the person had removed the apps in the settings of the account. */
  revoke(person: Person): void {
    for (const grant of this.#grants.values()) if (grant.person.id === person.id) grant.revoked = true
  }

  /** Every token and code ever issued, for tests that search for leftovers. */
  issued(): readonly string[] {
    return [this.#codes, this.#access, this.#refresh].flatMap((issued) => [...issued.keys()])
  }
}

const kept = <T>(issued: Map<string, T>, prefix: string, issue: T): string => {
  const text = `${prefix}${randomBytes(48).toString('base64url')}`
  issued.set(text, issue)
  return text
}

const live = <T extends Issue>(issued: ReadonlyMap<string, T>, text: string | null): T | null => {
  const issue = issued.get(text ?? '')
  return issue === undefined || issue.grant.revoked || issue.expires <= Date.now() ? null : issue
}

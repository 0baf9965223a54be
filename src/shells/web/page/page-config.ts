/** What the server of the page tells it, in `config.json` beside it. */
export interface PageConfig {
  /**
   * Where the book runs. `browser`: in this page, which then needs the app registration. `program`: in the program that serves
   * the page, at the other end of the WebSocket `book`.
   */
  readonly book: 'browser' | 'program'
  /** The app registration, of the platform single-page application with the address of `sign-in.html`. */
  readonly clientId?: string
  readonly tenant?: string
  readonly authority?: string
  readonly graphUrl?: string
  /** The OAuth client of Google, of the type "Web application" with the address of `sign-in.html`. Absent: Google is not offered. */
  readonly google?: {
    readonly clientId: string
    /** Google demands it of pages too, where it is no secret. */
    readonly clientSecret?: string
    readonly authority?: string
    readonly peopleUrl?: string
  }
  /** Offers the Outlook app, too, whose exported files the person chooses. */
  readonly outlookFile?: boolean
  /** Where an administrator can approve the app of the program. */
  readonly adminConsentLink?: string
  /** A sentence that the page always shows, by language: `{ en: '…', de: '…' }`. */
  readonly notice?: Readonly<Record<string, string>>
  /** What the page shows first, where its address names no view. Default: My Contacts. */
  readonly view?: 'inside'
  /** A module of the same origin that adds an entry to the page: see `PageExtension`. */
  readonly extension?: string
}

/** Rejects if there is none, or if it is none. */
export const loadConfig = async (): Promise<PageConfig> => {
  const response = await fetch(new URL('config.json', document.baseURI), { cache: 'no-store' })
  if (!response.ok) throw new Error('no config.json')
  return (await response.json()) as PageConfig
}

/** The notice in the language of the page, else in English. */
export const noticeIn = ({ notice }: PageConfig, language: string): string | null =>
  notice?.[language] ?? notice?.['en'] ?? null

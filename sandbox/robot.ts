/** How the robot person behaves on the sign-in pages. */
export interface RobotOptions {
  /** Id of the person to sign in. Default: the ordinary user. */
  readonly account?: string
  /** `abandon`: opens the first page and leaves, like a user who closes the tab. */
  readonly decision: 'accept' | 'decline' | 'abandon'
  /** Ticks *Consent on behalf of your organization* if it is shown. */
  readonly organization?: boolean
  /** Leaves the box for the contacts on Google's page as it is. Otherwise the robot ticks it if it accepts. */
  readonly untick?: boolean
  /** The cookies of earlier visits, by name; those of this one are added. Default: a browser that was never used. */
  readonly cookies?: Map<string, string>
  /** Replaces the browser's network. Default: the runtime's own, which may use a proxy. */
  readonly fetch?: typeof fetch
  /** Called with each page that the robot visits: its short name and its text. */
  readonly onPage?: (page: { readonly name: string; readonly text: string }) => void
}

/** The sign-in led the robot to a page from which it cannot continue. */
export class RobotLost extends Error {
  override readonly name = 'RobotLost'
}

interface Visit {
  readonly address: string
  readonly name: string
  readonly html: string
}

const LONGEST_WALK = 20

/**
 * Replaces browser and user in a sign-in: returns immediately, as a browser opener does, and goes through the pages in
 * the background. Never throws, like any opener.
 */
export const robotPerson =
  (options: RobotOptions) =>
  async (address: string): Promise<boolean> => {
    robotWalk(address, options).catch((error: unknown) => {
      options.onPage?.({ name: 'lost', text: error instanceof Error ? error.message : 'lost' })
    })
    return true
  }

/**
 * Goes from the sign-in address to the app's own page, with fetch, and resolves to the text of the last page. Throws
 * `RobotLost` on an error page, and fetch's error if the app does not listen.
 */
export const robotWalk = async (address: string, options: RobotOptions): Promise<string> => {
  const browser = new Browser(options.fetch ?? fetch, options.cookies ?? new Map<string, string>())
  let visit = await browser.open(address)
  for (let step = 0; step < LONGEST_WALK; step++) {
    options.onPage?.({ name: visit.name, text: textOf(visit.html) })
    const values = answerTo(visit, options)
    if (values === null) return textOf(visit.html)
    visit = await browser.submit(visit, values)
  }
  throw new RobotLost('The sign-in has too many pages')
}

/** What the robot fills in on a page; null if nothing is left to do. */
const answerTo = ({ name, html }: Visit, options: RobotOptions): Record<string, string> | null => {
  const { account = 'user', decision, organization = false, untick = false } = options
  switch (name) {
    case 'choose-account':
    case 'google-choose-account':
      return decision === 'abandon' ? null : { account }
    case 'permissions':
      if (decision !== 'accept') return { decision: 'cancel' }
      return {
        decision: 'accept',
        ...(organization && html.includes('name="organization"') ? { organization: 'yes' } : {}),
      }
    case 'google-permissions':
      if (decision !== 'accept') return { decision: 'cancel' }
      return { decision: 'accept', ...(!untick && html.includes('name="contacts"') && { contacts: 'yes' }) }
    case 'need-approval':
      return { decision: 'cancel' }
    case 'device-confirm':
      return decision === 'accept' ? {} : { abort: 'yes' }
    case 'sign-in-error':
    case 'google-error':
      throw new RobotLost(textOf(html))
    default:
      // A form that submits itself offers no choice; any other page is the last one.
      return html.includes('document.forms[0].submit()') ? {} : null
  }
}

/** Just enough of a browser: cookies, redirects, and the first form of a page. */
class Browser {
  readonly #cookies: Map<string, string>
  readonly #fetch: typeof fetch

  constructor(send: typeof fetch, cookies: Map<string, string>) {
    this.#fetch = send
    this.#cookies = cookies
  }

  async open(address: string, body?: URLSearchParams): Promise<Visit> {
    const send = this.#fetch
    let next = { address, body }
    for (let hops = 0; hops < LONGEST_WALK; hops++) {
      const response = await send(next.address, {
        method: next.body === undefined ? 'GET' : 'POST',
        redirect: 'manual',
        headers: { accept: 'text/html', cookie: this.#cookieHeader() },
        ...(next.body === undefined ? {} : { body: next.body }),
      })
      this.#keepCookies(response.headers)
      const location = response.headers.get('location')
      const html = await response.text()
      if (location === null)
        return { address: next.address, name: /<body data-page="([^"]*)"/.exec(html)?.[1] ?? '', html }
      next = { address: new URL(location, next.address).href, body: undefined }
    }
    throw new RobotLost('Too many redirects')
  }

  submit({ address, html }: Visit, values: Readonly<Record<string, string>>): Promise<Visit> {
    const form = /<form[^>]*>[\s\S]*?<\/form>/.exec(html)?.[0] ?? ''
    const action = attribute(/<form[^>]*>/.exec(form)?.[0] ?? '', 'action') ?? address
    const hidden = [...form.matchAll(/<input[^>]*type="hidden"[^>]*>/g)].map(([input]): [string, string] => [
      attribute(input, 'name') ?? '',
      attribute(input, 'value') ?? '',
    ])
    const body = new URLSearchParams([...hidden, ...Object.entries(values)])
    return this.open(new URL(action, address).href, body)
  }

  #cookieHeader(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  #keepCookies(headers: Headers): void {
    for (const cookie of headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      if (value === '') this.#cookies.delete(name)
      else this.#cookies.set(name, value)
    }
  }
}

const attribute = (tag: string, name: string): string | null => {
  const value = new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1]
  return value === undefined ? null : unescapeHtml(value)
}

const unescapeHtml = (text: string): string =>
  text
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')

const textOf = (html: string): string =>
  unescapeHtml(
    html
      .replace(/<(style|script|title)[\s\S]*?<\/\1>/g, '')
      .replace(/<[^>]+>/g, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
  )

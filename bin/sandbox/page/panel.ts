import type { PageExtension } from '../../../src/shells/web/page/page-extension.ts'
import { deTrialTexts } from './de-trial-texts.ts'
import { enTrialTexts } from './en-trial-texts.ts'
import { panelStyle } from './panel-style.ts'
import type { TrialText, TrialTexts } from './trial-texts.ts'
import { hints, isLasting, isPassing, trialGroups } from './trials.ts'
import type { Trial, TrialState } from './trials.ts'

/** Adds *Try what goes wrong* to the page (`PageExtension`). Served as it is compiled, so it imports no package. */
export const extend = (language: string): PageExtension => {
  customElements.define('sandbox-panel', SandboxPanel)
  const view = new SandboxPanel(language === 'de' ? deTrialTexts : enTrialTexts)
  return { label: view.texts.heading, shortLabel: view.texts.entry, view }
}

/** In ms: how often the panel looks whether what was set has happened. */
const LOOK_EVERY = 1_000

class SandboxPanel extends HTMLElement {
  readonly texts: TrialTexts
  readonly #status = made('p', { class: 'status', role: 'status' })
  readonly #normal: HTMLButtonElement
  #timer: ReturnType<typeof setTimeout> | undefined
  readonly #buttons = new Map<Trial, HTMLButtonElement>()

  constructor(texts: TrialTexts) {
    super()
    this.texts = texts
    const root = this.attachShadow({ mode: 'open' })
    root.adoptedStyleSheets = [panelStyle()]
    this.#normal = this.#button(texts.normal, 'normal', 'button primary')
    const groups = Object.entries(trialGroups) as [
      keyof typeof trialGroups,
      readonly Exclude<Trial, 'normal'>[],
    ][]
    root.append(
      made('h2', {}, texts.heading),
      made('p', { class: 'muted' }, texts.intro),
      made(
        'div',
        { class: 'bar' },
        this.#status,
        made('a', { href: '#settings' }, texts.openSettings),
        this.#normal,
      ),
      ...groups.map(([group, trials]) =>
        this.#group(
          texts.groups[group],
          trials.map((trial) => this.#card(texts.trials[trial], trial)),
        ),
      ),
      this.#group(
        texts.groups.hints,
        hints.map((hint) => this.#card(texts.hints[hint], undefined, hint === 'file' ? this.#link() : null)),
      ),
    )
  }

  connectedCallback(): void {
    void this.#ask()
    addEventListener('hashchange', this.#look)
  }

  disconnectedCallback(): void {
    removeEventListener('hashchange', this.#look)
  }

  #group(heading: string, cards: readonly Node[]): Node {
    return made('section', {}, made('h3', {}, heading), made('ul', {}, ...cards))
  }

  #link(): Node {
    return made('a', { href: 'try/contacts.csv', download: 'contacts.csv' }, this.texts.download)
  }

  #card({ title, then }: TrialText, trial?: Trial, more: Node | null = null): Node {
    const text = made('div', {}, made('p', { class: 'title' }, title), made('p', { class: 'muted' }, then))
    if (trial === undefined) return made('li', {}, text, ...(more === null ? [] : [more]))
    const label = isLasting(trial) ? this.texts.set : this.texts.make
    const button = this.#button(label, trial, 'button')
    button.setAttribute('aria-label', `${label}: ${title}`)
    if (isLasting(trial)) this.#buttons.set(trial, button)
    return made('li', {}, text, button)
  }

  #button(label: string, trial: Trial, style: string): HTMLButtonElement {
    const button = made('button', { class: style, type: 'button' }, label)
    button.addEventListener('click', () => void this.#ask(trial))
    return button
  }

  /** Another tab, or another view of the page, may have used up what was set. */
  readonly #look = (): void => {
    clearTimeout(this.#timer)
    if (this.checkVisibility()) void this.#ask()
  }

  /** Sets something, or only asks for the state. */
  async #ask(trial?: Trial): Promise<void> {
    const address = new URL(`try/${trial ?? 'state'}`, document.baseURI)
    try {
      const response = await fetch(address, { method: trial === undefined ? 'GET' : 'POST' })
      if (!response.ok) throw new Error(String(response.status))
      this.#show((await response.json()) as TrialState)
    } catch {
      this.#status.textContent = this.texts.failed
    }
  }

  #show({ active, contacts }: TrialState): void {
    const { texts } = this
    const what = active === 'normal' ? texts.isNormal : `${texts.isSet}: ${texts.trials[active].title}.`
    const status = `${what} ${texts.contacts(contacts)}`
    // A screen reader would read it again.
    if (this.#status.textContent !== status) this.#status.textContent = status
    this.#normal.setAttribute('aria-disabled', String(active === 'normal'))
    for (const [trial, button] of this.#buttons) {
      button.setAttribute('aria-pressed', String(trial === active))
      button.textContent = trial === active ? texts.isSet : texts.set
    }
    clearTimeout(this.#timer)
    if (isPassing(active)) this.#timer = setTimeout(this.#look, LOOK_EVERY)
  }
}

const made = <Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string>>,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Name] => {
  const element = document.createElement(name)
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value)
  element.append(...children)
  return element
}

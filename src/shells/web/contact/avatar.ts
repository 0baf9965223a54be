import { css, html, unsafeCSS } from 'lit'
import type { TemplateResult } from 'lit'
import type { ContactKey } from '../../../index.ts'
import { icon } from '../base/icons.ts'

/** A ground and the letters on it, each in light and in dark. */
export type Tone = readonly [ground: readonly [string, string], letters: readonly [string, string]]

/** The colours of initials. Each pair reaches 4.5:1 (WCAG 2.2, 1.4.3); a test computes it. */
export const tones: readonly Tone[] = [
  [
    ['#dbe6ff', '#2b3b66'],
    ['#1f3f8c', '#cbd9ff'],
  ],
  [
    ['#d2efec', '#1d4744'],
    ['#0b5551', '#b5ece6'],
  ],
  [
    ['#dcf0d9', '#2a4727'],
    ['#255c1f', '#c5ecbf'],
  ],
  [
    ['#f5ebc4', '#4b4018'],
    ['#6b4f00', '#f3e0a0'],
  ],
  [
    ['#fde3d0', '#573721'],
    ['#8a3b08', '#ffd3b5'],
  ],
  [
    ['#fddde1', '#5a2b35'],
    ['#96213a', '#ffc9d2'],
  ],
  [
    ['#ecdffb', '#43305f'],
    ['#5b2b95', '#e2cdfb'],
  ],
  [
    ['#e2e6ec', '#3a424f'],
    ['#3b4657', '#d5dce6'],
  ],
]

/** The tone of a contact: by its key, which stays the same, so that a change of the name changes no colour. */
export const toneOf = (key: ContactKey): number => {
  let hash = 0
  for (let at = 0; at < key.length; at++) hash = (hash * 31 + key.charCodeAt(at)) >>> 0
  return hash % tones.length
}

/** Scripts in which one character says as much as two initials, and two would be read as a word. */
const wholeCharacters = /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/u

/** One or two initials; empty for a number or an address. */
export const initialsOf = (name: string): string => {
  if (name.includes('@')) return ''
  const letters = name
    .split(/\s+/)
    .map((word) => /^[^\p{L}\p{N}]*(\p{L}\p{M}*)/u.exec(word)?.[1])
    .filter((letter) => letter !== undefined)
  const [first = '', last = ''] = letters.length > 1 ? [letters[0], letters.at(-1)] : letters
  return (wholeCharacters.test(first) ? first : first + last).toUpperCase()
}

/** The initials of a contact in a circle, or its photo. */
export const avatar = (name: string, key: ContactKey, photo: string | null = null): TemplateResult =>
  html`<span class="avatar tone-${toneOf(key)}" part="avatar" aria-hidden="true"
    >${photo === null ? initialsOf(name) || icon('person') : html`<img src=${photo} alt="" />`}</span
  >`

const grounds = tones.map(
  ([ground, letters], tone) =>
    `.tone-${tone}{background:light-dark(${ground.join()});color:light-dark(${letters.join()})}`,
)

export const avatarStyles = css`
  .avatar {
    display: inline-grid;
    flex: none;
    place-items: center;
    inline-size: var(--_avatar, 2.25rem);
    block-size: var(--_avatar, 2.25rem);
    overflow: hidden;
    border-radius: 50%;
    font-size: calc(var(--_avatar, 2.25rem) * 0.36);
    font-weight: 600;
    line-height: 1;
    user-select: none;
  }

  .avatar img {
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
  }

  ${unsafeCSS(grounds.join(''))}

  /* Without its ground, only a border shows the circle. */
  @media (forced-colors: active) {
    .avatar {
      border: 1px solid CanvasText;
    }
  }
`

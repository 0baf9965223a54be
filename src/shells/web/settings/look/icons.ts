import { svg } from 'lit'
import type { SVGTemplateResult } from 'lit'

const icon = (path: string): SVGTemplateResult =>
  svg`<svg viewBox="0 0 20 20" aria-hidden="true"><path d=${path}></path></svg>`

const DISC =
  'M10 1.75a8.25 8.25 0 1 1 0 16.5a8.25 8.25 0 0 1 0-16.5zm0 1.5a6.75 6.75 0 1 0 0 13.5a6.75 6.75 0 0 0 0-13.5z'

/** Each says something that a word beside it says too. */
export const icons = {
  done: icon(`${DISC}M13.9 7.1l1.1 1l-5.8 6l-3.2-3.2l1.1-1.1l2.1 2.2z`),
  info: icon(`${DISC}M9.25 8.75h1.5v5.5h-1.5zM10 5.4a1 1 0 1 1 0 2a1 1 0 0 1 0-2z`),
  question: icon(
    `${DISC}M10 5.25c1.6 0 2.75 1 2.75 2.4c0 1.1-.6 1.7-1.25 2.25c-.55.45-.75.7-.75 1.35h-1.5c0-1.4.65-1.95 1.25-2.5c.5-.4.75-.65.75-1.1c0-.55-.45-.9-1.25-.9s-1.3.4-1.35 1.1H7.15C7.2 6.3 8.4 5.25 10 5.25zM10 12.5a1 1 0 1 1 0 2a1 1 0 0 1 0-2z`,
  ),
  problem: icon(
    'M10 2c.45 0 .87.24 1.1.63l7.2 12.5a1.25 1.25 0 0 1-1.1 1.87H2.8a1.25 1.25 0 0 1-1.1-1.87l7.2-12.5C9.13 2.24 9.55 2 10 2zm0 2L3.35 15.5h13.3zM9.25 8h1.5v4h-1.5zM10 12.8a.9.9 0 1 1 0 1.8a.9.9 0 0 1 0-1.8z',
  ),
  refresh: icon(
    'M10 3.5a6.5 6.5 0 0 1 5.25 2.67V3.5h1.5v5.25H11.5v-1.5h2.77A5 5 0 1 0 15 10.5h1.5A6.5 6.5 0 1 1 10 3.5z',
  ),
  copy: icon(
    'M7.5 2.5h7A1.5 1.5 0 0 1 16 4v9a1.5 1.5 0 0 1-1.5 1.5h-7A1.5 1.5 0 0 1 6 13V4a1.5 1.5 0 0 1 1.5-1.5zm0 1.5v9h7V4zM4 6v9.5a.5.5 0 0 0 .5.5H13v1.5H4.5a2 2 0 0 1-2-2V6z',
  ),
  open: icon(
    'M4.5 4H9v1.5H5v9.5h9.5v-4H16v4.5a1 1 0 0 1-1 1H4.5a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1zM11.5 3.5h5v5H15V6.06l-5.2 5.2l-1.06-1.06L13.94 5H11.5z',
  ),
  person: icon(
    'M10 2.5a3.75 3.75 0 1 1 0 7.5a3.75 3.75 0 0 1 0-7.5zM3.75 16.4c0-2.9 2.8-4.9 6.25-4.9s6.25 2 6.25 4.9c0 .6-.5 1.1-1.1 1.1H4.85c-.6 0-1.1-.5-1.1-1.1z',
  ),
  demo: icon(
    'M7 2.5h6V4h-.75v3.6l4.1 7.1A1.55 1.55 0 0 1 15 17H5a1.55 1.55 0 0 1-1.35-2.3l4.1-7.1V4H7zm2.25 1.5v4L7.4 11.2h5.2L10.75 8V4z',
  ),
}

/** Microsoft's logo, unaltered, as its branding guidelines for apps ask. */
export const microsoftLogo = svg`<svg class="logo" viewBox="0 0 21 21" aria-hidden="true">
  <path fill="#f25022" d="M1 1h9v9H1z"></path><path fill="#7fba00" d="M11 1h9v9h-9z"></path>
  <path fill="#00a4ef" d="M1 11h9v9H1z"></path><path fill="#ffb900" d="M11 11h9v9h-9z"></path>
</svg>`

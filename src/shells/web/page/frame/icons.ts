import { svg } from 'lit'
import type { SVGTemplateResult } from 'lit'

const icon = (paths: SVGTemplateResult): SVGTemplateResult =>
  svg`<svg viewBox="0 0 24 24" aria-hidden="true">${paths}</svg>`

/** The icons of the navigation, as strokes on a grid of 24. */
export const icons = {
  contacts: icon(svg`<circle cx="9" cy="8" r="3.5" /><path d="M2.5 20a6.5 6.5 0 0 1 13 0" />
    <path d="M15.5 4.8a3.5 3.5 0 0 1 0 6.4M17.5 14.2a6.5 6.5 0 0 1 4 5.8" />`),
  settings: icon(svg`<path d="M3.5 7h9M18 7h2.5M3.5 17H6M11.5 17h9" />
    <circle cx="15.25" cy="7" r="2.75" /><circle cx="8.75" cy="17" r="2.75" />`),
  call: icon(svg`<path d="M6.2 3.5 9 4.3l1.2 4-2 1.9a13 13 0 0 0 5.6 5.6l1.9-2 4 1.2.8 2.8c-1.2 2.6-3.4 3.2-5.9
    2.3A19 19 0 0 1 3.9 9.4c-.9-2.5-.3-4.7 2.3-5.9z" />`),
  inside: icon(svg`<rect x="3.5" y="4" width="8" height="5" rx="1.5" />
    <rect x="12.5" y="15" width="8" height="5" rx="1.5" /><path d="M7.5 9v6.5a2 2 0 0 0 2 2h3M10.5 15.5l2 2-2 2" />`),
  extra: icon(svg`<path d="M9.5 3.5v6L4 18.6a1.3 1.3 0 0 0 1.1 1.9h13.8a1.3 1.3 0 0 0 1.1-1.9l-5.5-9.1v-6" />
    <path d="M8 3.5h8M7 14.5h10" />`),
}

/** The mark of the app, as in the tab of the browser. */
export const brand = svg`<svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
  <rect width="32" height="32" rx="8" /><circle cx="16" cy="12.5" r="4.5" />
  <path d="M7.5 25a8.5 7 0 0 1 17 0z" /></svg>`

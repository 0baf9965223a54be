import { css, html } from 'lit'
import type { TemplateResult } from 'lit'

const DISC = 'M10 17.5a7.5 7.5 0 1 1 0-15 7.5 7.5 0 0 1 0 15Z'

/** Strokes on a grid of 20 × 20. */
const strokes = {
  search: 'M13.2 13.2 17 17M8.5 14.5a6 6 0 1 1 0-12 6 6 0 0 1 0 12Z',
  close: 'm5 5 10 10M15 5 5 15',
  call: 'M6.6 3 8.4 7 6.9 8.6a10.4 10.4 0 0 0 4.5 4.5L13 11.6l4 1.8v2.4c0 .7-.6 1.2-1.3 1.2A12.7 12.7 0 0 1 3 4.3C3 3.6 3.5 3 4.2 3Z',
  mail: 'M3 5.5h14v9.5H3zM3 6l7 5 7-5',
  copy: 'M7 7h9v10H7zM13 7V3.5H4V13.5h3',
  check: 'm4 10.5 4 4 8-9',
  back: 'M17 10H3.5M9 4.5 3.5 10 9 15.5',
  open: 'M8 4H4v12h12v-4M11 3.5h5.5V9M16 4l-7 7',
  warning: 'M10 3 2.5 16.5h15ZM10 8v4M10 14.4v.1',
  done: `${DISC}M6.5 10.2l2.5 2.5 4.6-5`,
  info: `${DISC}M10 9.2v4.6M10 6.3v.1`,
  question: `${DISC}M7.7 8a2.4 2.4 0 1 1 3.6 2.1c-.8.5-1.3.9-1.3 1.8M10 14.2v.1`,
  refresh: 'M16.8 7.2a7 7 0 1 0 .2 5.3M17 3v4.4h-4.4',
  flask: 'M7.5 3h5M8.5 3v5L4 15.5a1 1 0 0 0 .9 1.5h10.2a1 1 0 0 0 .9-1.5L11.5 8V3M6.3 12h7.4',
  people:
    'M7.5 9.5a3 3 0 1 1 0-6 3 3 0 0 1 0 6ZM2 16.5c0-3 2.4-5 5.5-5s5.5 2 5.5 5M13 9a2.5 2.5 0 0 0 0-5M15 11.8c1.9.7 3 2.4 3 4.7',
  person: 'M10 10a3.5 3.5 0 1 1 0-7 3.5 3.5 0 0 1 0 7ZM3.5 17c0-3.3 2.9-5 6.5-5s6.5 1.7 6.5 5',
  file: 'M5 2.5h6.5L15.5 6.5v11H5zM11.5 2.5v4h4M7.5 11h5.5M7.5 14h5.5',
  lock: 'M5 9h10v8H5zM7 9V6.5a3 3 0 0 1 6 0V9',
  offline:
    'm3 3 14 14M2.5 8a11 11 0 0 1 4-2.4M10 5c2.9 0 5.5 1.1 7.5 3M5.3 11a7 7 0 0 1 3.2-1.9M12.5 9.5c.8.3 1.5.8 2.2 1.5M8.2 14a2.7 2.7 0 0 1 3.6 0M10 16.4v.1',
} as const

/** A picture of the `icon` function. */
export type IconName = keyof typeof strokes

/** A picture for eyes only: what it means has to be said beside it. @param more a class: `mirrored` where lines run the other way */
export const icon = (name: IconName, more = ''): TemplateResult =>
  html`<svg class="line ${more}" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
    <path d=${strokes[name]} />
  </svg>`

export const iconStyles = css`
  svg.line {
    fill: none;
    stroke: currentColor;
    stroke-width: 1.5;
    stroke-linecap: round;
    stroke-linejoin: round;
  }

  svg.mirrored:dir(rtl) {
    transform: scaleX(-1);
  }
`

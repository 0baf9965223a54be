import { css } from 'lit'
import { chartStyles } from './chart-styles.ts'
import { eventStyles } from './event-styles.ts'

const layoutStyles = css`
  :host {
    container-type: inline-size;
  }

  .root,
  .sides,
  header,
  .card {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: calc(4 * var(--_space));
  }

  /* Texts of another direction than the page keep their order of words. */
  .root :is(h2, h3, p, dt, dd, li span, time, summary, button) {
    unicode-bidi: plaintext;
  }

  :host(:dir(rtl)) .root {
    text-align: right;
  }

  code {
    justify-self: start;
  }

  header {
    gap: var(--_space);
  }

  header p {
    max-inline-size: 45rem;
  }

  .card {
    align-content: start;
    min-inline-size: 0;
    padding: calc(5 * var(--_space));
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
    box-shadow: var(--_shadow);
  }

  code,
  pre {
    font-family: ui-monospace, 'Cascadia Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace;
    font-size: 0.9286em;
  }

  code svg {
    inline-size: 1em;
    block-size: 1em;
    vertical-align: -0.125em;
  }

  .strong {
    color: var(--_text);
    font-weight: 600;
  }

  .bar,
  .tools,
  .choices {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(2 * var(--_space));
  }

  /* The arrow of the icon points against the direction of reading. */
  .forward svg {
    transform: scaleX(-1);
  }

  .forward svg:dir(rtl) {
    transform: none;
  }

  .button[aria-pressed='true'] {
    border-color: var(--_accent);
    background: var(--_selected);
    box-shadow: inset 0 -2px 0 var(--_accent);
  }

  .mode {
    flex: 1 1 20rem;
    display: flex;
    align-items: center;
    gap: calc(2 * var(--_space));
    padding: calc(2 * var(--_space)) calc(3 * var(--_space));
    border: 1px solid transparent;
    border-radius: var(--_radius-small);
    background: var(--_success-surface);
    color: var(--_success);
    font-weight: 600;
  }

  .mode.past {
    background: var(--_warning-surface);
    color: var(--_warning);
  }

  .mode::before {
    content: '';
    flex: none;
    inline-size: 0.625rem;
    block-size: 0.625rem;
    border: 2px solid currentColor;
    border-radius: 50%;
  }

  .mode.live::before {
    background: currentColor;
  }

  .facts {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: var(--_space) calc(4 * var(--_space));
  }

  .means {
    display: block;
  }

  dt {
    color: var(--_text-muted);
  }

  .event {
    display: grid;
    gap: calc(2 * var(--_space));
    padding: calc(3 * var(--_space)) calc(4 * var(--_space));
    border-radius: var(--_radius-small);
    background: var(--_canvas);
  }

  h4 {
    margin: 0;
    font-size: 0.875rem;
    font-weight: 600;
  }

  .warn {
    display: flex;
    gap: calc(2 * var(--_space));
    color: var(--_warning);
  }

  summary {
    inline-size: fit-content;
    border-radius: var(--_radius-small);
    cursor: pointer;
  }

  details ul {
    display: grid;
    gap: var(--_space);
    margin-block-start: calc(2 * var(--_space));
    padding-inline-start: calc(5 * var(--_space));
  }

  .official p {
    max-inline-size: 45rem;
    margin-block-start: calc(2 * var(--_space));
  }

  pre {
    margin: calc(2 * var(--_space)) 0 0;
    padding: calc(3 * var(--_space));
    overflow: auto;
    border: 1px solid var(--_line);
    border-radius: var(--_radius-small);
    background: var(--_surface);
  }

  @container (inline-size >= 50rem) {
    .sides {
      grid-template-columns: minmax(0, 1fr) minmax(18rem, 24rem);
    }

    /* As high as the chart beside it, however many events there are. */
    .log {
      display: flex;
      flex-direction: column;
      block-size: 0;
      min-block-size: 100%;
    }

    .log .events {
      flex: 1;
      max-block-size: none;
    }
  }

  @container (inline-size < 30rem) {
    .card {
      padding: calc(4 * var(--_space));
    }

    .facts {
      grid-template-columns: minmax(0, 1fr);
      gap: 0;
    }

    .facts dd {
      margin-block-end: calc(2 * var(--_space));
    }

    .scroller {
      margin-inline: calc(-4 * var(--_space));
    }
  }

  @media (forced-colors: active) {
    .card,
    .event,
    .mode,
    .button[aria-pressed='true'] {
      border-color: CanvasText;
    }
  }
`

export const inspectorStyles = [layoutStyles, chartStyles, eventStyles]

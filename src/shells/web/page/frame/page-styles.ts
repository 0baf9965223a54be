import { css } from 'lit'

/** The frame: navigation at the side, or at the bottom where the page is narrow. */
export const pageStyles = css`
  :host {
    display: grid;
    grid-template: auto minmax(0, 1fr) / auto minmax(0, 1fr);
    block-size: 100dvh;
    background: var(--_canvas);
  }

  h1 {
    margin: 0;
    font-size: 1rem;
    font-weight: 600;
  }

  .notices {
    grid-column: 1 / -1;
  }

  .notice {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: center;
    gap: calc(2 * var(--_space)) calc(4 * var(--_space));
    padding: calc(2 * var(--_space)) calc(4 * var(--_space));
    border-block-end: 1px solid var(--_line);
    background: var(--_warning-surface);
    color: var(--_warning);
    font-weight: 600;
    text-align: center;
    /* The server of the page may know the notice in another language only. */
    unicode-bidi: plaintext;
  }

  .notice.lost {
    background: var(--_danger-surface);
    color: var(--_danger);
  }

  nav {
    display: flex;
    flex-direction: column;
    gap: calc(1 * var(--_space));
    inline-size: 16rem;
    padding: calc(4 * var(--_space)) calc(2 * var(--_space));
    border-inline-end: 1px solid var(--_line);
    overflow-y: auto;
  }

  .brand {
    display: flex;
    align-items: center;
    gap: calc(2 * var(--_space));
    padding: 0 calc(3 * var(--_space)) calc(4 * var(--_space));
  }

  nav a {
    position: relative;
    display: flex;
    align-items: center;
    gap: calc(3 * var(--_space));
    min-block-size: 2.5rem;
    padding: calc(1 * var(--_space)) calc(3 * var(--_space));
    border-radius: var(--_radius-small);
    color: var(--_text);
    text-decoration: none;
  }

  nav a:hover {
    background: var(--_hover);
  }

  nav a[aria-current] {
    background: var(--_surface);
    box-shadow: var(--_shadow);
    font-weight: 600;
  }

  nav a[aria-current]::before {
    content: '';
    position: absolute;
    inset-block: 0.625rem;
    inset-inline-start: 0;
    inline-size: 3px;
    border-radius: 2px;
    background: var(--_accent);
  }

  nav a.last {
    margin-block-start: auto;
  }

  nav svg {
    fill: none;
    stroke: currentColor;
    stroke-width: 1.6;
    stroke-linecap: round;
    stroke-linejoin: round;
  }

  nav .mark {
    inline-size: 1.75rem;
    block-size: 1.75rem;
    fill: var(--_on-accent);
    stroke: none;
  }

  .mark rect {
    fill: var(--_accent);
  }

  nav a[aria-current] svg {
    color: var(--_accent);
  }

  .short {
    display: none;
  }

  /* The longest German link stays in one line beside its dot. */
  .long {
    margin-inline-end: calc(-2 * var(--_space));
  }

  .dot {
    inline-size: 0.5rem;
    block-size: 0.5rem;
    margin-inline-start: auto;
    border: 1px solid transparent;
    border-radius: 50%;
    background: var(--_danger);
  }

  /* A ring, so that it is not only the colour that tells it from a trouble. */
  .dot.running {
    border: 2px solid var(--_accent);
    background: transparent;
  }

  main {
    position: relative;
    outline: none;
    overflow: auto;
    scrollbar-gutter: stable;
  }

  main:has(> contact-list:not([hidden])) {
    overflow: hidden;
    scrollbar-gutter: auto;
  }

  contact-list {
    block-size: calc(100% - 8 * var(--_space));
    margin: calc(4 * var(--_space));
  }

  .column {
    max-inline-size: 52rem;
    margin-inline: auto;
    padding: calc(6 * var(--_space)) calc(6 * var(--_space)) calc(10 * var(--_space));
  }

  .column.wide {
    max-inline-size: 84rem;
  }

  .message {
    display: grid;
    gap: calc(3 * var(--_space));
    justify-items: center;
    max-inline-size: 30rem;
    margin: 20vh auto 0;
    padding: calc(6 * var(--_space));
    text-align: center;
  }

  .message p {
    color: var(--_text-muted);
  }

  @media (forced-colors: active) {
    nav a[aria-current]::before {
      background: Highlight;
    }

    nav a[aria-current] {
      color: Highlight;
    }

    .dot {
      border-color: CanvasText;
      background: Highlight;
    }
  }
`

import { css } from 'lit'

/** The navigation at the bottom, as in the apps of a phone. */
export const narrowStyles = css`
  @media (max-width: 44rem) {
    :host {
      grid-template: auto minmax(0, 1fr) auto / minmax(0, 1fr);
    }

    nav {
      grid-row: 3;
      flex-direction: row;
      justify-content: space-around;
      gap: 0;
      inline-size: auto;
      padding: calc(1 * var(--_space)) max(var(--_space), env(safe-area-inset-right))
        calc(1 * var(--_space) + env(safe-area-inset-bottom));
      border-inline-end: 0;
      border-block-start: 1px solid var(--_line);
      background: var(--_surface);
      overflow: visible;
    }

    .brand {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }

    nav a {
      flex: 1 1 auto;
      flex-direction: column;
      justify-content: center;
      gap: 0.125rem;
      min-inline-size: 0;
      min-block-size: 3rem;
      padding: calc(1 * var(--_space)) 0;
      color: var(--_text-muted);
      font-size: 0.75rem;
      line-height: 1.3333;
      text-align: center;
      overflow-wrap: normal;
    }

    nav a[aria-current] {
      background: none;
      box-shadow: none;
      color: var(--_accent);
    }

    nav a[aria-current]::before {
      inset-block: 0 auto;
      inset-inline: 25%;
      inline-size: auto;
      block-size: 3px;
    }

    nav a.last {
      margin-block-start: 0;
    }

    nav svg {
      inline-size: 1.5rem;
      block-size: 1.5rem;
    }

    .short {
      display: inline;
    }

    .long {
      display: none;
    }

    .dot {
      position: absolute;
      inset-block-start: 0.375rem;
      inset-inline-start: calc(50% + 0.625rem);
    }

    .column {
      padding: calc(4 * var(--_space)) calc(4 * var(--_space)) calc(6 * var(--_space));
    }

    main {
      scrollbar-gutter: auto;
    }

    contact-list {
      block-size: 100%;
      margin: 0;
      border-width: 0;
      border-radius: 0;
    }
  }
`

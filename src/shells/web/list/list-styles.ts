import { css } from 'lit'

/** The frame around the rows: search, letters, card, and what an empty list says. */
export const listStyles = css`
  :host {
    position: relative;
    display: flex;
    min-block-size: 24rem;
    block-size: 100%;
    overflow: hidden;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
  }

  .pane {
    display: flex;
    flex: 1;
    flex-direction: column;
    min-inline-size: 0;
  }

  .pane.beside {
    flex: none;
    inline-size: clamp(20rem, 40%, 26rem);
    border-inline-end: 1px solid var(--_line);
  }

  .bar {
    position: relative;
    padding: calc(3 * var(--_space)) calc(3 * var(--_space)) calc(2 * var(--_space));
  }

  .bar > svg {
    position: absolute;
    inset-block-start: calc(3 * var(--_space) + 0.5rem);
    inset-inline-start: calc(3 * var(--_space) + 0.625rem);
    color: var(--_text-muted);
    pointer-events: none;
  }

  .bar .field {
    padding-inline: 2.25rem;
  }

  .bar .field::-webkit-search-cancel-button {
    display: none;
  }

  .bar .button {
    position: absolute;
    inset-block-start: calc(3 * var(--_space) + 0.125rem);
    inset-inline-end: calc(3 * var(--_space) + 0.125rem);
  }

  .count {
    /* The words keep their order on a page that runs the other way. */
    unicode-bidi: plaintext;
    text-align: -webkit-match-parent;
    text-align: match-parent;
    padding: 0 calc(4 * var(--_space)) calc(2 * var(--_space));
  }

  .possible {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 calc(2 * var(--_space));
    margin-block-start: calc(-1 * var(--_space));
    padding: 0 calc(4 * var(--_space)) calc(2 * var(--_space));
  }

  .possible span {
    unicode-bidi: plaintext;
  }

  .possible .button {
    min-block-size: 1.5rem;
    padding: 0 calc(2 * var(--_space));
    color: var(--_accent);
  }

  .possible [role='alert'] {
    flex-basis: 100%;
  }

  .notice {
    display: flex;
    align-items: center;
    gap: calc(3 * var(--_space));
    margin: 0 calc(3 * var(--_space)) calc(2 * var(--_space));
    padding: calc(2 * var(--_space)) calc(3 * var(--_space));
    border: 1px solid color-mix(in srgb, var(--_warning) 40%, transparent);
    border-radius: var(--_radius-small);
    background: var(--_warning-surface);
  }

  .notice p {
    flex: 1;
  }

  .body {
    position: relative;
    display: flex;
    flex: 1;
    min-block-size: 0;
    border-block-start: 1px solid var(--_line);
  }

  .empty,
  .choose {
    display: flex;
    flex-direction: column;
    align-items: center;
    gap: calc(3 * var(--_space));
    margin: auto;
    max-inline-size: 24rem;
    padding: calc(8 * var(--_space)) calc(6 * var(--_space));
    text-align: center;
    text-wrap: balance;
  }

  .stage {
    outline: none;
    position: absolute;
    inset: 0;
    display: flex;
    overflow: auto;
    background: var(--_surface);
  }

  .empty > svg,
  .choose > svg {
    inline-size: 2.5rem;
    block-size: 2.5rem;
    color: var(--_text-muted);
    stroke-width: 1;
  }

  .spinner {
    inline-size: 2rem;
    block-size: 2rem;
    border: 3px solid var(--_line);
    border-block-start-color: var(--_accent);
    border-radius: 50%;
    animation: turn 1s linear infinite;
  }

  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }

  .side {
    position: relative;
    display: flex;
    flex: 1;
    min-inline-size: 0;
    overflow: auto;
  }

  .side > contact-card {
    flex: 1;
    min-inline-size: 0;
    block-size: fit-content;
  }

  .close {
    position: absolute;
    inset-block-start: calc(3 * var(--_space));
    inset-inline-end: calc(3 * var(--_space));
    z-index: 1;
  }

  dialog {
    inline-size: min(100vw, 30rem);
    max-inline-size: 100vw;
    block-size: min(100dvh, 48rem);
    max-block-size: 100dvh;
    padding: 0;
    border: 0;
    border-radius: var(--_radius);
    background: var(--_surface);
    box-shadow: var(--_shadow-high);
    color: inherit;
    scroll-padding-block-start: 5.5rem;
  }

  dialog::backdrop {
    background: rgb(0 0 0 / 45%);
  }

  .top {
    position: sticky;
    inset-block-start: 0;
    z-index: 1;
    padding: calc(2 * var(--_space));
    background: var(--_surface);
  }

  .ruler {
    position: absolute;
    visibility: hidden;
    block-size: 3.5rem;
  }

  @media (max-width: 30rem) {
    dialog {
      block-size: 100dvh;
      margin: 0;
      border-radius: 0;
    }
  }

  @media (forced-colors: active) {
    .letter.current {
      text-decoration: underline;
    }

    .letter[aria-disabled='true'] {
      color: GrayText;
    }

    .bubble,
    dialog {
      border: 1px solid CanvasText;
    }
  }
`

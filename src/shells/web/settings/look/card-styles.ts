import { css } from 'lit'

/** Cards, and what they say of a list. The layout follows the width of the element, not of the window. */
export const cardStyles = css`
  :host {
    container-type: inline-size;
  }

  .root {
    display: grid;
    gap: calc(4 * var(--_space));
    max-inline-size: 45rem;
  }

  .top {
    display: grid;
    align-items: start;
    justify-items: start;
    gap: calc(2 * var(--_space)) calc(4 * var(--_space));
  }

  /* Texts of another direction than the page, such as English on an Arabic one, keep their order of words. */
  .root :is(h2, h3, h4, p, li, summary > span, button, a, .badge, .why):not([dir]),
  .counts > span {
    unicode-bidi: plaintext;
  }

  :host(:dir(rtl)) .root {
    text-align: right;
  }

  .top p {
    margin-block-start: var(--_space);
    max-inline-size: 34rem;
  }

  .card {
    position: relative;
    display: grid;
    gap: calc(4 * var(--_space));
    padding: calc(5 * var(--_space));
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
    box-shadow: var(--_shadow);
  }

  .card.over {
    border-color: var(--_accent);
    background: var(--_selected);
    outline: 2px dashed var(--_accent);
    outline-offset: -6px;
  }

  .card > header {
    display: grid;
    grid-template-columns: auto 1fr;
    align-items: start;
    gap: calc(2 * var(--_space)) calc(3 * var(--_space));
  }

  .tile {
    display: grid;
    place-content: center;
    inline-size: 2.5rem;
    block-size: 2.5rem;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_canvas);
  }

  .tile > svg:not(.logo) {
    color: var(--_text-muted);
  }

  h3:focus-visible {
    outline-offset: 4px;
    border-radius: var(--_radius-small);
  }

  h4 {
    margin: 0;
    font-size: 0.875rem;
    font-weight: 600;
  }

  .dots {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 calc(3 * var(--_space));
  }

  .excluded {
    display: flex;
    gap: calc(2 * var(--_space));
    grid-column: 1 / -1;
  }

  .excluded svg {
    flex: none;
    color: var(--_accent);
  }

  .who .small {
    margin-block-start: var(--_space);
  }

  .strong {
    font-weight: 600;
  }

  .warn {
    color: var(--_warning);
  }

  .badge {
    display: inline-flex;
    align-items: center;
    gap: var(--_space);
    justify-self: start;
    padding: 0.125rem calc(2 * var(--_space));
    border: 1px solid transparent;
    border-radius: 1rem;
    font-size: 0.75rem;
    font-weight: 600;
    line-height: 1.3333;
  }

  .card > header > .badge {
    grid-column: 2;
  }

  .badge svg {
    inline-size: 1rem;
    block-size: 1rem;
  }

  .success {
    background: var(--_success-surface);
    color: var(--_success);
  }

  .badge.info {
    background: var(--_selected);
    color: var(--_accent);
  }

  .badge.warning {
    background: var(--_warning-surface);
    color: var(--_warning);
  }

  .badge.danger {
    background: var(--_danger-surface);
    color: var(--_danger);
  }

  .facts {
    display: grid;
    gap: var(--_space);
  }

  .count {
    font-size: 1.25rem;
    font-weight: 600;
    line-height: 1.4;
  }

  .facts .note,
  .facts .warn {
    margin-block-start: var(--_space);
  }

  .card > footer {
    padding-block-start: calc(4 * var(--_space));
    border-block-start: 1px solid var(--_line);
  }

  .idle > footer {
    padding: 0;
    border: 0;
  }

  summary {
    inline-size: fit-content;
    border-radius: var(--_radius-small);
    cursor: pointer;
  }

  @container (inline-size >= 26rem) {
    .top {
      grid-template-columns: minmax(0, 1fr) auto;
    }
  }

  @container (inline-size >= 34rem) {
    .idle:not(:has(> .message)) {
      grid-template-columns: minmax(0, 1fr) auto;
      align-items: center;
    }

    .idle:has(> .excluded):not(:has(> .message)) > footer {
      grid-area: 1 / 2;
    }

    .card > header {
      grid-template-columns: auto 1fr auto;
    }

    .card > header > .badge {
      grid-column: 3;
    }
  }

  @container (inline-size < 22rem) {
    .card {
      padding: calc(4 * var(--_space));
    }
  }

  @media (forced-colors: active) {
    .card,
    .tile,
    .badge,
    .message,
    .panel,
    .why,
    dialog {
      border-color: CanvasText;
    }

    .text > .subtle,
    .administrator > .subtle {
      margin-inline-start: 0;
    }

    progress {
      border: 1px solid CanvasText;
      forced-color-adjust: none;
      background: Canvas;
      --_accent: Highlight;
    }

    .brand {
      background: ButtonFace;
      color: ButtonText;
    }
  }
`

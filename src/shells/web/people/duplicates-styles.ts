import { css } from 'lit'

/** The dialog with possible duplicates. */
export const duplicatesStyles = css`
  :host {
    position: absolute;
  }

  dialog {
    inline-size: min(100vw, 44rem);
    max-inline-size: 100vw;
    max-block-size: min(100dvh - 4rem, 48rem);
    padding: 0;
    overflow: hidden;
    border: 0;
    border-radius: var(--_radius);
    background: var(--_surface);
    box-shadow: var(--_shadow-high);
    color: inherit;
  }

  dialog[open] {
    display: flex;
    flex-direction: column;
  }

  dialog::backdrop {
    background: rgb(0 0 0 / 45%);
  }

  .content {
    display: grid;
    flex: 1;
    gap: calc(2 * var(--_space));
    align-content: start;
    padding: calc(6 * var(--_space));
    overflow: auto;
    overscroll-behavior: contain;
  }

  .content > p {
    text-align: -webkit-match-parent;
    text-align: match-parent;
    unicode-bidi: plaintext;
  }

  h2 {
    inline-size: fit-content;
  }

  .none {
    display: flex;
    align-items: center;
    gap: calc(3 * var(--_space));
    padding-block: calc(4 * var(--_space));
  }

  .none > svg {
    inline-size: 1.75rem;
    block-size: 1.75rem;
    color: var(--_success);
  }

  .pairs {
    display: grid;
    gap: calc(4 * var(--_space));
    margin-block-start: calc(2 * var(--_space));
    list-style: none;
  }

  .pair {
    display: grid;
    gap: calc(3 * var(--_space));
    padding: calc(4 * var(--_space));
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    scroll-margin: calc(6 * var(--_space));
  }

  .reasons {
    display: flex;
    flex-wrap: wrap;
    gap: calc(1 * var(--_space)) calc(4 * var(--_space));
    color: var(--_text-muted);
    font-size: 0.75rem;
    line-height: 1.3333;
    list-style: none;
  }

  .reasons > li {
    display: inline-flex;
    align-items: center;
    gap: var(--_space);
  }

  .reasons svg {
    color: var(--_success);
  }

  .sides {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 14rem), 1fr));
    gap: calc(2 * var(--_space));
  }

  .side {
    display: flex;
    gap: calc(3 * var(--_space));
    padding: calc(3 * var(--_space));
    border-radius: var(--_radius-small);
    background: var(--_canvas);
  }

  .texts {
    flex: 1;
    min-inline-size: 0;
  }

  .texts > [dir='auto'] {
    text-align: -webkit-match-parent;
    text-align: match-parent;
  }

  .strong {
    font-weight: 600;
  }

  .answers {
    display: flex;
    flex-wrap: wrap;
    gap: calc(2 * var(--_space));
  }

  .more {
    justify-self: center;
  }

  footer {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: flex-end;
    gap: calc(2 * var(--_space)) calc(4 * var(--_space));
    padding: calc(3 * var(--_space)) calc(6 * var(--_space));
    border-block-start: 1px solid var(--_line);
  }

  footer > .outcome {
    flex: 1;
    min-inline-size: min(100%, 18rem);
  }

  @media (max-width: 30rem) {
    dialog {
      block-size: 100dvh;
      max-block-size: 100dvh;
      margin: 0;
      border-radius: 0;
    }

    .content {
      padding: calc(4 * var(--_space));
    }

    .answers > .button {
      flex: 1;
    }

    footer {
      padding: calc(3 * var(--_space)) calc(4 * var(--_space));
    }
  }

  @media (forced-colors: active) {
    dialog,
    .side {
      border: 1px solid CanvasText;
    }
  }
`

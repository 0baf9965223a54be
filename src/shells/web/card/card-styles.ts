import { css } from 'lit'
import { badgeStyles } from '../contact/source-badge.ts'

export const cardStyles = css`
  ${badgeStyles}

  :host {
    isolation: isolate;
  }

  article {
    display: grid;
    gap: calc(5 * var(--_space));
    padding: calc(6 * var(--_space));
    outline: none;
  }

  /* The name is what a person looks for when the card has the focus. */
  article:focus-visible h2 {
    border-radius: var(--_radius-small);
    outline: 2px solid var(--_accent);
    outline-offset: 0;
  }

  /* In the dialog over a list. */
  :host(.over) {
    --_name-stays: block;
    --_name-place: calc(2rem + 4 * var(--_space));
    --_name-ground: var(--_surface);
  }

  /* The name where the card is scrolled, the header lies over it until it is scrolled away. */
  .stays {
    position: sticky;
    inset-block-start: var(--_name-place, 0);
    z-index: 1;
    display: var(--_name-stays, none);
    block-size: 2rem;
    margin-block-end: -2rem;
    padding-inline: calc(6 * var(--_space));
    border-block-end: 1px solid var(--_line);
    background: var(--_name-ground, none);
    font-weight: 600;
    line-height: 1.75rem;
  }

  .stays:not([data-name]) {
    display: none;
  }

  .stays::before {
    display: block;
    overflow: hidden;
    content: attr(data-name);
    text-align: -webkit-match-parent;
    text-align: match-parent;
    text-overflow: ellipsis;
    unicode-bidi: plaintext;
    white-space: nowrap;
  }

  header {
    --_avatar: 4.5rem;

    position: relative;
    z-index: 2;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(4 * var(--_space));
    margin: calc(-6 * var(--_space)) calc(-6 * var(--_space)) 0;
    padding-block-start: calc(6 * var(--_space));
    padding-inline: calc(6 * var(--_space)) calc(14 * var(--_space));
    background: var(--_name-ground, none);
  }

  .titles {
    flex: 1;
    min-inline-size: 10rem;
  }

  h2 {
    inline-size: fit-content;
  }

  .titles > [dir='auto'] {
    text-align: -webkit-match-parent;
    text-align: match-parent;
  }

  .source {
    margin-block-start: var(--_space);
  }

  h3 {
    padding-block-end: var(--_space);
    font-size: 0.875rem;
  }

  dl {
    overflow: hidden;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
  }

  .value {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    align-items: center;
    gap: 0 calc(2 * var(--_space));
    padding-block: calc(2 * var(--_space));
    padding-inline: calc(4 * var(--_space)) calc(2 * var(--_space));
  }

  .value + .value {
    border-block-start: 1px solid var(--_line);
  }

  dt,
  .value > dd:not(.copy) {
    grid-column: 1;
  }

  .value > dd:not(.copy) {
    min-block-size: 1.5rem;
  }

  .value > .sourced {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 calc(2 * var(--_space));
  }

  .sourced > * {
    min-inline-size: 0;
  }

  .copy {
    grid-row: 1 / span 2;
    grid-column: 2;
    color: var(--_text-muted);
  }

  .reach {
    display: inline-flex;
    align-items: center;
    gap: calc(2 * var(--_space));
    min-block-size: 1.5rem;
    text-decoration: none;
  }

  .reach:hover {
    text-decoration: underline;
  }

  .badge {
    display: inline-block;
  }

  .lines {
    white-space: pre-wrap;
  }

  dd > [dir='auto'] {
    display: block;
    text-align: -webkit-match-parent;
    text-align: match-parent;
  }

  .message {
    display: flex;
    gap: calc(3 * var(--_space));
    padding: calc(3 * var(--_space)) calc(4 * var(--_space));
    border-radius: var(--_radius);
    background: var(--_warning-surface);
  }

  .message > svg {
    color: var(--_warning);
  }

  ul {
    padding-inline-start: calc(5 * var(--_space));
  }

  footer {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(2 * var(--_space)) calc(3 * var(--_space));
  }

  footer p {
    flex: 1;
    min-inline-size: 12rem;
  }

  @media (forced-colors: active) {
    .message {
      border: 1px solid CanvasText;
    }

    article:focus-visible h2 {
      outline-color: Highlight;
    }
  }
`

import { css } from 'lit'
import { badgeStyles } from '../contact/source-badge.ts'

/** Rows, heads of sections and their scroller. The heights are those of `ListGrid`. */
export const rowStyles = css`
  ${badgeStyles}

  .scroller {
    flex: 1;
    min-inline-size: 0;
    overflow: hidden auto;
    contain: strict;
    overflow-anchor: none;
    overscroll-behavior: contain;
    outline: none;
  }

  .off {
    visibility: hidden;
  }

  .canvas {
    position: relative;
  }

  .row,
  .canvas > .head {
    position: absolute;
    inset-block-start: 0;
    inset-inline: 0;
  }

  .row {
    display: flex;
    block-size: 3.5rem;
    padding-inline: var(--_space);
    contain: layout paint style;
  }

  .head {
    display: flex;
    align-items: center;
    block-size: 2rem;
    padding-inline: calc(4 * var(--_space));
    background: var(--_surface);
    color: var(--_text-muted);
    font-size: 0.75rem;
    font-weight: 600;
  }

  .head[hidden] {
    display: none;
  }

  .sticky {
    position: sticky;
    inset-block-start: 0;
    z-index: 1;
    margin-block-end: -2rem;
  }

  .cell {
    display: flex;
    align-items: center;
    border-radius: var(--_radius-small);
  }

  .main {
    flex: 1;
    gap: calc(3 * var(--_space));
    min-inline-size: 0;
    padding-inline: calc(3 * var(--_space)) calc(2 * var(--_space));
    cursor: pointer;
  }

  /* Where there is no number, its place stays free. */
  .main:last-child {
    margin-inline-end: 2.5rem;
  }

  .row:hover {
    background: var(--_hover);
  }

  .row[aria-current='true'] {
    background: var(--_selected);
  }

  .row[aria-current='true']::before {
    position: absolute;
    inset-block: calc(3 * var(--_space));
    inset-inline-start: 0;
    inline-size: 3px;
    border-radius: 2px;
    background: var(--_accent);
    content: '';
  }

  .scroller:focus-visible .active {
    outline: 2px solid var(--_accent);
    outline-offset: -2px;
  }

  .texts {
    display: grid;
    flex: 1;
    min-inline-size: 0;
  }

  .name,
  .detail {
    overflow: hidden;
    text-align: -webkit-match-parent;
    text-align: match-parent;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .detail {
    color: var(--_text-muted);
    font-size: 0.75rem;
    line-height: 1.3333;
  }

  mark {
    border-radius: 2px;
    background: color-mix(in srgb, var(--_accent) 18%, transparent);
    color: var(--_text);
    font-weight: 600;
  }

  .badge {
    flex: none;
  }

  .badges {
    display: grid;
    flex: none;
    gap: var(--_space);
    text-align: center;
  }

  .row[aria-current='true'] .badge {
    border-color: color-mix(in srgb, var(--_text-muted) 40%, transparent);
  }

  .incomplete {
    display: inline-flex;
    flex: none;
    color: var(--_warning);
  }

  .reach {
    flex: none;
    padding-inline: var(--_space);
  }

  .reach .button {
    color: var(--_accent);
  }

  .ghost {
    inline-size: 45%;
    block-size: 0.75rem;
    border-radius: var(--_radius-small);
    background: var(--_line);
  }

  .main > .avatar:empty {
    background: var(--_line);
  }

  @media (forced-colors: active) {
    mark {
      background: Mark;
      color: MarkText;
      forced-color-adjust: none;
    }

    .row[aria-current='true'] {
      outline: 1px solid Highlight;
      outline-offset: -1px;
    }

    .row[aria-current='true']::before {
      background: Highlight;
    }

    .scroller:focus-visible .active {
      outline-color: Highlight;
    }
  }
`

import { css } from 'lit'

export const eventStyles = css`
  .events {
    margin: 0;
    padding: 2px;
    max-block-size: 24rem;
    overflow: auto;
    list-style: none;
  }

  .events li {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 0 calc(3 * var(--_space));
    padding: calc(2 * var(--_space)) calc(3 * var(--_space));
    border-radius: var(--_radius-small);
    cursor: pointer;
    content-visibility: auto;
    contain-intrinsic-size: auto 3.25rem;
  }

  .events li:hover {
    background: var(--_hover);
  }

  .events li[aria-selected='true'] {
    border-inline-start: 3px solid var(--_accent);
    padding-inline-start: calc(3 * var(--_space) - 3px);
    background: var(--_selected);
  }

  .events li[aria-selected='true'] code {
    font-weight: 600;
  }

  .events time {
    font-variant-numeric: tabular-nums;
  }

  li .data {
    display: block;
    grid-column: 1 / -1;
  }

  @media (forced-colors: active) {
    .events li[aria-selected='true'] {
      border-color: Highlight;
      outline: 1px solid Highlight;
      outline-offset: -1px;
    }
  }
`

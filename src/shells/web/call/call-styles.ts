import { css } from 'lit'

export const callStyles = css`
  .call {
    --_avatar: 4rem;

    display: flex;
    gap: calc(4 * var(--_space));
    padding: calc(4 * var(--_space));
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
    box-shadow: var(--_shadow-high);
  }

  .unknown {
    background: var(--_hover);
    color: var(--_text-muted);
  }

  .lines {
    flex: 1;
    min-inline-size: 0;
  }

  .lines > .small {
    display: flex;
    align-items: center;
    gap: calc(1.5 * var(--_space));
  }

  .possible {
    color: var(--_warning);
    font-weight: 600;
  }

  h2,
  p[dir] {
    text-align: -webkit-match-parent;
    text-align: match-parent;
  }

  ul {
    display: grid;
    gap: calc(2 * var(--_space));
    margin-block-start: calc(3 * var(--_space));
    list-style: none;
  }

  li {
    --_avatar: 2.25rem;

    display: flex;
    align-items: center;
    gap: calc(3 * var(--_space));
  }

  li .small {
    display: block;
    text-align: -webkit-match-parent;
    text-align: match-parent;
  }
`

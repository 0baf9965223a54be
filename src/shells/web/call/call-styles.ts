import { css } from 'lit'

export const callStyles = css`
  .call {
    --_avatar: 4rem;

    display: flex;
    align-items: center;
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

  .hint {
    color: var(--_warning);
    font-weight: 600;
  }

  h2,
  p[dir] {
    text-align: match-parent;
  }

  ul {
    margin-block-start: calc(2 * var(--_space));
    padding-block-start: calc(2 * var(--_space));
    border-block-start: 1px solid var(--_line);
    list-style: none;
  }
`

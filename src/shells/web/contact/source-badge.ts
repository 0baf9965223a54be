import { css } from 'lit'

/** The name of the account that a contact or a value is from, in an element of the class `badge`. */
export const badgeStyles = css`
  .badge {
    padding-inline: calc(1.5 * var(--_space));
    border: 1px solid var(--_line);
    border-radius: var(--_radius-small);
    color: var(--_text-muted);
    font-size: 0.75rem;
    line-height: 1.3333;
  }
`

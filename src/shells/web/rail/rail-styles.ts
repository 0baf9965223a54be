import { css } from 'lit'

/** The letters beside the list. */
export const railStyles = css`
  .rail {
    display: flex;
    flex: none;
    flex-direction: column;
    inline-size: 1.75rem;
    padding-block: var(--_space);
    cursor: default;
    touch-action: none;
    user-select: none;
  }

  .letter {
    flex: 1;
    max-block-size: 2rem;
    min-block-size: 0;
    padding: 0;
    border: 0;
    border-radius: var(--_radius-small);
    background: none;
    color: var(--_text);
    font-size: 0.75rem;
    font-weight: 600;
    line-height: 1;
  }

  .letter + .skipped {
    align-self: center;
    inline-size: 3px;
    block-size: 3px;
    border-radius: 50%;
    background: var(--_control-line);
  }

  .letter:hover {
    background: var(--_hover);
  }

  .letter.current {
    color: var(--_accent);
  }

  .letter[aria-disabled='true'] {
    background: none;
    color: var(--_text-muted);
    font-weight: 400;
  }

  .letter:focus-visible {
    outline-offset: -2px;
  }

  .bubble {
    position: absolute;
    inset-block-start: calc(50% - 2.25rem);
    inset-inline-end: 2.75rem;
    z-index: 2;
    display: grid;
    place-items: center;
    min-inline-size: 4.5rem;
    block-size: 4.5rem;
    border-radius: var(--_radius);
    background: var(--_accent);
    box-shadow: var(--_shadow-high);
    color: var(--_on-accent);
    font-size: 2rem;
    font-weight: 600;
    pointer-events: none;
  }
`

import { css } from 'lit'

/** Buttons, links, fields and what all elements draw in the same way. */
export const controls = css`
  h2,
  h3,
  p,
  ul,
  dl,
  dd {
    margin: 0;
    padding: 0;
  }

  h2 {
    font-size: 1.25rem;
    font-weight: 600;
    line-height: 1.4;
  }

  h3 {
    font-size: 1rem;
    font-weight: 600;
    line-height: 1.375;
  }

  .muted {
    color: var(--_text-muted);
  }

  .small {
    font-size: 0.75rem;
    line-height: 1.3333;
  }

  .visually-hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  button {
    font: inherit;
    color: inherit;
  }

  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: calc(2 * var(--_space));
    min-block-size: 2rem;
    padding: calc(1 * var(--_space)) calc(3 * var(--_space));
    border: 1px solid var(--_control-line);
    border-radius: var(--_radius-small);
    background: var(--_surface);
    color: var(--_text);
    font-weight: 600;
    text-align: center;
    text-decoration: none;
    cursor: pointer;
    transition: background-color 0.1s;
  }

  .button:hover {
    background: var(--_hover);
  }

  .button:active {
    background: var(--_pressed);
  }

  .button.primary {
    border-color: transparent;
    background: var(--_accent);
    color: var(--_on-accent);
  }

  .button.primary:hover {
    background: color-mix(in srgb, var(--_accent) 88%, var(--_text));
  }

  .button.danger {
    border-color: var(--_danger);
    color: var(--_danger);
  }

  .button.subtle {
    border-color: transparent;
    background: transparent;
    color: var(--_text);
  }

  .button.subtle:hover {
    background: var(--_hover);
  }

  .button.icon {
    min-inline-size: 2rem;
    padding: calc(1 * var(--_space));
  }

  /* Still focusable, so that a person can find out why it is off. */
  .button[aria-disabled='true'] {
    border-color: var(--_line);
    background: var(--_canvas);
    color: var(--_text-muted);
    cursor: not-allowed;
  }

  a {
    color: var(--_accent);
  }

  .field {
    inline-size: 100%;
    min-block-size: 2.25rem;
    padding: calc(1 * var(--_space)) calc(3 * var(--_space));
    border: 1px solid var(--_control-line);
    border-radius: var(--_radius-small);
    background: var(--_surface);
    color: var(--_text);
    font: inherit;
  }

  .field::placeholder {
    color: var(--_text-muted);
    opacity: 1;
  }

  :focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }

  svg {
    flex: none;
    inline-size: 1.25em;
    block-size: 1.25em;
    fill: currentColor;
  }

  @media (forced-colors: active) {
    .button,
    .field {
      border-color: ButtonBorder;
    }

    /* Filled, so that it differs from the others also without their colours. */
    .button.primary:not([aria-disabled='true']) {
      border-color: Highlight;
      background: Highlight;
      color: HighlightText;
      forced-color-adjust: none;
    }

    .button[aria-disabled='true'] {
      border-color: GrayText;
      color: GrayText;
    }

    :focus-visible {
      outline-color: Highlight;
    }
  }
`

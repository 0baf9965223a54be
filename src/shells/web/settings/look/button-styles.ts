import { css } from 'lit'

/** Buttons with their reasons, and the dialog that a sign-out opens. */
export const buttonStyles = css`
  .commands {
    position: relative;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(2 * var(--_space));
  }

  .commands.end {
    justify-content: end;
    margin-block-start: var(--_space);
  }

  .command:has(> .last) {
    margin-inline-start: auto;
  }

  .button[aria-disabled='true']:hover {
    background: var(--_canvas);
  }

  .pending[aria-disabled='true'] {
    cursor: progress;
  }

  .pending::before,
  .busy::before {
    content: '';
    flex: none;
    display: inline-block;
    inline-size: 1em;
    block-size: 1em;
    border: 2px solid currentColor;
    border-block-start-color: transparent;
    border-radius: 50%;
    animation: turn 0.9s linear infinite;
  }

  /* Spans the row of buttons rather than its button, so it never leaves the card. */
  .why {
    position: absolute;
    inset-block-start: 100%;
    inset-inline-start: 0;
    z-index: 1;
    inline-size: max-content;
    max-inline-size: min(26rem, 100%);
    padding: calc(2 * var(--_space)) calc(3 * var(--_space));
    border: 1px solid var(--_line);
    border-radius: var(--_radius-small);
    background: var(--_surface);
    box-shadow: var(--_shadow-high);
    font-size: 0.75rem;
    line-height: 1.3333;
    visibility: hidden;
  }

  .top > .command {
    position: relative;
  }

  .top > .command > .why {
    max-inline-size: min(26rem, 100cqi - 2rem);
  }

  @container (inline-size >= 26rem) {
    .top > .command > .why {
      inset-inline: auto 0;
    }
  }

  @container (inline-size >= 34rem) {
    .idle > footer .why {
      inset-inline: auto 0;
      max-inline-size: 26rem;
    }
  }

  .command:hover:not(.hushed) > .why,
  .command:not(.hushed) > :focus-visible + .why,
  .command:not(.hushed) > [aria-disabled='true']:focus + .why {
    visibility: visible;
  }

  .brand {
    gap: 0.75rem;
    min-block-size: 2.5625rem;
    padding-inline: 0.75rem;
    border-color: #8c8c8c;
    border-radius: 0;
    background: light-dark(#fff, #2f2f2f);
    color: light-dark(#5e5e5e, #fff);
    font-family: 'Segoe UI', var(--_font);
    font-size: 0.9375rem;
  }

  .brand:hover {
    background: light-dark(#f3f3f3, #3a3a3a);
  }

  /* Google: "Sign in with Google branding guidelines". */
  .google {
    gap: 0.625rem;
    min-block-size: 2.5rem;
    border-color: light-dark(#747775, #8e918f);
    border-radius: 0.25rem;
    background: light-dark(#fff, #131314);
    color: light-dark(#1f1f1f, #e3e3e3);
    font-family: Roboto, var(--_font);
    font-size: 0.875rem;
    font-weight: 500;
    letter-spacing: 0.015em;
  }

  .google:hover {
    background: light-dark(#f2f2f2, #2a2a2c);
  }

  .google .logo {
    inline-size: 1.25rem;
    block-size: 1.25rem;
  }

  .logo {
    inline-size: 1.3125rem;
    block-size: 1.3125rem;
    forced-color-adjust: none;
  }

  details ul,
  dialog ul {
    margin-block-start: var(--_space);
    padding-inline-start: calc(5 * var(--_space));
  }

  dialog {
    inline-size: min(32rem, calc(100vi - 2rem));
    padding: calc(6 * var(--_space));
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
    color: var(--_text);
    box-shadow: var(--_shadow-high);
  }

  dialog[open] {
    display: grid;
    gap: calc(5 * var(--_space));
  }

  dialog::backdrop {
    background: #0006;
  }

  .sides {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(12rem, 100%), 1fr));
    gap: calc(4 * var(--_space));
  }
`

import { css } from 'lit'

/** The look of `<contact-settings>`. The layout follows the width of the element, not of the window. */
export const styles = css`
  :host {
    container-type: inline-size;
  }

  .root {
    display: grid;
    gap: calc(4 * var(--_space));
    max-inline-size: 45rem;
  }

  .top {
    display: flex;
    flex-wrap: wrap;
    align-items: start;
    justify-content: space-between;
    gap: calc(2 * var(--_space)) calc(4 * var(--_space));
  }

  .top > div {
    flex: 1 1 16rem;
  }

  .top p {
    margin-block-start: var(--_space);
    max-inline-size: 34rem;
  }

  .card {
    position: relative;
    display: grid;
    gap: calc(4 * var(--_space));
    padding: calc(5 * var(--_space));
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
    box-shadow: var(--_shadow);
  }

  .card > header {
    display: grid;
    grid-template-columns: auto 1fr;
    align-items: start;
    gap: calc(2 * var(--_space)) calc(3 * var(--_space));
  }

  .tile {
    display: grid;
    place-content: center;
    inline-size: 2.5rem;
    block-size: 2.5rem;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_canvas);
    font-size: 1rem;
    font-weight: 600;
  }

  h3:focus-visible {
    outline-offset: 4px;
    border-radius: var(--_radius-small);
  }

  h4 {
    margin: 0;
    font-size: 0.875rem;
    font-weight: 600;
  }

  .dots {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 calc(3 * var(--_space));
  }

  .strong {
    font-weight: 600;
  }

  .warn {
    color: var(--_warning);
  }

  .badge {
    display: inline-flex;
    align-items: center;
    gap: var(--_space);
    justify-self: start;
    padding: 0.125rem calc(2 * var(--_space));
    border: 1px solid transparent;
    border-radius: 1rem;
    font-size: 0.75rem;
    font-weight: 600;
    line-height: 1.3333;
  }

  .card > header > .badge {
    grid-column: 2;
  }

  .badge svg {
    inline-size: 1rem;
    block-size: 1rem;
  }

  .success {
    background: var(--_success-surface);
    color: var(--_success);
  }

  .badge.info {
    background: var(--_selected);
    color: var(--_accent);
  }

  .badge.warning {
    background: var(--_warning-surface);
    color: var(--_warning);
  }

  .badge.danger {
    background: var(--_danger-surface);
    color: var(--_danger);
  }

  .facts {
    display: grid;
    gap: var(--_space);
  }

  .count {
    font-size: 1.25rem;
    font-weight: 600;
    line-height: 1.4;
  }

  .facts .note,
  .facts .warn {
    margin-block-start: var(--_space);
  }

  .message,
  .panel {
    border: 1px solid transparent;
    border-radius: var(--_radius);
  }

  .message {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: calc(3 * var(--_space));
    padding: calc(3 * var(--_space)) calc(4 * var(--_space));
    background: var(--_canvas);
  }

  .message.danger {
    background: var(--_danger-surface);
  }

  .message.danger > svg {
    color: var(--_danger);
  }

  .message.warning {
    background: var(--_warning-surface);
  }

  .message.warning > svg {
    color: var(--_warning);
  }

  .message.info > svg {
    color: var(--_accent);
  }

  .text {
    display: grid;
    gap: var(--_space);
    justify-items: start;
  }

  .text > .commands,
  .text > ul {
    margin-block-start: calc(2 * var(--_space));
  }

  .administrator {
    display: grid;
    justify-items: start;
  }

  .panel {
    display: grid;
    gap: calc(2 * var(--_space));
    padding: calc(4 * var(--_space));
    border-color: color-mix(in srgb, var(--_accent) 28%, transparent);
    background: var(--_selected);
  }

  .counts {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 calc(4 * var(--_space));
    font-variant-numeric: tabular-nums;
  }

  .counts > :first-child {
    font-weight: 600;
  }

  .wait {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(2 * var(--_space)) calc(3 * var(--_space));
    font-variant-numeric: tabular-nums;
  }

  .code {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(2 * var(--_space));
  }

  .code code {
    font-family: ui-monospace, monospace;
    font-size: 1.25rem;
    font-weight: 600;
    letter-spacing: 0.08em;
    user-select: all;
  }

  .time {
    margin-inline-end: auto;
    font-variant-numeric: tabular-nums;
  }

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

  .card > footer {
    padding-block-start: calc(4 * var(--_space));
    border-block-start: 1px solid var(--_line);
  }

  .card > footer > :last-child:not(:first-child) {
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

  .busy {
    display: flex;
    align-items: center;
    gap: calc(2 * var(--_space));
  }

  @keyframes turn {
    to {
      rotate: 360deg;
    }
  }

  /* Spans the row of buttons rather than its button, so it never leaves the card. */
  .why {
    position: absolute;
    inset-block-start: 100%;
    inset-inline-start: 0;
    z-index: 1;
    inline-size: max-content;
    max-inline-size: min(100%, 26rem);
    padding: calc(2 * var(--_space)) calc(3 * var(--_space));
    border: 1px solid var(--_line);
    border-radius: var(--_radius-small);
    background: var(--_surface);
    box-shadow: var(--_shadow-high);
    font-size: 0.75rem;
    line-height: 1.3333;
    visibility: hidden;
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

  .logo {
    inline-size: 1.3125rem;
    block-size: 1.3125rem;
    forced-color-adjust: none;
  }

  progress {
    appearance: none;
    inline-size: 100%;
    block-size: calc(1 * var(--_space));
    border: 0;
    border-radius: var(--_space);
    overflow: hidden;
    background: color-mix(in srgb, var(--_accent) 22%, var(--_surface));
  }

  progress::-webkit-progress-bar {
    background: none;
  }

  progress::-webkit-progress-value {
    border-radius: var(--_space);
    background: var(--_accent);
    transition: inline-size 0.3s;
  }

  progress::-moz-progress-bar {
    border-radius: var(--_space);
    background: var(--_accent);
  }

  progress:indeterminate {
    background: linear-gradient(90deg, transparent 0 30%, var(--_accent) 30% 70%, transparent 70%) 0 0 / 200%
      100% color-mix(in srgb, var(--_accent) 22%, var(--_surface));
    animation: pass 1.6s linear infinite;
  }

  progress:indeterminate::-moz-progress-bar {
    background: none;
  }

  @keyframes pass {
    from {
      background-position: 200% 0;
    }
  }

  .names {
    display: grid;
    gap: var(--_space);
    inline-size: 100%;
    max-block-size: 14rem;
    padding: calc(2 * var(--_space)) calc(3 * var(--_space));
    overflow: auto;
    border-radius: var(--_radius-small);
    background: var(--_surface);
    list-style: none;
  }

  .names li {
    display: flex;
    flex-wrap: wrap;
    gap: 0 calc(2 * var(--_space));
  }

  summary {
    inline-size: fit-content;
    border-radius: var(--_radius-small);
    cursor: pointer;
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

  @container (inline-size >= 34rem) {
    .card > header {
      grid-template-columns: auto 1fr auto;
    }

    .card > header > .badge {
      grid-column: 3;
    }
  }

  @container (inline-size < 22rem) {
    .card {
      padding: calc(4 * var(--_space));
    }
  }

  @media (forced-colors: active) {
    .card,
    .tile,
    .badge,
    .message,
    .panel,
    .why,
    dialog {
      border-color: CanvasText;
    }

    progress {
      border: 1px solid CanvasText;
      forced-color-adjust: none;
      background: Canvas;
      --_accent: Highlight;
    }

    .brand {
      background: ButtonFace;
      color: ButtonText;
    }
  }
`

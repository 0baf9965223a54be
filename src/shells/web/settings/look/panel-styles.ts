import { css } from 'lit'

/** Messages, and panels for the attempt under way. */
export const panelStyles = css`
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
    justify-self: stretch;
    margin-block-start: calc(2 * var(--_space));
  }

  .administrator {
    display: grid;
    gap: var(--_space);
    justify-items: start;
  }

  .text > .subtle,
  .copy {
    text-align: start;
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

  /* In line with the text above it. */
  .text > .subtle,
  .administrator > .subtle {
    margin-inline-start: calc(-3 * var(--_space) - 1px);
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
`

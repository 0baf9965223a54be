import { css } from 'lit'

/**
 * The tokens of the look. An app sets those without an underscore, on the element or on any ancestor:
 * `--contacts-color-accent: light-dark(#7a2fa0, #d9a6f2)`. `color-scheme` of the page decides between light and dark.
 * The defaults reach 4.5:1 for texts and 3:1 for borders of controls (WCAG 2.2, 1.4.3 and 1.4.11); a test computes it.
 */
export const theme = css`
  :host {
    --_accent: var(--contacts-color-accent, light-dark(#2b5bd7, #9db8ff));
    --_on-accent: var(--contacts-color-on-accent, light-dark(#ffffff, #0d1a3d));
    --_surface: var(--contacts-color-surface, light-dark(#ffffff, #1e2025));
    --_canvas: var(--contacts-color-canvas, light-dark(#f5f6f9, #16171b));
    --_text: var(--contacts-color-text, light-dark(#1a1c23, #f0f1f5));
    --_text-muted: var(--contacts-color-text-muted, light-dark(#585e6e, #aab0c0));
    --_danger: var(--contacts-color-danger, light-dark(#b3261e, #ffb4ab));
    --_warning: var(--contacts-color-warning, light-dark(#7a4b00, #f5c76b));
    --_success: var(--contacts-color-success, light-dark(#0e6b40, #7fdca6));
    --_line: light-dark(#dfe2ea, #33363f);
    --_control-line: light-dark(#868c9c, #7f8696);
    --_hover: light-dark(#eef0f6, #282b32);
    --_pressed: light-dark(#e3e6ee, #31343d);
    --_selected: color-mix(in srgb, var(--_accent) 12%, var(--_surface));
    --_danger-surface: color-mix(in srgb, var(--_danger) 8%, var(--_surface));
    --_warning-surface: color-mix(in srgb, light-dark(#f5a300, var(--_warning)) 12%, var(--_surface));
    --_success-surface: color-mix(in srgb, var(--_success) 9%, var(--_surface));
    --_space: var(--contacts-space, 0.25rem);
    --_radius: var(--contacts-radius, 0.5rem);
    --_radius-small: calc(var(--_radius) / 2);
    --_font: var(
      --contacts-font,
      'Segoe UI Variable Text',
      'Segoe UI',
      system-ui,
      -apple-system,
      'Open Sans',
      sans-serif
    );
    --_shadow: 0 1px 2px light-dark(#1a1c2314, #00000052), 0 2px 8px light-dark(#1a1c230f, #0000003d);
    --_shadow-high: 0 4px 12px light-dark(#1a1c231f, #00000066), 0 12px 32px light-dark(#1a1c2324, #0000007a);

    box-sizing: border-box;
    display: block;
    color: var(--_text);
    font-family: var(--_font);
    font-size: 0.875rem;
    line-height: 1.4285;
    accent-color: var(--_accent);
    overflow-wrap: anywhere;
  }

  :host([hidden]) {
    display: none;
  }

  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }

  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation-duration: 0.01ms !important;
      animation-iteration-count: 1 !important;
      transition-duration: 0.01ms !important;
    }
  }
`

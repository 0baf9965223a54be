/** In the manner of the page: the same tokens, which the page sets on its root. */
export const panelStyle = (): CSSStyleSheet => {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(`
:host { display: grid; gap: 1.5rem; color: var(--_text); }
h2, h3, p, ul { margin: 0; padding: 0; }
h2 { font-size: 1.25rem; font-weight: 600; }
h2 + .muted { margin-block-start: -1.25rem; }
h3 { margin-block-end: .5rem; font-size: 1rem; font-weight: 600; }
ul { list-style: none; border: 1px solid var(--_line); border-radius: var(--_radius); background: var(--_surface); overflow: hidden; }
li { display: flex; align-items: center; gap: 1rem; padding: .75rem 1rem; }
li + li { border-block-start: 1px solid var(--_line); }
li > div { flex: 1; min-inline-size: 0; }
.title { font-weight: 600; }
.muted { color: var(--_text-muted); }
.bar { position: sticky; inset-block-start: .5rem; z-index: 1; display: flex; flex-wrap: wrap; align-items: center;
  justify-content: space-between; gap: .5rem 1rem; padding: .75rem 1rem; border: 1px solid var(--_line);
  border-radius: var(--_radius); background: var(--_surface); box-shadow: var(--_shadow); }
.status { flex: 1 1 14rem; min-block-size: 1.25rem; font-weight: 600; }
a { color: var(--_accent); }
button { flex: none; min-block-size: 2rem; padding: .25rem .75rem; border: 1px solid var(--_control-line); border-radius: var(--_radius-small);
  background: var(--_surface); color: inherit; font: inherit; font-weight: 600; cursor: pointer; }
button:hover { background: var(--_hover); }
.primary { border-color: transparent; background: var(--_accent); color: var(--_on-accent); }
.primary:hover { background: color-mix(in srgb, var(--_accent) 88%, var(--_text)); }
.primary[aria-disabled=true] { border-color: var(--_line); background: var(--_canvas); color: var(--_text-muted); }
button[aria-pressed=true] { border-color: var(--_accent); background: var(--_selected); }
:focus-visible { outline: 2px solid var(--_accent); outline-offset: 2px; }
@media (forced-colors: active) { button { border-color: ButtonBorder; } button[aria-pressed=true] { border-color: Highlight; } }
@media (max-width: 44rem) { li { flex-direction: column; align-items: stretch; gap: .5rem; } }
`)
  return sheet
}

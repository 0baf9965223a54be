/** The style of the page that tells a user in a sign-in tab how the sign-in ended. */
export const pageStyle = `
:root { color-scheme: light dark; --line: #d3d7de; --card: #fff; --back: #f3f5f8; --text: #1b1f27; --soft: #4d5666;
  --mark: #8a5300 }
[data-good] { --mark: #0b6b3a }
@media (prefers-color-scheme: dark) {
  :root { --line: #39414f; --card: #1d222b; --back: #12151b; --text: #eef1f6; --soft: #b3bccb; --mark: #f0b35f }
  [data-good] { --mark: #62d394 }
}
* { box-sizing: border-box }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1.5rem; background: var(--back);
  color: var(--text); font: 1.0625rem/1.55 system-ui, sans-serif }
main { width: min(32rem, 100%); padding: 2rem; background: var(--card); border: 1px solid var(--line);
  border-top: .375rem solid var(--mark); border-radius: .75rem; overflow-wrap: anywhere }
.app { margin: 0 0 .75rem; color: var(--soft); font-size: .9375rem }
h1 { margin: 0 0 1rem; font-size: 1.5rem; line-height: 1.25 }
p { margin: .5rem 0 0 }
.next { font-weight: 600 }
`

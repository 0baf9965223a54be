import { escapeHtml, type Page } from './page.ts'

/** Posts a response to the app (OAuth 2.0 Form Post Response Mode). */
export const formPostPage = (action: string, values: Readonly<Record<string, string>>): Page => ({
  title: 'Returning to the app',
  name: 'form-post',
  body: `<form method="post" action="${escapeHtml(action)}">
${Object.entries(values)
  .map(([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`)
  .join('\n')}
<noscript><button>Continue</button></noscript>
</form>`,
  script: 'document.forms[0].submit()',
})

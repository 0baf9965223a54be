import { svg } from 'lit'

/** Microsoft's logo, unaltered, as its branding guidelines for apps ask. */
export const microsoftLogo = svg`<svg class="logo" viewBox="0 0 21 21" aria-hidden="true">
  <path fill="#f25022" d="M1 1h9v9H1z"></path><path fill="#7fba00" d="M11 1h9v9h-9z"></path>
  <path fill="#00a4ef" d="M1 11h9v9H1z"></path><path fill="#ffb900" d="M11 11h9v9h-9z"></path>
</svg>`

/** device-contacts for browsers: everything of `device-contacts`, and the parts for a page or a worker. */
export * from './index.ts'
export { microsoft365 } from './adapters/microsoft365/microsoft365.browser.ts'
export type { Microsoft365, Microsoft365Options } from './adapters/microsoft365/microsoft365.browser.ts'
export { runSignInPage } from './adapters/microsoft365/sign-in/browser/sign-in-page.ts'
export type { SignInPageOptions } from './adapters/microsoft365/sign-in/browser/sign-in-page.ts'
export type { TokenStore } from './adapters/microsoft365/sign-in/browser/token-store.ts'
export type { SignInTab } from './adapters/microsoft365/sign-in/browser/sign-in-tabs.ts'
export type {
  BrowserSignIn,
  BrowserSignInOptions,
  ReturnedSignIn,
} from './adapters/microsoft365/sign-in/microsoft-sign-in.browser.ts'

/** The script of the page of sign-in tabs. Tests of a slow machine wait longer for the app. */
import { runSignInPage } from '../../src/adapters/sign-in/browser/sign-in-page.ts'

const patience = Number(document.documentElement.dataset['patience'])
runSignInPage({ appName: 'My app', ...(patience > 0 && { patience }) })

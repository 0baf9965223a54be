import { runSignInPage } from '../../../browser.ts'

runSignInPage({ appName: 'My Contacts' })

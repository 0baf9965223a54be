import { runSignInPage } from 'device-contacts/browser'

runSignInPage({ appName: 'My contacts' })

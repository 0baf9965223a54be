/** The app registration. `authority` and `graphUrl` may be added, for a national cloud or the sandbox. */
export const tenant = { clientId: 'the id of your app registration' }

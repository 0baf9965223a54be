/** An origin that must not get a token. */
export const STRANGER = 'https://stranger.example'

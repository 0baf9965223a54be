/** An origin that no token may be sent to. */
export const STRANGER = 'https://stranger.example'

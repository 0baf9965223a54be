/** What an edited contact says somewhere, whatever a client makes of its fields. */
export const EDITED = 'Edited meanwhile'

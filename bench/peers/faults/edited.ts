/** An edited contact contains this text, however a client maps its fields. */
export const EDITED = 'Edited meanwhile'

/** The name of the message that brings the page its port. */
export const BOOK_CHANNEL = 'contacts-book'

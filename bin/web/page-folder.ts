import { fileURLToPath } from 'node:url'

/** The page as `npm run build` makes it, beside the compiled programs. */
export const pageFolder: string = fileURLToPath(new URL('../../web/', import.meta.url))

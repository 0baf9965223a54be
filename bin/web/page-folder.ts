import { fileURLToPath } from 'node:url'

/** The page as `npm run build` makes it, beside the folder of the command: see vite.command.config.ts. */
export const pageFolder: string = fileURLToPath(new URL('../web/', import.meta.url))

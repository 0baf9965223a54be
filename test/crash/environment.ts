import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'

/** A home and a temporary folder within this folder, so that a test finds everything that a process leaves there. */
export const environmentIn = async (folder: string): Promise<NodeJS.ProcessEnv> => {
  const [home, temporary] = [join(folder, 'home'), join(folder, 'temporary')]
  for (const place of [home, temporary]) await mkdir(place, { recursive: true })
  const homes = ['HOME', 'USERPROFILE', 'APPDATA', 'LOCALAPPDATA']
  const ofXdg = ['XDG_DATA_HOME', 'XDG_CONFIG_HOME', 'XDG_CACHE_HOME', 'XDG_STATE_HOME']
  return {
    ...Object.fromEntries([...homes, ...ofXdg].map((name) => [name, home])),
    ...Object.fromEntries(['TMPDIR', 'TEMP', 'TMP'].map((name) => [name, temporary])),
  }
}

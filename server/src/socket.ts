import { join } from 'node:path'
import type { Config } from './config.ts'

/** Where the running server listens for the command line of the same machine. */
export function socketPath(config: Config): string {
  return process.platform === 'win32' ? `\\\\.\\pipe\\songbai-${config.dataFolder.replaceAll(/[^a-z0-9]/gi, '-')}` : join(config.dataFolder, 'songbai.sock')
}

/** PGlite does not refuse a second process on the same folder, so we do: one lock file holding the owner's process id. */
import { closeSync, openSync, readFileSync, unlinkSync, writeSync } from 'node:fs'
import { join } from 'node:path'

export interface FolderLock {
  release(): void
}

export class FolderLockedError extends Error {
  readonly pid: number
  constructor(folder: string, pid: number) {
    super(`data folder ${folder} is in use by process ${pid}`)
    this.pid = pid
  }
}

export function lockFolder(folder: string): FolderLock {
  const path = join(folder, 'songbai.lock')
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const file = openSync(path, 'wx')
      writeSync(file, String(process.pid))
      closeSync(file)
      return { release: () => unlinkIfThere(path) }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      const pid = ownerOf(path)
      if (pid !== null && isAlive(pid)) throw new FolderLockedError(folder, pid)
      unlinkIfThere(path) // left behind by a killed process
    }
  }
  throw new FolderLockedError(folder, 0)
}

function ownerOf(path: string): number | null {
  try {
    const pid = Number.parseInt(readFileSync(path, 'utf8'), 10)
    return Number.isInteger(pid) && pid > 0 ? pid : null
  } catch {
    return null
  }
}

function isAlive(pid: number): boolean {
  if (pid === process.pid) return true
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function unlinkIfThere(path: string): void {
  try {
    unlinkSync(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}

import { spawn } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { FolderLockedError, lockFolder } from './lock.ts'

const folder = (): string => mkdtempSync(join(tmpdir(), 'songbai-lock-'))

test('a second program on the same folder is refused and told who holds it', () => {
  const at = folder()
  const lock = lockFolder(at)
  expect(() => lockFolder(at)).toThrow(FolderLockedError)
  lock.release()
  lockFolder(at).release()
})

test('a lock left behind by a killed program does not keep anybody out', async () => {
  const at = folder()
  const gone = spawn(process.execPath, ['-e', ''])
  await new Promise((resolve) => gone.on('exit', resolve))
  writeFileSync(join(at, 'songbai.lock'), String(gone.pid))
  lockFolder(at).release()
})

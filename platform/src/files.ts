/** Uploads and exports: bytes lie sealed on disk under their id, the row says whose they are. */
import { createHash } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { countyOf } from './actor.ts'
import { nationalCrypto, type CryptoProvider, type SecretKey } from './secrets.ts'
import type { Tx } from './tx.ts'

export interface StoredFile {
  readonly id: string
  readonly name: string
  readonly mediaType: string
  readonly bytes: number
  readonly kind: string
}

export interface NewFile {
  readonly name: string
  readonly mediaType: string
  readonly kind: 'upload' | 'export'
  readonly content: Uint8Array
}

export interface Files {
  save(tx: Tx, file: NewFile): Promise<StoredFile>
  /** Null when there is no such file in this actor's scope. */
  open(tx: Tx, id: string): Promise<(StoredFile & { readonly content: Buffer }) | null>
  remove(tx: Tx, id: string): Promise<void>
}

export function createFiles(folder: string, key: SecretKey, provider: CryptoProvider = nationalCrypto): Files {
  const pathOf = (id: string): string => join(folder, id.slice(-2), id)
  const find = async (tx: Tx, id: string): Promise<StoredFile | null> =>
    (await tx.rows<StoredFile>`select id, name, media_type as "mediaType", bytes, kind from platform.file where id = ${id} and removed_at is null`)[0] ?? null
  return {
    async save(tx, file) {
      const id = tx.newId()
      const path = pathOf(id)
      await mkdir(join(path, '..'), { recursive: true })
      await writeFile(path, provider.seal(key, Buffer.from(file.content)), { mode: 0o600 })
      const sha256 = createHash('sha256').update(file.content).digest()
      await tx.rows`insert into platform.file (county, id, region, name, media_type, bytes, sha256, kind, created_by, created_at)
        values (${countyOf(tx.actor.region)}, ${id}, ${tx.actor.region}, ${file.name}, ${file.mediaType}, ${file.content.byteLength}, ${sha256}, ${file.kind}, ${tx.actor.id}, ${new Date(tx.nowMs)})`
      return { id, name: file.name, mediaType: file.mediaType, bytes: file.content.byteLength, kind: file.kind }
    },
    async open(tx, id) {
      const file = await find(tx, id)
      if (!file) return null
      return { ...file, content: provider.open(key, await readFile(pathOf(id))) }
    },
    async remove(tx, id) {
      if (!(await find(tx, id))) return
      await tx.rows`update platform.file set removed_at = ${new Date(tx.nowMs)} where id = ${id}`
      await rm(pathOf(id), { force: true })
    },
  }
}

import { SheetsError } from '../types.ts'
import type { RandomAccess } from '../types.ts'

const maxDirectorySectors = 64

/** Names of the streams in an OLE file ([MS-CFB]): enough to tell a workbook from a Word file or an encrypted one. */
export async function streamNames(source: RandomAccess): Promise<string[]> {
  const head = await source.read(0, 512)
  if (head.length < 512) throw new SheetsError('sheets.truncated')
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  const shift = view.getUint16(30, true)
  if (shift !== 9 && shift !== 12) throw new SheetsError('sheets.broken', { part: 'ole' })
  const sectorBytes = 1 << shift
  const names: string[] = []
  let sector = view.getUint32(48, true)
  for (let n = 0; n < maxDirectorySectors && sector < 0xfffffff0; n++) {
    const bytes = await source.read((sector + 1) * sectorBytes, sectorBytes)
    if (bytes.length < sectorBytes) throw new SheetsError('sheets.truncated')
    for (let at = 0; at < sectorBytes; at += 128) names.push(entryName(bytes.subarray(at, at + 128)))
    sector = await nextSector(source, view, sector, sectorBytes)
  }
  return names.filter((name) => name !== '')
}

function entryName(entry: Uint8Array): string {
  const length = Math.min(64, entry[64]! | (entry[65]! << 8))
  return length < 2 ? '' : new TextDecoder('utf-16le').decode(entry.subarray(0, length - 2))
}

/** The FAT sectors listed in the header reach 6.8 MB (512-byte sectors); a directory beyond that is not followed. */
async function nextSector(source: RandomAccess, head: DataView, sector: number, sectorBytes: number): Promise<number> {
  const perSector = sectorBytes / 4
  const index = Math.floor(sector / perSector)
  if (index >= 109) return 0xfffffffe
  const fat = head.getUint32(76 + index * 4, true)
  if (fat >= 0xfffffff0) return 0xfffffffe
  const bytes = await source.read((fat + 1) * sectorBytes + (sector % perSector) * 4, 4)
  if (bytes.length < 4) throw new SheetsError('sheets.truncated')
  return new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0, true)
}

/** Files handed back: the clerk's own sheet with what is the matter, and the empty form. */
import type { TaskContext } from '@songbai/platform/schedule'
import { exportTemplate, writeRepaired, createJudge, type Finding, type Language, type RawRow } from '@songbai/sheets'
import type * as z from 'zod'
import type { repairBatch } from './contract.ts'
import { sayFinding } from './rules-words.ts'
import { mappingOfSetup, openStored, planOf } from './store-book.ts'
import { problemsOf, standing, type StoredProblem } from './store-problems.ts'
import { schemaOf } from './store-rules.ts'
import { batchById } from './store.ts'

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const PAGE = 1000

export async function repaired(context: TaskContext<z.output<typeof repairBatch.input>>): Promise<unknown> {
  const { batchId, only, language } = context.input
  const start = await context.tx(async (tx) => {
    const batch = (await batchById(tx, batchId))!
    return { batch, schema: schemaOf(tx), today: tx.today, fixed: (await standing(tx, batch)).fixed }
  })
  const extra = await extraFindings(context, batchId, language)
  const book = await openStored(context, start.batch.fileId)
  try {
    const setup = start.batch.setup!
    const plan = (await planOf(book, setup, start.schema))!
    const judge = createJudge({ schema: start.schema, table: plan.table, mapping: mappingOfSetup(setup), context: { today: start.today }, merges: plan.merges })
    const parts: Uint8Array[] = []
    const rows = await writeRepaired((bytes) => void parts.push(bytes), {
      name: book.sheets[setup.sheet]!.name, rows: corrected(context, book.rows(setup.sheet, { batchRows: 250 }), start.fixed, plan.rows), table: plan.table, judge, only, language, extra: (row) => extra.get(row) ?? [],
    })
    return await saved(context, `${start.batch.fileName.replace(/\.[^.]*$/, '')}${language === 'zh-CN' ? '（改好的表）' : ' (repaired)'}.xlsx`, parts, rows)
  } finally {
    await book.close()
  }
}

async function* corrected(context: TaskContext<unknown>, batches: AsyncGenerator<RawRow[]>, fixed: ReadonlyMap<number, readonly unknown[]>, total: number): AsyncGenerator<RawRow[]> {
  let done = 0
  for await (const batch of batches) {
    done += batch.length
    await context.progress(done, Math.max(total, done))
    yield batch.map((row) => (fixed.has(row.row) ? { ...row, cells: [...fixed.get(row.row)!] as RawRow['cells'] } : row))
  }
}

/** What the sheets engine does not know: places, the register, twins, answers. It prints a code it has no words for as it is, so whole sentences go in. */
async function extraFindings(context: TaskContext<{ batchId: string }>, batchId: string, language: Language): Promise<Map<number, Finding[]>> {
  const found = new Map<number, Finding[]>()
  let after = 0
  for (;;) {
    const from = after
    const page: StoredProblem[] = await context.tx(async (tx) => problemsOf(tx, (await batchById(tx, batchId))!, { states: ['error', 'question', 'ready', 'dropped'], afterRow: from, limit: PAGE }))
    for (const one of page) {
      const own = one.findings.filter((finding) => !finding.code.startsWith('sheets.') && finding.severity !== 'repaired').map((finding) => ({ ...finding, code: sayFinding(finding.code, finding.args, language), args: {} }))
      if (own.length > 0) found.set(one.row, own)
    }
    if (page.length < PAGE) return found
    after = page.at(-1)!.row
  }
}

export async function emptyForm(context: TaskContext<{ language: Language }>): Promise<unknown> {
  const { language } = context.input
  const schema = await context.tx(async (tx) => schemaOf(tx))
  const parts: Uint8Array[] = []
  await exportTemplate((bytes) => void parts.push(bytes), schema, { name: language === 'zh-CN' ? '老人名单' : 'Elders', language })
  return saved(context, language === 'zh-CN' ? '老人名单（空表）.xlsx' : 'Elders (empty form).xlsx', parts, 0)
}

async function saved(context: TaskContext<unknown>, name: string, parts: readonly Uint8Array[], rows: number): Promise<unknown> {
  const file = await context.tx((tx) => context.files.save(tx, { name, mediaType: XLSX, kind: 'export', content: Buffer.concat(parts) }))
  return { fileId: file.id, name: file.name, rows }
}

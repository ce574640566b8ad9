import { sayFinding } from '@songbai/capabilities/know/imports/rules'
import type { BatchHead, Setup } from '@songbai/capabilities/know/imports/contract'
import { existsSync, statSync } from 'node:fs'
import type { Command, CommandContext } from './context.ts'

interface Batch extends BatchHead {
  readonly sheets: readonly { readonly index: number; readonly name: string; readonly columns: readonly { readonly letter: string; readonly heading: string; readonly field: string | null; readonly why: string }[] }[]
  readonly suggested: Setup | null; readonly setup: Setup | null; readonly undecided: readonly string[]
  readonly failure: { readonly code: string; readonly args: Record<string, string | number> } | null
  readonly kinds: readonly { readonly code: string; readonly severity: 'error' | 'question' | 'repaired'; readonly rows: number }[]
}
interface Problems { readonly rows: readonly { readonly row: number; readonly findings: readonly { readonly column: string; readonly severity: string; readonly code: string; readonly args: Record<string, string | number> }[] }[] }

/** `songbai import elders FILE [--dry-run]`: the same steps as the page, the guess of the headings taken as it is. */
export const importCommand: Command = async (context) => {
  const [, what, file] = context.positionals
  const zh = context.language === 'zh'
  if (what !== 'elders' || file === undefined || !/^\d{6}$/.test(context.county)) {
    context.print(zh ? '用法：npx songbai import elders 文件 --county 六位区划代码 [--dry-run] [--json]' : 'Usage: npx songbai import elders FILE --county CODE [--dry-run] [--json]')
    return 2
  }
  const unread = !existsSync(file) ? (zh ? `没有找到文件 ${file}。请核对路径。` : `There is no file ${file}. Check the path.`) : statSync(file).size === 0 ? (zh ? '文件是空的，一个字节也没有。请重新导出或下载。' : 'The file is empty, not one byte. Export or download it again.') : null
  if (unread !== null) {
    context.print(context.json ? JSON.stringify({ command: 'import', file, failure: { code: 'file' } }) : unread)
    return 1
  }
  const begun = performance.now()
  const fileId = await context.upload(file)
  const { batchId, taskId } = await context.perform<{ batchId: string; taskId: string }>('imports.inspect', { fileId })
  await context.waitTask(taskId)
  const seen = await context.perform<Batch>('imports.get', { batchId })
  if (seen.failure || !seen.suggested) {
    context.print(context.json ? JSON.stringify({ command: 'import', file, failure: seen.failure }) : seen.failure ? sayFinding(seen.failure.code, seen.failure.args, zh ? 'zh-CN' : 'en') : zh ? '没有找到像表头的一行。' : 'No row looks like a heading.')
    return 1
  }
  const check = await context.perform<{ taskId: string }>('imports.check', { batchId, setup: seen.suggested })
  await context.waitTask(check.taskId, progress(context))
  const checked = await context.perform<Batch>('imports.get', { batchId })
  await report(context, checked, begun)
  if (context.values['dry-run'] === true) return 0
  const commit = await context.perform<{ taskId: string }>('imports.commit', { batchId, count: checked.counts?.ready ?? 0 })
  await context.waitTask(commit.taskId, progress(context))
  await report(context, await context.perform<Batch>('imports.get', { batchId }), begun)
  return 0
}

const MARK: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = { error: { zh: '不能入', en: ' refused' }, question: { zh: '请看', en: ' to look at' }, repaired: { zh: '照习惯改了写法', en: ' rewritten as usual' } }

function progress(context: CommandContext) {
  return (task: { readonly done: number; readonly total: number }): void => {
    if (!context.json && process.stdout.isTTY) process.stdout.write(`\r${task.done}/${task.total} `)
  }
}

async function report(context: CommandContext, batch: Batch, begun: number): Promise<void> {
  const seconds = Number(((performance.now() - begun) / 1000).toFixed(2))
  if (context.json) {
    context.print(JSON.stringify({ command: 'import', batch: batch.number, state: batch.state, seconds, counts: batch.counts, kinds: batch.kinds, undecided: batch.undecided, rssMb: Math.round(process.memoryUsage().rss / 1e6) }))
    return
  }
  const zh = context.language === 'zh'
  const language = zh ? 'zh-CN' : 'en'
  const { counts } = batch
  context.print('')
  if (counts) context.print(zh ? `${batch.number}　共 ${counts.seen} 行：可入 ${counts.ready}，请看 ${counts.question}，不能入 ${counts.error}，不是人的行 ${counts.skipped}，已入 ${counts.imported + counts.added}　（${seconds} 秒）` : `${batch.number}  ${counts.seen} rows: ready ${counts.ready}, to look at ${counts.question}, refused ${counts.error}, no person ${counts.skipped}, imported ${counts.imported + counts.added}  (${seconds} s)`)
  for (const sheet of batch.sheets.filter((one) => one.index === (batch.setup ?? batch.suggested)?.sheet)) context.print(sheet.columns.map((column) => `${column.letter} ${column.heading} → ${column.field ?? (zh ? '（未定）' : '(undecided)')}`).join('；'))
  for (const kind of batch.kinds) {
    const { rows } = await context.perform<Problems>('imports.problems', { batchId: batch.id, code: kind.code, states: [kind.severity], limit: 3 })
    context.print(zh ? `  ${kind.rows} 行${MARK[kind.severity]?.zh ?? ''}` : `  ${kind.rows} ${kind.rows === 1 ? 'row' : 'rows'}${MARK[kind.severity]?.en ?? ''}`)
    for (const row of rows) for (const finding of row.findings.filter((one) => one.code === kind.code)) context.print(zh ? `     第 ${row.row} 行${finding.column === '' ? '' : ` ${finding.column} 列`}：${sayFinding(finding.code, finding.args, language)}` : `     row ${row.row}${finding.column === '' ? '' : `, column ${finding.column}`}: ${sayFinding(finding.code, finding.args, language)}`)
  }
}

import type { Command } from './context.ts'
import { day } from './entitle.ts'

interface Words { readonly zh: string; readonly en: string }
interface Explained {
  readonly item: { readonly title: Words }; readonly verdict: string; readonly sample: boolean; readonly sentences: readonly Words[]
  readonly conditions: readonly { readonly must: Words; readonly has: Words; readonly source: Words; readonly on: string | null; readonly verdict: string }[]
  readonly clauses: readonly { readonly text: Words }[]; readonly nearest: readonly { readonly text: Words }[]; readonly turns: readonly { readonly on: string; readonly text: Words }[]
}

const MARK: Record<string, string> = { yes: '●', no: '○', notYet: '◐', unknown: '？' }

/** `songbai explain --elder ID --item ITEM --at DAY`: the answer as it is told to the elder. */
export const explainCommand: Command = async (context) => {
  const { language: lang } = context
  const { elder, item, at } = context.values
  if (typeof elder !== 'string' || typeof item !== 'string') {
    context.print(lang === 'zh' ? '用法：npx songbai explain --elder 老人编号 --item 项目 [--at 2026-07-01] [--json]' : 'Usage: npx songbai explain --elder ID --item ITEM [--at DAY] [--json]')
    return 2
  }
  const answer = await context.perform<Explained>('entitlements.explain', { elderId: elder, item, ...day(at, 'at') })
  if (context.json) {
    context.print(JSON.stringify({ command: 'explain', elder, ...answer }))
    return 0
  }
  context.print(`${answer.item.title[lang]}${answer.sample ? (lang === 'zh' ? '〔样例金额〕' : ' [sample amount]') : ''}`)
  for (const sentence of answer.sentences) context.print(`  ${sentence[lang]}`)
  for (const line of answer.conditions) context.print(`  ${MARK[line.verdict] ?? ''} ${line.must[lang]}　${line.has[lang]}　${line.source[lang]}${line.on ? ` ${line.on}` : ''}`)
  for (const near of answer.nearest) context.print(`  → ${near.text[lang]}`)
  for (const turn of answer.turns) context.print(`  → ${turn.on} ${turn.text[lang]}`)
  for (const clause of answer.clauses) context.print(`  § ${clause.text[lang]}`)
  return 0
}

import type { Command } from './context.ts'

interface Summary {
  readonly people: number; readonly at: string; readonly knownOn: string; readonly tookMs: number; readonly loadMs?: number; readonly evaluateMs?: number
  readonly items: readonly { readonly id: string; readonly title: { readonly zh: string; readonly en: string }; readonly sample: boolean; readonly counts: Readonly<Record<string, number>>; readonly amountFen: number }[]
  readonly persons: Readonly<Record<string, number>>
}

const HEADS = { zh: ['享受中', '有资格未享', '享而不符', '缺事实', '未到', '不符合'], en: ['enjoying', 'entitled, not enjoying', 'enjoying, not entitled', 'fact missing', 'not yet', 'no'] }
const KEYS = ['entitledEnjoying', 'entitledNotEnjoying', 'enjoyingNotEntitled', 'unknown', 'notYet', 'no'] as const

/** `songbai entitle --county 500229 --at 2026-07-01`: counts of every item, and how long it took. */
export const entitleCommand: Command = async (context) => {
  const { language } = context
  if (!/^\d{6}$/.test(context.county)) {
    context.print(language === 'zh' ? '用法：npx songbai entitle --county 六位区划代码 [--at 2026-07-01] [--known-on …] [--json]' : 'Usage: npx songbai entitle --county CODE [--at DAY] [--known-on DAY] [--json]')
    return 2
  }
  const ask = { place: `${context.county}000000`, ...day(context.values['at'], 'at'), ...day(context.values['known-on'], 'knownOn') }
  const begun = performance.now()
  const first = await context.perform<Summary>('entitlements.summary', ask)
  const firstMs = Math.round(performance.now() - begun)
  const warm = await context.perform<Summary>('entitlements.summary', ask)
  if (context.json) {
    context.print(JSON.stringify({ command: 'entitle', county: context.county, at: first.at, knownOn: first.knownOn, people: first.people, rules: first.items.length, firstMs, loadMs: first.loadMs ?? null, evaluateMs: first.evaluateMs ?? null, againMs: warm.tookMs, persons: first.persons, items: first.items.map(({ id, counts, amountFen, sample }) => ({ id, ...counts, amountFen, sample })) }))
    return 0
  }
  context.print(language === 'zh' ? `${first.at}　${first.people} 位老人 × ${first.items.length} 项　载入 ${first.loadMs ?? '—'} 毫秒，计算 ${first.evaluateMs ?? '—'} 毫秒，共 ${firstMs} 毫秒` : `${first.at}  ${first.people} elders x ${first.items.length} items  load ${first.loadMs ?? '-'} ms, evaluate ${first.evaluateMs ?? '-'} ms, ${firstMs} ms in all`)
  context.print(['', ...HEADS[language]].join('\t'))
  for (const item of first.items) context.print([...KEYS.map((key) => String(item.counts[key] ?? 0)), `${item.title[language]}${item.sample ? (language === 'zh' ? '〔样例金额〕' : ' [sample amount]') : ''}`].join('\t'))
  return 0
}

export function day(value: unknown, key: 'at' | 'knownOn'): Record<string, string> {
  return typeof value === 'string' ? { [key]: value } : {}
}

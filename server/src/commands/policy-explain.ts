import { explain, sentences, spoken, tableRows, type FactInput } from '@songbai/policy'
import { text } from 'node:stream/consumers'
import { loadPolicies, Refusal, sound } from './policy-load.ts'
import { needed, type PolicyContext } from './policy.ts'

/** One person's facts from standard input: `{ "birth": "1946-11-20", "hukou": "local", "region": "500229001003" }`. */
export async function explainPerson(context: PolicyContext): Promise<number> {
  const { language: lang } = context
  const set = sound(loadPolicies(context.path(0), context))
  const item = needed(context.values['item'], `请用 --item 给出项目，可用：${set.items.join(' ')}`, `Give the item with --item: ${set.items.join(' ')}`)
  const at = context.at()
  const { region, ...facts } = parsedFacts(await text(process.stdin))
  const place = needed(context.values['region'] ?? region, '请给出区划：--region 500229001003，或在 JSON 里写 "region"。', 'Give the region: --region 500229001003, or "region" in the JSON.')
  const x = explain(set, place, item, facts as FactInput, at)
  context.answer({ explanation: x, sentences: sentences(x, lang), spoken: spoken(x, lang) }, () => [
    ...sentences(x, lang),
    ...tableRows(x, lang).map((row) => `  ${row.answer === 'yes' ? '✓' : row.answer === 'no' ? '✗' : '？'} ${row.required}（${row.actual}）`),
    ...x.ahead.map((turn) => `  → ${turn.on} ${context.say({ yes: '符合', no: '不符合', unknown: '待定' }[turn.answer], { yes: 'entitled', no: 'not entitled', unknown: 'open' }[turn.answer])}${turn.amountFen > 0 ? ` ${(turn.amountFen / 100).toFixed(2)}` : ''}`),
  ])
  return 0
}

function parsedFacts(json: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(json)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  } catch {
    // Told below: whatever it is, it is not an object.
  }
  throw new Refusal('badFactsInput', '标准输入要是一个 JSON 对象，如 {"birth":"1946-11-20","hukou":"local"}。', 'Standard input must be a JSON object such as {"birth":"1946-11-20","hukou":"local"}.')
}

import { encodeFact } from './facts.ts'
import type { FactDef } from './facts.ts'
import type { Example } from './analyse-space.ts'
import { findingTitle } from './finding.ts'
import type { Finding, FindingCode, Severity } from './finding.ts'
import { ageOn } from '@songbai/calendar'
import type { PolicySet } from './set.ts'
import { valueText, yuan } from './print.ts'
import type { Lang } from './words.ts'

type Words = Record<Lang, string>

/** What was found, and what to do. `{rows}` are the rows it is about, `{fact}` the label of the fact `name`. */
export const FINDING_WORDS: Record<FindingCode, Words> = {
  neverTrue: { zh: '“{row}”这一行的条件互相矛盾，谁也不会满足。请改条件，或删去这一行。', en: 'The conditions of row "{row}" contradict each other; nobody can meet them. Change them, or delete the row.' },
  shadowed: { zh: '“{row}”这一行轮不到：符合它的人都先被“{by}”收走了。请把它移到前面，或删去。', en: 'Row "{row}" never counts: whoever meets it is taken by "{by}" first. Move it up, or delete it.' },
  overlap: { zh: '“{rows}”两行可能同时满足，而本表每人只许一行。请改条件，使它们不重叠。', en: 'Rows "{rows}" can both hold for one person, which this table forbids. Change their conditions.' },
  overlapAmounts: { zh: '“{rows}”两行可能同时满足而金额不同，按先后取前一行。', en: 'Rows "{rows}" can both hold with different amounts; the first one counts.' },
  gap: { zh: '表中有空档：{fact}在这一段没有任何一行收，比它低和比它高的都收。请确认是有意的，或补一行。', en: 'The table has a hole: no row takes this stretch of {fact}, while lower and higher ones are taken. Confirm that it is meant, or add a row.' },
  uncovered: { zh: '举例：这样的人不在表内，只差“{fact}”一项。', en: 'For example, this person is outside the table by {fact} alone.' },
  paramWithoutValue: { zh: '参数“{name}”从{from}起没有值{until}，用到它的人一律待定。请补上这段时间的数值。', en: 'Parameter "{name}" has no value from {from}{until}; everybody it concerns stays open. Give a value for that time.' },
  deadLet: { zh: '名称“{name}”没有被任何一行用到，可以删去。', en: 'The name "{name}" is used by no row and can be deleted.' },
  deadParam: { zh: '参数“{name}”没有被任何一行用到，只作说明。', en: 'Parameter "{name}" is used by no row; it only informs.' },
  stackingCycle: { zh: '叠加规则绕成了圈：{path}，谁先谁后定不下来。请改其中一条的先后。', en: 'The stacking rules go round in a circle: {path}; nobody can say which comes first. Change the order in one of them.' },
  partnerMissing: { zh: '叠加规则里的“{name}”在本政策施行的地方和时间内没有施行。请确认，或删去它。', en: '"{name}" in a stacking rule is not in force where and when this policy is. Confirm, or take it out.' },
  belowUpper: { zh: '低于上级（{upper}）的底线：有人按上级“{name}”行应得{amount}，按本政策得不到。请提高标准或放宽条件。', en: 'Below the floor of {upper}: somebody who gets {amount} by its row "{name}" gets less here. Raise the amount or widen the conditions.' },
  basisRepealed: { zh: '依据“{clause}”已于{on}废止，仍被引用。请改引现行条款，或在废止日停止施行。', en: 'The clause {clause} was repealed on {on} and is still cited. Cite the one in force, or end on that day.' },
  basisMissing: { zh: '“{row}”这一行没有依据条款。请注明依据。', en: 'Row "{row}" cites no clause. Cite one.' },
  amountFalls: { zh: '{fact}更困难，金额反而更少（不足{amount}）。请核对是否有意。', en: 'With greater need by {fact} the amount is smaller (below {amount}). Check that it is meant.' },
  rowWithoutCase: { zh: '“{row}”这一行没有样例。请补一个算好的样例。', en: 'Row "{row}" has no golden case. Add one worked out by hand.' },
  noCases: { zh: '还没有样例。请至少写一个符合、一个不符合、一个待定的样例。', en: 'There are no golden cases. Write at least a yes, a no and an unknown.' },
  caseFails: { zh: '第{name}行的样例与规则算出的不一样（算出：{got}）。请改规则或改样例。', en: 'The case in line {name} does not come out as written (came out: {got}). Change the rule or the case.' },
  notProved: { zh: '组合太多或条件牵涉几项事实，有几处没有查完：{name}。请人工核对。', en: 'Too many combinations, or conditions on several facts: not everything was checked ({name}). Check by hand.' },
}

export const SEVERITY_WORDS: Record<Severity, Words> = { error: { zh: '错误', en: 'error' }, confirm: { zh: '待确认', en: 'to confirm' }, info: { zh: '提示', en: 'note' } }

/** A finding in one or two sentences, with the person it happens to. */
export function findingText(f: Finding, set: Pick<PolicySet, 'facts' | 'policies'>, lang: Lang): string {
  const name = String(f.args['name'] ?? '')
  const money = (fen: number): string => (lang === 'zh' ? `${yuan(fen)}元` : `${yuan(fen)} yuan`)
  const to = String(f.args['to'] ?? '')
  const args: Record<string, string> = {
    ...Object.fromEntries(Object.entries(f.args).map(([k, v]) => [k, String(v)])),
    row: rowTitle(f, f.rows[0] ?? name, set, lang), rows: f.rows.map(r => rowTitle(f, r, set, lang)).join(lang === 'zh' ? '”和“' : '" and "'), by: f.rows.slice(1).map(r => rowTitle(f, r, set, lang)).join(lang === 'zh' ? '、' : ', '),
    fact: name === 'birth' ? (lang === 'zh' ? '年龄' : 'age') : set.facts.get(name)?.label[lang] ?? name,
    amount: f.args['fen'] === undefined || f.args['fen'] === 0 ? (lang === 'zh' ? '这项服务' : 'the service') : money(Number(f.args['fen'])),
    until: to === '' ? '' : lang === 'zh' ? `（到${to}）` : ` to ${to}`,
  }
  if (f.code === 'partnerMissing') args['name'] = findingTitle(set, name, lang)
  if (f.code === 'paramWithoutValue' || f.code === 'deadParam') args['name'] = paramTitle(f, name, set, lang)
  if (f.code === 'caseFails' && args['got'] === '') args['got'] = lang === 'zh' ? '不符合' : 'no'
  const text = FINDING_WORDS[f.code][lang].replace(/\{(\w+)\}/g, (whole, key: string) => args[key] ?? whole)
  return f.example === undefined ? text : `${text}${lang === 'zh' ? '例：' : ' Example: '}${exampleText(f.example, set, lang)}`
}

function policyOf(f: Finding, set: Pick<PolicySet, 'policies'>): PolicySet['policies'][number] | undefined {
  return set.policies.find(p => p.id === f.policy && p.region === f.region && p.version === f.version)
}

function rowTitle(f: Finding, id: string, set: Pick<PolicySet, 'policies'>, lang: Lang): string {
  const label = policyOf(f, set)?.rows.find(r => r.id === id)?.label?.[lang]
  return label === undefined ? id : lang === 'zh' ? `${label}（${id}）` : `${label} (${id})`
}

function paramTitle(f: Finding, name: string, set: Pick<PolicySet, 'policies'>, lang: Lang): string {
  const label = policyOf(f, set)?.params.get(name)?.label?.[lang]
  return label === undefined ? name : lang === 'zh' ? `${label}（${name}）` : `${label} (${name})`
}

/** The person of a finding in one line. */
export function exampleText(x: Example, set: Pick<PolicySet, 'facts' | 'policies'>, lang: Lang): string {
  const facts = Object.entries(x.facts).map(([id, value]) => {
    const def: FactDef = set.facts.get(id)!
    if (id === 'birth') return lang === 'zh' ? `${ageOn(String(value), x.at)}周岁` : `aged ${ageOn(String(value), x.at)}`
    const text = valueText(def, encodeFact(def, value), lang)
    return lang === 'zh' ? `${def.label.zh}：${text}` : `${def.label.en}: ${text}`
  })
  const items = Object.entries(x.items).map(([id, yes]) => (lang === 'zh' ? `${yes ? '符合' : '不符合'}“${findingTitle(set, id, lang)}”` : `${yes ? '' : 'not '}entitled to ${findingTitle(set, id, lang)}`))
  return `${x.at}${lang === 'zh' ? '，' : ', '}${[...facts, ...items].join(lang === 'zh' ? '，' : ', ')}${lang === 'zh' ? '。' : '.'}`
}

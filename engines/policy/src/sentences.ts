import { amountText } from './print.ts'
import type { ConditionLine, Explanation, StackShown, TurnShown } from './explain.ts'
import type { Clause } from './policy.ts'
import { say } from './words.ts'
import type { Lang } from './words.ts'

/** `heard`: for the ear, without the names that stand before conditions for the eye. */
export type Manner = 'read' | 'heard'

/** [S75] The explanation in at most three sentences: the answer, what follows from it, and the basis. */
export function sentences(x: Explanation, lang: Lang, manner: Manner = 'read'): string[] {
  const basis = x.basis.length === 0 ? undefined : basisSentence(x, lang)
  return [answerSentence(x, lang, manner), nextSentence(x, lang), basis].filter(s => s !== undefined).map(s => s.replace('。。', '。'))
}

function answerSentence(x: Explanation, lang: Lang, manner: Manner): string {
  const title = x.title[lang]
  const sample = x.sample ? say('sampleMark', lang) : ''
  if (x.policy === null) return say('sayNotInForce', lang, { title })
  if (x.answer === 'unknown') return say(x.missing.length === 0 ? 'sayOpen' : 'sayUnknown', lang, { title, missing: x.missing.map(m => m.label[lang]).join(say('comma', lang)) })
  if (x.answer === 'no') return noSentence(x, lang, manner)
  const amount = x.kind === 'service' && x.rawFen === 0 ? x.service?.[lang] ?? '' : amountText(x.amountFen, x.unit, lang)
  if (x.stack !== null) return stackSentence(x, x.stack, lang)
  return say(x.kind === 'service' && x.rawFen === 0 ? 'sayYesService' : 'sayYes', lang, { title, amount: amount + sample, service: amount + sample })
}

function stackSentence(x: Explanation, stack: StackShown, lang: Lang): string {
  const other = stack.others.map(o => o.title[lang]).join(say('comma', lang))
  const word = { max: 'stackMax', first: 'stackFirst', cap: 'stackCap', offset: 'stackOffset', suspend: 'stackFirst' } as const
  const reason = stack.reason?.[lang] ?? say(word[stack.kind], lang, { other })
  const before = x.rawFen === 0 && x.service !== undefined ? x.service[lang] : amountText(x.rawFen, x.unit, lang)
  return x.amountFen > 0 ? say('sayStackCut', lang, { title: x.title[lang], reason, before, amount: amountText(x.amountFen, x.unit, lang) }) : say('sayStackLost', lang, { title: x.title[lang], amount: before, reason })
}

/** Innermost lines that do not hold: "lives alone or …" stays one line, "and" is taken apart. */
function unmet(lines: readonly ConditionLine[]): ConditionLine[] {
  return lines.filter(l => l.verdict !== 'yes')
}

function noSentence(x: Explanation, lang: Lang, manner: Manner): string {
  const open = unmet(x.conditions)
  const one = open[0]
  if (one === undefined) return say('sayNoWay', lang, { title: x.title[lang] })
  if (open.length > 1) return say('sayNoMany', lang, { title: x.title[lang], n: open.length, unmet: open.map(l => lineName(l, lang, manner)).join(say('comma', lang)) })
  return say('sayNo', lang, { title: x.title[lang], unmet: lineName(one, lang, manner), actual: one.facts.map(f => f.actual[lang]).join(say('comma', lang)) })
}

/** The condition in words, after its `let` name in Chinese (the name is Chinese text of the policy). */
function lineName(l: ConditionLine, lang: Lang, manner: Manner = 'read'): string {
  return manner === 'heard' || l.name === undefined || lang === 'en' || l.name === l.required.zh ? l.required[lang] : `${l.name}（${l.required.zh}）`
}

function nextSentence(x: Explanation, lang: Lang): string | undefined {
  const turn = x.ahead[0]
  if (x.answer === 'unknown') {
    if (x.missing.length === 0 && x.noWay !== null) return noWaySentence(x.noWay, lang)
    const asks = [...new Set(x.missing.flatMap(m => (m.ask === undefined ? [] : [m.ask[lang]])))]
    return asks.length === 0 ? undefined : say('sayAsk', lang, { ask: asks.join(say('comma', lang)) })
  }
  if (x.answer === 'no') return x.turnsYes !== null ? say('sayTurnsYes', lang, { day: x.turnsYes }) : changeSentence(x, lang)
  return turn === undefined ? undefined : turnSentence(x, turn, lang)
}

function turnSentence(x: Explanation, turn: TurnShown, lang: Lang): string {
  if (turn.answer !== 'yes') return say(turn.answer === 'no' ? 'sayTurnsNo' : 'sayTurnsUnknown', lang, { day: turn.on })
  return say('sayTurnsAmount', lang, { day: turn.on, amount: amountText(turn.amountFen, x.unit, lang) })
}

function changeSentence(x: Explanation, lang: Lang): string | undefined {
  if (x.nearest === null) return x.noWay === null ? undefined : noWaySentence(x.noWay, lang)
  if (x.nearest.changes.some(c => c.fact === 'birth' && c.kind === 'fixed')) return say('sayPast', lang)
  const changes = x.nearest.changes.map(c => (c.years !== undefined && c.on !== undefined ? say('changeAge', lang, { n: c.years, day: c.on }) : say('changeTo', lang, { label: c.label[lang], value: c.toText[lang] })))
  return say('sayChange', lang, { changes: changes.join(say('and', lang)) })
}

function noWaySentence({ reason, param }: NonNullable<Explanation['noWay']>, lang: Lang): string | undefined {
  if (reason === 'notInForce') return undefined
  return reason === 'noRow' ? say('sayNoRow', lang) : reason === 'noValue' ? say('sayNoValue', lang, { param: param?.[lang] ?? '' }) : say('sayRecordStands', lang)
}

/** Document and article. A document cited by the id of its pack is named by its title. */
export function clauseText(c: Clause): string {
  const packId = /^[\x20-\x7e]+$/.test(c.doc) && c.title !== undefined
  return `${packId ? `《${c.title}》` : c.doc}${c.article ?? ''}`
}

function basisSentence(x: Explanation, lang: Lang): string {
  const basis = [...new Set(x.basis.map(clauseText))].join(say('comma', lang))
  const first = x.pay?.first
  return first === undefined || first === null ? say('sayBasis', lang, { basis }) : say('sayBasisPay', lang, { basis, month: first })
}

export interface ExplainedRow { required: string; actual: string; source: string; verdict: string; answer: ConditionLine['verdict'] }

/** The table under the sentences: what is required, how it is, how that is known, the verdict. */
export function tableRows(x: Explanation, lang: Lang): ExplainedRow[] {
  return x.conditions.map(l => ({
    required: lineName(l, lang), answer: l.verdict, verdict: say(l.verdict === 'yes' ? 'verdictYes' : l.verdict === 'no' ? 'verdictNo' : 'verdictUnknown', lang),
    actual: l.facts.map(f => f.actual[lang]).join(say('comma', lang)),
    source: [...new Set(l.facts.filter(f => f.known).map(f => (f.source === undefined ? say('noSource', lang) : f.validFrom === undefined ? f.source : say('source', lang, { source: f.source, day: f.validFrom }))))].join(say('comma', lang)),
  }))
}

export function tableHead(lang: Lang): [string, string, string, string] {
  return [say('headRequired', lang), say('headActual', lang), say('headSource', lang), say('headVerdict', lang)]
}

/** From the engine's explanation to what a clerk reads: sentences, conditions with value, source and date, clauses, what would change it and when. */
import { dayNumber, type Day } from '@songbai/calendar'
import { ABSENT, say, sentences, type ConditionLine, type Evidence, type Explanation as Explained, type FactDef, type Policy } from '@songbai/policy'
import { EVIDENCE_EN } from './rules-evidence.ts'
import type { Explanation, Standing } from './contract.ts'

type Bilingual = { zh: string; en: string }
type Verdict = Explanation['verdict']

export function both(text: (lang: 'zh' | 'en') => string): Bilingual {
  return { zh: text('zh'), en: text('en') }
}

/** [X1] What the standing says of the rule itself. Drawing it is another matter. */
export function verdictOf(standing: Standing, x: Pick<Explained, 'answer' | 'standing'>): Verdict {
  if (standing === 'notYet') return 'notYet'
  if (standing === 'entitledEnjoying' || standing === 'entitledNotEnjoying') return 'yes'
  return standing === 'unknown' || (x.answer === 'unknown' && standing !== 'enjoyingNotEntitled') ? 'unknown' : 'no'
}

/** Why somebody dead or gone has no right, however the rule reads. */
export interface Departure {
  readonly fact: 'dead' | 'moved'
  readonly on: Day
  readonly source: string
}

const WHY: Record<Departure['fact'], (on: Day) => Bilingual> = {
  dead: (on) => ({ zh: `本人已于${on}去世`, en: `The person died on ${on}` }),
  moved: (on) => ({ zh: `本人已于${on}迁出本县`, en: `The person moved out of the county on ${on}` }),
}

export function shownSentences(x: Explained, standing: Standing, gone: Departure | null): Bilingual[] {
  if (gone) {
    const why = WHY[gone.fact](gone.on)
    const title = x.title
    return [{ zh: `${why.zh}，不再符合“${title.zh}”。`, en: `${why.en} and is no longer entitled to ${title.en}.` }, ...(standing === 'enjoyingNotEntitled' ? [{ zh: '名册上仍在发放，请核实后停发。', en: 'It is still on the payment list: check and stop it.' }] : [])]
  }
  const [zh, en] = [sentences(x, 'zh'), sentences(x, 'en')]
  const all = zh.map((text, i) => ({ zh: text, en: en[i] ?? '' }))
  if (standing !== 'enjoyingNotEntitled') return all.slice(0, 3)
  return [...all.slice(0, 2), { zh: '名册上却在发放，请核实。', en: 'Yet it is on the payment list: please check.' }]
}

/** [X2] Joined conditions are taken apart only where the line itself proves that all of them are needed. */
function apart(lines: readonly ConditionLine[]): ConditionLine[] {
  return lines.flatMap((line) => {
    const verdicts = line.parts.map((part) => part.verdict)
    const all = line.parts.length > 1 && ((line.verdict === 'yes' && verdicts.every((one) => one === 'yes')) || (line.verdict !== 'yes' && verdicts.includes('yes')))
    return all ? apart(line.parts) : [line]
  })
}

export function shownConditions(x: Explained, standing: Standing, gone: Departure | null): Explanation['conditions'] {
  if (gone) {
    return [{ must: { zh: '健在并在本县', en: 'alive and in the county' }, has: WHY[gone.fact](gone.on), source: { zh: gone.source, en: gone.source }, on: gone.on, verdict: 'no', fact: gone.fact }]
  }
  return apart(x.conditions).map((line) => {
    const known = line.facts.filter((fact) => fact.known)
    const sources = [...new Set(known.map((fact) => fact.source ?? ''))].filter((source) => source !== '')
    const byAge = standing === 'notYet' && line.verdict === 'no' && line.facts.some((fact) => fact.fact === 'birth')
    return {
      must: both((lang) => (line.name === undefined || lang === 'en' || line.name === line.required.zh ? line.required[lang] : `${line.name}（${line.required.zh}）`)),
      has: both((lang) => line.facts.map((fact) => fact.actual[lang]).join(say('comma', lang))),
      source: sources.length > 0 ? { zh: sources.join('、'), en: sources.join(', ') } : { zh: '没有记录', en: 'not on record' },
      on: known.find((fact) => fact.validFrom !== undefined)?.validFrom ?? known.find((fact) => fact.recordedAt !== undefined)?.recordedAt ?? null,
      verdict: byAge ? 'notYet' : line.verdict, fact: line.facts[0]?.fact ?? null,
    }
  })
}

/** [X3] Each thing that together would make it a yes. */
export function shownNearest(x: Explained): Explanation['nearest'] {
  return (x.nearest?.changes ?? []).map((change) => ({
    text: both((lang) => (change.years !== undefined && change.on !== undefined ? say('changeAge', lang, { n: change.years, day: change.on }) : say('changeTo', lang, { label: change.label[lang], value: change.toText[lang] }))),
  }))
}

function amountShown(fen: number, unit: string, lang: 'zh' | 'en'): string {
  const word = ({ '分/月': 'perMonth', '分/年': 'perYear', '分/次': 'perUse' } as const)[unit] ?? 'once'
  return say(word, lang, { yuan: fen % 100 === 0 ? fen / 100 : (fen / 100).toFixed(2) })
}

export function shownTurns(x: Explained): Explanation['turns'] {
  return x.ahead.map((turn) => ({
    on: turn.on,
    text: both((lang) => {
      if (turn.answer === 'no') return lang === 'zh' ? '不再符合' : 'no longer entitled'
      if (turn.answer === 'unknown') return lang === 'zh' ? '需要重新确认' : 'must be confirmed again'
      const yes = lang === 'zh' ? '符合' : 'entitled'
      return turn.amountFen > 0 ? `${yes}${lang === 'zh' ? '，' : ', '}${amountShown(turn.amountFen, x.unit, lang)}` : yes
    }),
  }))
}

export function shownStacking(x: Explained): Explanation['stacking'] {
  if (x.stack === null) return []
  const word = ({ max: 'stackMax', first: 'stackFirst', cap: 'stackCap', offset: 'stackOffset', suspend: 'stackFirst' } as const)[x.stack.kind]
  const { reason, others } = x.stack
  return [{ text: both((lang) => reason?.[lang] ?? say(word, lang, { other: others.map((one) => one.title[lang]).join(say('comma', lang)) })) }]
}

/** [X4] Papers the register holds need not be asked for again; it holds them when no fact of the rule is missing. */
export function shownEvidence(evidence: readonly Evidence[], missing: number): Explanation['evidence'] {
  return evidence.map((one) => ({ label: { zh: one.text, en: EVIDENCE_EN[one.text] ?? one.text }, auto: one.how === 'auto', held: one.how === 'auto' && missing === 0 }))
}

export function missingShown(defs: ReadonlyMap<string, FactDef>, facts: Iterable<string>): Explanation['missing'] {
  return [...facts].map((fact) => ({ fact, label: defs.get(fact)?.label ?? { zh: fact, en: fact }, ask: defs.get(fact)?.ask ?? null }))
}

/** Day on which a benefit began to be drawn, when it is drawn on the day. */
export function drawnSince(value: unknown, at: Day): Day | null {
  return typeof value === 'string' && dayNumber(value) > ABSENT && value <= at ? value : null
}

export function versionText(policy: Policy | undefined): string {
  return policy ? `${policy.region === '' ? '000000' : policy.region}/${policy.id}@${policy.version}` : ''
}

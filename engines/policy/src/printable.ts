import type { Day } from '@songbai/calendar'
import type { Explanation } from './explain.ts'
import { amountText } from './print.ts'
import { clauseText, sentences, tableHead, tableRows } from './sentences.ts'
import type { ExplainedRow } from './sentences.ts'
import { say } from './words.ts'
import type { Lang } from './words.ts'

/** An explanation as a form on paper: every text ready, nothing left to look up. */
export interface Printable {
  title: string
  region: string
  at: Day
  sentences: string[]
  /** Label and text, in the order of the form; what does not apply is left out. */
  fields: { label: string; text: string }[]
  head: [string, string, string, string]
  rows: ExplainedRow[]
  clauses: string[]
  /** The figure is not from a document, and the form says so. */
  sample: string | null
}

/** [S77] What a printed notice or answer needs, in one language. */
export function printable(x: Explanation, lang: Lang): Printable {
  const clauses = [...new Set(x.basis.map(clauseText))]
  const next = x.ahead[0]
  const fields: [string, string | undefined][] = [
    [say('formAnswer', lang), say(x.answer === 'yes' ? 'answerYes' : x.answer === 'no' ? 'answerNo' : 'answerUnknown', lang)],
    [say('formOn', lang), x.at],
    [say('formAmount', lang), x.answer !== 'yes' ? undefined : x.rawFen === 0 ? x.service?.[lang] : amountText(x.amountFen, x.unit, lang)],
    [say('formSince', lang), x.since ?? undefined],
    [say('formPaid', lang), paid(x, lang)],
    [say('formMissing', lang), x.missing.length === 0 ? undefined : x.missing.map(m => m.label[lang]).join(say('comma', lang))],
    [say('formChange', lang), x.nearest === null || x.answer === 'yes' ? undefined : x.nearest.changes.map(c => say('changeTo', lang, { label: c.label[lang], value: c.toText[lang] })).join(say('and', lang))],
    [say('formNext', lang), next === undefined ? undefined : `${next.on} ${say(next.answer === 'yes' ? 'answerYes' : next.answer === 'no' ? 'answerNo' : 'answerUnknown', lang)}${next.answer === 'yes' && next.amountFen > 0 ? ` ${amountText(next.amountFen, x.unit, lang)}` : ''}`],
    [say('formBasis', lang), clauses.join(say('comma', lang)) || undefined],
  ]
  return {
    title: x.title[lang], region: x.region, at: x.at, sentences: sentences(x, lang), head: tableHead(lang), rows: tableRows(x, lang), clauses,
    fields: fields.flatMap(([label, text]) => (text === undefined ? [] : [{ label, text }])), sample: x.sample ? say('sampleMark', lang).trim() : null,
  }
}

function paid(x: Explanation, lang: Lang): string | undefined {
  if (x.pay === null) return undefined
  const { first, last } = x.pay
  return first === null ? say('monthsWait', lang) : last === null ? say('monthsFrom', lang, { first }) : say('monthsFromTo', lang, { first, last })
}

import { useState } from 'react'
import { seeCase } from '@songbai/capabilities/decide/lab/contract'
import type { FactDictionary, FactValue, PolicyTable, TableCase } from '@songbai/policy'
import { useClient } from '@songbai/web-shared/api.ts'
import type { OutputOf } from '@songbai/web-shared/api.ts'
import { Dialog } from '@songbai/web-shared/widgets/Float.tsx'
import { StateMark } from '@songbai/web-shared/widgets/Marks.tsx'
import { Card } from '@songbai/web-shared/widgets/Work.tsx'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { ageOn } from '@songbai/calendar'
import { SayNo } from '../query.tsx'
import type { No } from '../query.tsx'
import { useSession } from '../session.ts'
import { shortCode, yuanText } from './model.ts'
import type { Lab, Trial } from './useLab.ts'

type Ran = Trial['cases'][number]
type Out = Ran['out']

/** Examples worked out by hand: run with every change, red where the text says otherwise. */
export function Cases({ lab, table, current }: { readonly lab: Lab; readonly table: PolicyTable; readonly current: string | null }) {
  const { t } = useWords()
  const [all, setAll] = useState(false)
  const [adding, setAdding] = useState(false)
  const ran = new Map((lab.trial?.cases ?? []).map((one) => [one.line, one]))
  const list = table.cases.map((one, index) => ({ one, index, result: ran.get(one.line) }))
  const red = list.filter((each) => each.result && !each.result.ok)
  const green = list.filter((each) => !each.result || each.result.ok)
  const shown = all ? green : green.slice(0, Math.max(2, 5 - red.length))
  return (
    <Card className="lab-cases" title={t('lab.cases')} note={t('lab.cases.how')} right={lab.write && <button type="button" className="lk" onClick={() => setAdding(true)}>＋ {t('lab.cases.real')}</button>}>
      {table.cases.length === 0 && <p className="pad muted">{t('lab.cases.none')}</p>}
      {[...red, ...shown].map(({ one, index, result }) => <CaseLine key={index} lab={lab} table={table} one={one} index={index} result={result} current={current === `c${index}`} />)}
      {green.length > shown.length && <div className="gc"><span className="muted">…</span><span className="muted">{t('lab.cases.more', { n: green.length - shown.length })}</span><button type="button" className="lk" onClick={() => setAll(true)}>{t('lab.unfold')}</button></div>}
      {adding && <RealPerson lab={lab} onClose={() => setAdding(false)} />}
    </Card>
  )
}

function rowName(table: PolicyTable, id: string, t: ReturnType<typeof useWords>['t']): string {
  const at = table.rows.findIndex((one) => one.id === id)
  return at < 0 ? id : t('lab.row', { n: at + 1 })
}

function useOutText(table: PolicyTable) {
  const { t } = useWords()
  return (out: { readonly row: string | null; readonly rows: readonly string[]; readonly amount: number | null; readonly unknown: readonly string[] }): string => {
    if (out.unknown.length > 0) return t('lab.out.open')
    const rows = out.rows.length > 0 ? out.rows : out.row === null ? [] : [out.row]
    if (rows.length === 0) return t('lab.no')
    const names = rows.map((one) => rowName(table, one, t)).join(t('lab.and'))
    return out.amount === null || out.amount === 0 ? names : `${yuanText(out.amount)}${t('lab.aside', { text: names })}`
  }
}

/** The person of a case in words. */
export function caseText(one: Pick<TableCase, 'at' | 'facts'>, facts: FactDictionary, lang: 'zh' | 'en'): string {
  const words = one.facts.map(({ fact, value }) => {
    if (fact === 'age') return lang === 'zh' ? `${String(value)} 岁` : `aged ${String(value)}`
    if (fact === 'birth' && typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && one.at >= value) return lang === 'zh' ? `${ageOn(value, one.at)} 岁` : `aged ${ageOn(value, one.at)}`
    const def = facts.facts.get(fact)
    if (def === undefined) return `${fact} ${String(value)}`
    if (typeof value === 'boolean') return value ? def.label[lang] : lang === 'zh' ? `非${def.label.zh}` : `not ${def.label.en}`
    const word = (v: string): string => { const code = def.values.find((each) => each.id === v || each.zh === v); return code ? shortCode(code[lang]) : v }
    if (Array.isArray(value)) return value.map(word).join(lang === 'zh' ? '、' : ', ')
    if (typeof value === 'string') return def.type === 'code' ? word(value) : `${def.label[lang]} ${value}`
    return def.type === 'fen' && typeof value === 'number' ? `${def.label[lang]} ${yuanText(value)}` : `${def.label[lang]} ${String(value)}`
  })
  return [...words, one.at].join(' · ')
}

function CaseLine({ lab, table, one, index, result, current }: { readonly lab: Lab; readonly table: PolicyTable; readonly one: TableCase; readonly index: number; readonly result: Ran | undefined; readonly current: boolean }) {
  const { t, lang } = useWords()
  const outText = useOutText(table)
  const bad = result !== undefined && !result.ok
  const take = (out: Out) => lab.edit({ do: 'caseOut', index, out: out.unknown.length > 0 ? { unknown: out.unknown } : out.rows.length > 1 ? { rows: out.rows, amount: out.amount } : { row: out.row, ...(out.amount > 0 ? { amount: out.amount } : {}) } })
  return (
    <div className={`gc${current ? ' cur' : ''}`} title={one.note ?? undefined}>
      <StateMark state={result === undefined ? 'unknown' : bad ? 'alarm' : 'yes'}><span className="sr">{t(result === undefined ? 'lab.case.notRun' : bad ? 'lab.case.red' : 'lab.case.green')}</span></StateMark>
      <span>{caseText(one, lab.facts, lang === 'en' ? 'en' : 'zh')}{one.note !== null && <span className="src"> {one.note}</span>}</span>
      {bad ? (
        <span className="row wrap end">{t('lab.case.should', { out: outText(one.out) })}{t('lab.comma')}<b className="hot">{t('lab.case.got', { out: outText(result.out) })}</b>{lab.write && <button type="button" className="b s" title={t('lab.case.take.why')} onClick={() => take(result.out)}>{t('lab.case.take')}</button>}</span>
      ) : <span className="muted end">{outText(one.out)}{lab.write && <button type="button" className="x" title={t('lab.case.remove')} aria-label={t('lab.case.remove')} onClick={() => lab.edit({ do: 'removeCase', index })}>×</button>}</span>}
    </div>
  )
}

type Made = OutputOf<typeof seeCase>

/** The situation of somebody on the register as a case; name, number and day of birth stay where they are. */
function RealPerson({ lab, onClose }: { readonly lab: Lab; readonly onClose: () => void }) {
  const { t, both } = useWords()
  const { api } = useSession()
  const client = useClient()
  const [text, setText] = useState('')
  const [found, setFound] = useState<readonly { readonly id: string; readonly name: string; readonly age: number | null; readonly place: string }[] | null>(null)
  const [made, setMade] = useState<Made | null>(null)
  const [no, setNo] = useState<No | null>(null)
  const find = async () => {
    const answer = await api.findElders(text, new AbortController().signal)
    setNo(answer.ok ? null : answer)
    if (answer.ok) setFound(answer.value)
  }
  const pick = async (elderId: string) => {
    const answer = await client.see(seeCase, { yaml: lab.text, elderId, at: lab.at })
    setNo(answer.ok ? null : answer)
    if (answer.ok) setMade(answer.value)
  }
  const add = () => {
    if (!made) return
    const { out } = made
    lab.edit({ do: 'addCase', at: made.at, facts: made.facts as Record<string, FactValue>, out: out.unknown.length > 0 ? { unknown: out.unknown } : out.rows.length > 1 ? { rows: out.rows, amount: out.amount } : { row: out.row, ...(out.amount > 0 ? { amount: out.amount } : {}) }, note: null })
    onClose()
  }
  return (
    <Dialog title={t('lab.cases.real')} onClose={onClose}>
      <p>{t('lab.real.how')}</p>
      <form className="row" onSubmit={(event) => { event.preventDefault(); void find() }}><input className="in" autoFocus autoComplete="off" aria-label={t('lab.real.find')} placeholder={t('lab.real.find')} value={text} onChange={(event) => setText(event.target.value)} /><button type="submit" className="b p" disabled={text.trim() === ''}>{t('lab.real.search')}</button></form>
      <SayNo no={no} />
      {made ? (
        <><p className="made">{both(made.text)}</p><p><b>{made.out.unknown.length > 0 ? t('lab.out.open') : made.out.rows.length === 0 ? t('lab.no') : `${made.out.amount > 0 ? yuanText(made.out.amount) : ''} ${made.out.rows.join(t('lab.and'))}`}</b></p><p className="src">{t('lab.real.check')}</p><div className="row"><button type="button" className="b p" onClick={add}>{t('lab.real.add')}</button><button type="button" className="b" onClick={() => setMade(null)}>{t('lab.real.other')}</button></div></>
      ) : found && <ul className="opts">{found.map((one) => <li key={one.id}><button type="button" onClick={() => void pick(one.id)}>{one.name}<small>{one.age === null ? '' : t('lab.years.old', { n: one.age })} {one.place}</small></button></li>)}{found.length === 0 && <li className="pad muted">{t('lab.real.none')}</li>}</ul>}
    </Dialog>
  )
}


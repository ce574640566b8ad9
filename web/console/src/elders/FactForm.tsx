import { useState } from 'react'
import type { FormEvent } from 'react'
import { recordFacts } from '@songbai/capabilities/know/elders/contract'
import type { FactKind } from '@songbai/capabilities/know/elders/contract'
import { Dialog } from '@songbai/web-shared/widgets/Float.tsx'
import { parseDay } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { SayNo, useDo } from '../query.tsx'
import { recordable, useFactDictionary } from './dictionary.ts'
import { DayText, Field, FormEnd, Pick, Text, refusedAt, useSaid } from './fields.tsx'

/** The value in the writing of the dictionary; undefined when what was typed cannot be one. Money is typed in yuan and kept in fen. */
export function readTyped(fact: Pick<FactKind, 'type' | 'min' | 'max'>, typed: string): unknown {
  const text = typed.trim()
  if (text === '') return undefined
  switch (fact.type) {
    case 'bool': return text === 'yes' ? true : text === 'no' ? false : undefined
    case 'code': return text
    case 'codes': return [text]
    case 'int': return /^\d+$/.test(text) ? Number(text) : undefined
    case 'fen': return /^\d+(\.\d{1,2})?$/.test(text) ? Math.round(Number(text) * 100) : undefined
    case 'day': return parseDay(text) ?? undefined
    case 'month': return /^\d{4}-(0[1-9]|1[0-2])$/.test(text) ? text : undefined
    case 'region': return /^\d{12}$/.test(text) ? text : undefined
  }
}

/** One fact: what, since when, and who says so. */
export function FactForm({ elderId, first, onClose }: { readonly elderId: string; readonly first?: string | undefined; readonly onClose: () => void }) {
  const { t, both, today } = useWords()
  const said = useSaid()
  const { facts } = useFactDictionary()
  const { run, busy, no } = useDo(recordFacts)
  const list = facts ? recordable(facts) : []
  const [key, setKey] = useState(first ?? '')
  const [typed, setTyped] = useState('')
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  const [source, setSource] = useState('')
  const [ref, setRef] = useState('')
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const fact = list.find((one) => one.id === key)
  const value = fact ? readTyped(fact, typed) : undefined
  const badDay = (text: string) => text.trim() !== '' && parseDay(text) === null
  const valueNo = refusedAt(no, ['elders.fact-value', 'elders.fact-unknown', 'elders.fact-provided-elsewhere'])
  const dayNo = refusedAt(no, ['elders.fact-future'])
  const save = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (!fact || value === undefined || badDay(from) || badDay(to) || !source.trim()) return
    const answer = await run({ id: elderId, facts: [{ key, value, validFrom: parseDay(from), validTo: parseDay(to), source, sourceRef: ref.trim() || null, reason: reason.trim() || null }] })
    if (answer.ok) onClose()
  }
  const sources = [t('elder.source.visit'), t('elder.source.village'), t('elder.source.papers'), t('elder.source.family'), t('elder.source.register')]
  return (
    <Dialog title={t('elder.fact.new')} onClose={onClose}>
      <form className="fm" onSubmit={(event) => void save(event)}>
        <Pick label={t('elder.fact.what')} value={key} of={[{ id: '', name: t('elder.fact.choose') }, ...list.map((one) => ({ id: one.id, name: both(one.label) }))]} onPick={(id) => { setKey(id); setTyped('') }} error={tried && !fact ? t('elder.needed') : null} {...(fact?.note ? { hint: both(fact.note) } : {})} />
        {fact && <ValueField fact={fact} value={typed} onValue={setTyped} error={valueNo ? said(valueNo.code, valueNo.args) : tried && value === undefined ? t(typed.trim() ? 'elder.value.wrong' : 'elder.needed') : null} />}
        <div className="two">
          <DayText label={t('elder.fact.from')} value={from} onText={setFrom} last={today} error={dayNo ? said(dayNo.code, dayNo.args) : null} hint={t('elder.fact.fromHint')} />
          <DayText label={t('elder.fact.to')} value={to} onText={setTo} hint={t('elder.fact.toHint')} />
        </div>
        <div className="two">
          <Text label={t('elder.fact.source')} value={source} onText={setSource} max={60} list={sources} error={tried && !source.trim() ? t('elder.source.needed') : null} />
          <Text label={t('elder.fact.ref')} value={ref} onText={setRef} max={100} hint={t('elder.fact.refHint')} />
        </div>
        <Text label={t('elder.fact.reason')} value={reason} onText={setReason} hint={t('elder.fact.reasonHint')} />
        {!valueNo && !dayNo && <SayNo no={no} />}
        <FormEnd label={t('elder.fact.record')} busy={busy} onClose={onClose} />
      </form>
    </Dialog>
  )
}

function ValueField({ fact, value, onValue, error }: { readonly fact: FactKind; readonly value: string; readonly onValue: (text: string) => void; readonly error: string | null }) {
  const { t, both } = useWords()
  const label = fact.type === 'fen' ? t('elder.value.yuan', { label: both(fact.label) }) : fact.unit ? t('common.noted', { text: both(fact.label), note: both(fact.unit) }) : both(fact.label)
  if (fact.type === 'day') return <DayText label={label} value={value} onText={onValue} error={error} />
  if (fact.type === 'bool' || fact.type === 'code' || fact.type === 'codes') {
    const of = fact.type === 'bool' ? [{ id: 'yes', name: t('state.yes') }, { id: 'no', name: t('state.no') }] : fact.values.map((one) => ({ id: one.id, name: both(one) }))
    return <Field label={label} error={error}>{(id, bad) => <select id={id} className="in" aria-invalid={bad} value={value} onChange={(event) => onValue(event.target.value)}><option value="">{t('elder.fact.choose')}</option>{of.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}</select>}</Field>
  }
  return <Text label={label} value={value} onText={onValue} max={30} numeric error={error} />
}

import type { ReactNode } from 'react'
import type { Explanation } from '@songbai/capabilities/decide/entitlements/contract'
import { Sample, StateMark } from '@songbai/web-shared/widgets/Marks.tsx'
import { ReasonSentence } from '@songbai/web-shared/widgets/Reason.tsx'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { sampleMark } from './standing.ts'
import './entitlements.css'

/** An amount as it may be shown: with its sample mark, or the word for what is not money. */
export function Amount({ kind, amountFen, sample, monthly }: { readonly kind: 'cash' | 'service' | 'voucher'; readonly amountFen: number; readonly sample: boolean; readonly monthly?: boolean }) {
  const { t, money } = useWords()
  if (amountFen === 0) return <span className="muted">{kind === 'service' ? t('ent.service') : t('ent.nothing')}</span>
  return <span className="nowrap">{sample && <><Sample /> </>}{monthly ? money(amountFen, 'month') : money(amountFen)}</span>
}

/** Why, in place: sentences, every condition with its source, then what follows from the answer. */
export function Explain({ of, actions }: { readonly of: Explanation; readonly actions?: ReactNode }) {
  const { both, day } = useWords()
  const mark = sampleMark(of)
  return (
    <div className="ent-why">
      <ReasonSentence
        sentences={of.sentences.map((one, at) => <span key={at}>{both(one)}{at === 0 && mark && <> <Sample of={mark} /></>} </span>)}
        conditions={of.conditions.map((one, at) => ({
          key: String(at), need: both(one.must), theirs: both(one.has), source: <>{both(one.source)}{one.on !== null && <> <span className="nowrap">{day(one.on)}</span></>}</>, state: one.verdict,
        }))}
      />
      <Facts of={of} />
      {actions && <div className="foot row wrap no-print">{actions}</div>}
    </div>
  )
}

function Facts({ of }: { readonly of: Explanation }) {
  const { t, both, day, month } = useWords()
  const rows: readonly (readonly [string, ReactNode])[] = [
    ...(of.missing.length > 0 ? [[t('ent.missing'), <ul>{of.missing.map((one) => <li key={one.fact}><StateMark small state="unknown">{both(one.label)}</StateMark>{one.ask && <> · {both(one.ask)}</>}</li>)}</ul>] as const] : []),
    ...(of.standing === 'no' && of.nearest.length > 0 ? [[t('ent.nearest'), <ul>{of.nearest.map((one, at) => <li key={at}>{both(one.text)}</li>)}</ul>] as const] : []),
    ...(of.turns.length > 0 ? [[t('ent.ahead'), <ul>{of.turns.map((one, at) => <li key={at}><b className="nowrap">{day(one.on)}</b> {both(one.text)}</li>)}</ul>] as const] : []),
    ...(of.payFrom !== null ? [[t('ent.pay'), of.payTo === null ? t('ent.payFrom', { from: month(of.payFrom) }) : t('ent.payBetween', { from: month(of.payFrom), to: month(of.payTo) })] as const] : []),
    ...(of.enjoyingSince !== null ? [[t('ent.since'), day(of.enjoyingSince)] as const] : []),
    ...(of.stacking.length > 0 ? [[t('ent.stacking'), <ul>{of.stacking.map((one, at) => <li key={at}>{both(one.text)}</li>)}</ul>] as const] : []),
    ...(of.evidence.length > 0 ? [[t('ent.evidence'), <span>{of.evidence.map((one, at) => <span key={at}>{at > 0 && t('ent.and')}{both(one.label)}{one.held ? t('ent.held') : one.auto ? t('ent.auto') : ''}</span>)}</span>] as const] : []),
    ...(of.clauses.length > 0 ? [[t('reason.basis'), <ul>{of.clauses.map((one) => <li key={one.id}>{both(one.text)}</li>)}</ul>] as const] : []),
  ]
  if (rows.length === 0) return null
  return <dl className="ent-facts">{rows.map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>
}

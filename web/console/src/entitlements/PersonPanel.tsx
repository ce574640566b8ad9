import { useRef, useState } from 'react'
import { seePerson } from '@songbai/capabilities/decide/entitlements/contract'
import type { Explanation } from '@songbai/capabilities/decide/entitlements/contract'
import { Icon } from '@songbai/web-shared/icons.tsx'
import { useKeys } from '@songbai/web-shared/Keys.tsx'
import { StateMark } from '@songbai/web-shared/widgets/Marks.tsx'
import { Waiting } from '@songbai/web-shared/widgets/States.tsx'
import { Card } from '@songbai/web-shared/widgets/Work.tsx'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { SayNo, useAsOf, useSee } from '../query.tsx'
import { Amount, Explain } from './Explain.tsx'
import { NoticePaper } from './NoticePaper.tsx'
import { ReadAloud } from './ReadAloud.tsx'
import { MARK, ORDER, WORD, becauseOf, inOrder } from './standing.ts'
import './entitlements.css'

/** What one elder is entitled to on the day of the top bar: every item, its answer, and why, opened in place. */
export function PersonPanel({ elderId }: { readonly elderId: string }) {
  const { t } = useWords()
  const seen = useSee(seePerson, { elderId, ...useAsOf() })
  const value = seen.value?.elderId === elderId ? seen.value : undefined
  return (
    <Card title={t('ent.person')} note={value && t('ent.person.asOf', { day: value.at, n: value.items.length })} right={value && <Marks items={value.items} />}>
      {seen.no ? <div className="pad"><SayNo no={seen.no} onRetry={seen.again} /></div> : <Waiting for={value} rows={6}>{(got) => <Rows key={elderId} items={got.items} at={got.at} elderId={elderId} />}</Waiting>}
    </Card>
  )
}

export default PersonPanel

function Marks({ items }: { readonly items: readonly Explanation[] }) {
  const { t } = useWords()
  const counted = ORDER.map((standing) => ({ standing, n: items.filter((one) => one.standing === standing).length })).filter((one) => one.n > 0)
  return <span className="ent-marks">{counted.map(({ standing, n }) => <StateMark key={standing} small state={MARK[standing]}>{t(WORD[standing])} {n}</StateMark>)}</span>
}

function Rows({ items, at, elderId }: { readonly items: readonly Explanation[]; readonly at: string; readonly elderId: string }) {
  const { t } = useWords()
  const { open, folded } = inOrder(items)
  const [whole, setWhole] = useState(open.length === 0)
  const [opened, setOpened] = useState<string | null>(null)
  const box = useRef<HTMLDivElement>(null)
  usePanelKeys(box, () => setOpened(null))
  const shown = whole ? [...open, ...folded] : open
  if (items.length === 0) return <p className="pad muted">{t('ent.person.none')}</p>
  return (
    <div className="ent-table" ref={box}>
      <table className="tb">
        <thead><tr><th>{t('reason.result')}</th><th>{t('ent.item')}</th><th>{t('ent.because')}</th><th className="num">{t('ent.amount')}</th></tr></thead>
        <tbody>{shown.map((one) => <Row key={one.item.id} of={one} at={at} elderId={elderId} open={opened === one.item.id} onToggle={() => setOpened(opened === one.item.id ? null : one.item.id)} />)}</tbody>
      </table>
      {folded.length > 0 && <button type="button" className="rest" aria-expanded={whole} onClick={() => setWhole(!whole)}>{whole ? t('ent.fold', { n: folded.length }) : t('ent.rest', { n: folded.length })}</button>}
    </div>
  )
}

// J and K walk from name to name while the panel holds the focus; the page keeps its own keys otherwise.
function usePanelKeys(box: React.RefObject<HTMLDivElement | null>, close: () => void): void {
  const walk = (by: number) => {
    const names = [...(box.current?.querySelectorAll<HTMLElement>('.name,.rest') ?? [])]
    const here = names.findIndex((one) => one === document.activeElement)
    if (!box.current?.contains(document.activeElement)) return false
    names[Math.min(names.length - 1, Math.max(0, here + by))]?.focus()
    return true
  }
  const inside = () => box.current?.contains(document.activeElement) ?? false
  useKeys({ j: () => walk(1), ArrowDown: () => walk(1), k: () => walk(-1), ArrowUp: () => walk(-1), Escape: () => (inside() ? close() : false) }, box)
}

function Row({ of, at, elderId, open, onToggle }: { readonly of: Explanation; readonly at: string; readonly elderId: string; readonly open: boolean; readonly onToggle: () => void }) {
  const { t, both, lang } = useWords()
  const because = becauseOf(of).slice(0, 3).map(both)
  const asks = of.standing === 'unknown' ? [...new Set(of.missing.flatMap((one) => (one.ask ? [both(one.ask)] : [])))] : []
  return (
    <>
      <tr className={`${open ? 'on' : ''}${of.standing === 'entitledNotEnjoying' || of.standing === 'enjoyingNotEntitled' ? ' strong' : ''}`} onClick={onToggle}>
        <td><StateMark state={MARK[of.standing]}>{t(WORD[of.standing])}</StateMark></td>
        <td><button type="button" className="name" aria-expanded={open} onClick={(event) => { event.stopPropagation(); onToggle() }}>{both(of.item.title)}</button></td>
        <td>{of.standing === 'unknown' ? t('ent.unknown.because', { facts: because.join(lang === 'en' ? ', ' : '、') }) : because.join(lang === 'en' ? ', ' : '，')}{asks.length > 0 && <>{lang === 'en' ? ' ' : ''}<span className="ask">{asks.join(lang === 'en' ? '; ' : '；')}</span></>}</td>
        <td className="num"><Amount kind={of.item.kind} amountFen={of.amountFen} sample={of.sample} monthly={of.payFrom !== null} /></td>
      </tr>
      {open && <tr className="ent-opened"><td className="ent-open" colSpan={4} onClick={(event) => event.stopPropagation()}><div><Opened of={of} at={at} elderId={elderId} /></div></td></tr>}
    </>
  )
}

/** The explanation with the two things a clerk does with it: print it for the elder, read it on the phone. */
export function Opened({ of, at, elderId }: { readonly of: Explanation; readonly at: string; readonly elderId: string }) {
  const { t } = useWords()
  const [sheet, setSheet] = useState<'paper' | 'voice' | null>(null)
  // Nothing is printed for or read to somebody who died.
  const gone = of.conditions.some((one) => one.fact === 'dead' && one.verdict === 'no')
  return (
    <>
      <Explain of={of} actions={gone ? null : <><button type="button" className="b p" onClick={() => setSheet('paper')}><Icon name="print" />{t('ent.printFor')}</button><button type="button" className="b" onClick={() => setSheet('voice')}><Icon name="speak" />{t('ent.read')}</button></>} />
      {sheet === 'paper' && <NoticePaper of={of} at={at} elderId={elderId} onClose={() => setSheet(null)} />}
      {sheet === 'voice' && <ReadAloud of={of} onClose={() => setSheet(null)} />}
    </>
  )
}

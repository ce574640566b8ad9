import { seeElder } from '@songbai/capabilities/know/elders/contract'
import type { Explanation } from '@songbai/capabilities/decide/entitlements/contract'
import { Sample, StateMark } from '@songbai/web-shared/widgets/Marks.tsx'
import { Waiting } from '@songbai/web-shared/widgets/States.tsx'
import { formatDayLong } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { SayNo, useAsOf, useSee } from '../query.tsx'
import { Paper, PaperFoot } from './Paper.tsx'
import { maskName, sampleMark } from './standing.ts'

/** One sheet for the elder: the answer in large type, the conditions, the basis, what to do. The name is masked as on any notice. */
export function NoticePaper({ of, at, elderId, onClose }: { readonly of: Explanation; readonly at: string; readonly elderId: string; readonly onClose: () => void }) {
  const { t } = useWords()
  const seen = useSee(seeElder, { id: elderId, ...useAsOf() })
  return (
    <Paper title={t('ent.printFor')} onClose={onClose}>
      {seen.no ? <SayNo no={seen.no} onRetry={seen.again} /> : <Waiting for={seen.value}>{(got) => <Letter of={of} at={at} name={got.elder.name} />}</Waiting>}
    </Paper>
  )
}

function Letter({ of, at, name }: { readonly of: Explanation; readonly at: string; readonly name: string }) {
  const { t, both, lang } = useWords()
  const [first, ...more] = of.sentences
  const masked = maskName(name)
  const mark = sampleMark(of)
  // The last sentence usually names the clauses already.
  const named = of.sentences.some((one) => one.zh.includes('依据'))
  return (
    <>
      <h1>{t(of.standing === 'entitledNotEnjoying' ? 'ent.notice' : 'ent.statement')}</h1>
      <p>{t('ent.dear', { name: masked })}</p>
      {first && <p className="elder">{both(first)}{mark && <> <Sample of={mark} /></>}</p>}
      {more.map((one, n) => <p key={n} className="say">{both(one)}</p>)}
      {of.conditions.length > 0 && (
        <table>
          <thead><tr><th>{t('reason.need')}</th><th>{t('ent.yours')}</th><th>{t('reason.source')}</th><th>{t('reason.result')}</th></tr></thead>
          <tbody>{of.conditions.map((one, n) => <tr key={n}><td>{both(one.must)}</td><td>{both(one.has)}</td><td>{both(one.source)}{one.on !== null && <> {formatDayLong(one.on, lang)}</>}</td><td><StateMark state={one.verdict} /></td></tr>)}</tbody>
        </table>
      )}
      {!named && of.clauses.length > 0 && <p>{t('ent.basis', { text: of.clauses.map((one) => both(one.text)).join(lang === 'en' ? '; ' : '；') })}</p>}
      {of.missing.some((one) => one.ask) && <p>{t('ent.toAsk', { text: of.missing.flatMap((one) => (one.ask ? [both(one.ask)] : [])).join(lang === 'en' ? '; ' : '；') })}</p>}
      {of.standing === 'entitledNotEnjoying' && <div className="box"><b>{t('ent.todo')}</b> {t('ent.todo.body')}</div>}
      <p>{t('ent.disagree')}</p>
      <p className="sign">{t('ent.seal')}<br />{formatDayLong(at, lang)}</p>
      {of.standing === 'entitledNotEnjoying' && (
        <div className="receipt">
          <p><b>{t('ent.receipt')}</b>　{masked}　{both(of.item.title)}</p>
          <p>□ {t('ent.receipt.yes')}　□ {t('ent.receipt.no')}　□ {t('ent.receipt.explain')}</p>
          <p>{t('ent.receipt.sign')} <span className="line" />　{t('ent.receipt.day')} <span className="line" /></p>
        </div>
      )}
      <PaperFoot at={at} data={[of.item.id, of.standing, of.amountFen, of.policyVersion, at, of.conditions.map((one) => [one.fact, one.has.zh, one.on, one.verdict])]} />
    </>
  )
}

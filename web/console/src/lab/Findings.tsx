import { confirmFinding, seeVersion } from '@songbai/capabilities/decide/policies/contract'
import type { FindingShown } from '@songbai/capabilities/decide/policies/contract'
import { tryOut } from '@songbai/capabilities/decide/lab/contract'
import { StateMark } from '@songbai/web-shared/widgets/Marks.tsx'
import { Card } from '@songbai/web-shared/widgets/Work.tsx'
import { formatNumber } from '@songbai/web-shared/words/format.ts'
import type { WordKey } from '@songbai/web-shared/words/catalogue.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { SayNo, useDo } from '../query.tsx'
import type { Lab } from './useLab.ts'

const REFRESH = [tryOut, seeVersion]

/** Short names of what the analysis finds. */
const NAME: Readonly<Record<string, Extract<WordKey, `lab.find.${string}`>>> = {
  neverTrue: 'lab.find.neverTrue', shadowed: 'lab.find.shadowed', overlap: 'lab.find.overlap', overlapAmounts: 'lab.find.overlap', gap: 'lab.find.gap', uncovered: 'lab.find.uncovered', paramWithoutValue: 'lab.find.noValue', deadLet: 'lab.find.unused', deadParam: 'lab.find.unused',
  stackingCycle: 'lab.find.stacking', partnerMissing: 'lab.find.stacking', belowUpper: 'lab.find.belowUpper', basisRepealed: 'lab.find.basis', basisMissing: 'lab.find.basis', amountFalls: 'lab.find.amountFalls', rowWithoutCase: 'lab.find.noCase', notProved: 'lab.find.notProved',
}

export function openFindings(findings: readonly FindingShown[]): { readonly errors: number; readonly toConfirm: number } {
  return { errors: findings.filter((one) => one.severity === 'error').length, toConfirm: findings.filter((one) => one.severity === 'confirm' && one.confirmed === null).length }
}

/** What the analysis and the reading of the text found, each with the way to put it right. */
export function Findings({ lab, onLine, current }: { readonly lab: Lab; readonly onLine: (line: number) => void; readonly current: string | null }) {
  const { t, both } = useWords()
  const confirm = useDo(confirmFinding, REFRESH)
  const { trial } = lab
  if (!trial) return <Card title={t('lab.check')}><p className="pad muted">{t('lab.counting')}</p></Card>
  const { errors, toConfirm } = openFindings(trial.findings)
  const bad = errors + trial.problems.length
  const quiet = trial.findings.filter((one) => one.severity === 'info')
  const settle = async (one: FindingShown, meantSo: boolean) => { if (await lab.saved.now()) await confirm.run({ id: lab.got.version.id, key: one.key, meantSo }) }
  return (
    <Card className="lab-findings" title={t('lab.check')} note={trial.problems.length > 0 ? t('lab.check.unread') : t('lab.check.walked', { n: formatNumber(trial.steps), ms: formatNumber(trial.checkMs) })} right={<>{bad > 0 && <StateMark state="alarm" small>{t('lab.check.errors', { n: bad })}</StateMark>}{toConfirm > 0 && <StateMark state="notYet" small>{t('lab.check.confirm', { n: toConfirm })}</StateMark>}{bad + toConfirm === 0 && <StateMark state="yes" small>{t('lab.check.clean')}</StateMark>}</>}>
      {trial.problems.map((one, n) => <div key={`p${n}`} className={`fd${current === `p${n}` ? ' cur' : ''}`}><StateMark state="alarm">{t('pol.line', { n: one.line })}</StateMark><span>{both(one.text)}</span><button type="button" className="b s" onClick={() => onLine(one.line)}>{t('lab.goTo')}</button></div>)}
      {trial.findings.filter((one) => one.severity !== 'info').map((one) => (
        <div key={one.key} className={`fd${current === one.key ? ' cur' : ''}`}>
          <StateMark state={one.severity === 'error' ? 'alarm' : one.confirmed ? 'yes' : 'notYet'}>{t(NAME[one.code] ?? 'lab.find.gap')}</StateMark>
          <span>{both(one.text)}{one.confirmed && <span className="src"> {t('lab.confirmedBy', { who: one.confirmed.by })}</span>}</span>
          <span className="row wrap">
            {lab.write && !one.confirmed && one.fixes.map((fix, n) => <button key={n} type="button" className={n === 0 && one.severity === 'error' ? 'b s p' : 'b s'} onClick={() => lab.setText(fix.yaml)}>{both(fix.label)}</button>)}
            {lab.write && one.severity === 'confirm' && <button type="button" className="b s" disabled={confirm.busy} onClick={() => void settle(one, one.confirmed === null)}>{t(one.confirmed ? 'lab.takeBack' : 'lab.meantSo')}</button>}
          </span>
        </div>
      ))}
      {quiet.length > 0 && <details className="quiet"><summary>{t('lab.check.notes', { n: quiet.length })}</summary>{quiet.map((one) => <div key={one.key} className="fd"><StateMark state="unknown">{t(NAME[one.code] ?? 'lab.find.gap')}</StateMark><span>{both(one.text)}</span><span>{lab.write && one.fixes.map((fix, n) => <button key={n} type="button" className="b s" onClick={() => lab.setText(fix.yaml)}>{both(fix.label)}</button>)}</span></div>)}</details>}
      {confirm.no && <div className="pad"><SayNo no={confirm.no} /></div>}
    </Card>
  )
}

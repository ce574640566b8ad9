import { useState } from 'react'
import { handOver, tryOut } from '@songbai/capabilities/decide/lab/contract'
import type { seeVersion } from '@songbai/capabilities/decide/policies/contract'
import type { OutputOf } from '@songbai/web-shared/api.ts'
import { formatNumber, parseDay } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { losers, sumText, winners } from '../lab/model.ts'
import { Uses } from '../lab/Uses.tsx'
import { Field } from '../parts/Fields.tsx'
import { SayNo, useDo, useSee } from '../query.tsx'
import { useSession } from '../session.ts'
import { PastDay } from './PastDay.tsx'

/** Measures a version that came for review without figures: for which day and how many uses is said first, and what reaches back is confirmed with its sum in sight. */
export function Measure({ version, yaml }: { readonly version: OutputOf<typeof seeVersion>['version']; readonly yaml: string }) {
  const { t, both } = useWords()
  const { me } = useSession()
  const { run, busy, no } = useDo(handOver)
  const [typed, setTyped] = useState(() => (version.effectiveFrom !== null && version.effectiveFrom > me.today ? version.effectiveFrom : me.today))
  const [uses, setUses] = useState(1)
  const [sure, setSure] = useState(false)
  const at = parseDay(typed)
  const seen = useSee(tryOut, at === null ? null : { id: version.id, yaml, place: version.region, at, uses })
  const trial = seen.value
  const past = trial?.past ?? []
  const from = past.map((one) => one.from).sort()[0]
  const figures = trial?.figures ?? null
  const ready = at !== null && figures !== null && !seen.refreshing && (from === undefined || sure)
  const measure = () => void run({ id: version.id, ...(at === null ? {} : { at }), uses, ...(from !== undefined && sure ? { confirmPast: true } : {}) })
  return (
    <form className="pad form" onSubmit={(event) => { event.preventDefault(); measure() }}>
      <Field label={t('pol.measure.at')} hint={t('pol.measure.atHint')}>{(id) => <><input id={id} className="in" autoComplete="off" inputMode="numeric" maxLength={14} aria-invalid={at === null} value={typed} onChange={(event) => { setTyped(event.target.value); setSure(false) }} />{at === null && <p className="err" role="alert">{t('pol.needDay')}</p>}</>}</Field>
      {figures?.cycle === 'use' && <p><Uses uses={uses} onUses={(n) => { setUses(n); setSure(false) }} /></p>}
      {figures && <p role="status" className={seen.refreshing ? 'muted' : undefined}><b>{t('pol.measure.would', { fen: sumText(figures.afterFen), was: sumText(figures.beforeFen) })}</b> {t('pol.impact.groups', { up: formatNumber(winners(figures.groups)), down: formatNumber(losers(figures.groups)), same: formatNumber(figures.groups.unchanged), all: formatNumber(figures.population) })}</p>}
      {!trial && !seen.no && at !== null && <p className="muted" role="status">{t('pol.impact.busy')}</p>}
      {trial && figures === null && <SayNo no={{ ok: false, refusal: { code: 'lab.unreadable', args: {} } }} />}
      {from !== undefined && <PastDay id={version.id} from={from} uses={uses} sure={sure} onSure={setSure}>{past.map((one) => <p key={one.text.zh}>{both(one.text)}</p>)}</PastDay>}
      <SayNo no={no ?? seen.no} />
      <div className="row wrap" style={{ marginTop: 10 }}><button type="submit" className="b p" disabled={busy || !ready}>{t(busy ? 'pol.impact.busy' : 'pol.impact.measure')}</button></div>
    </form>
  )
}

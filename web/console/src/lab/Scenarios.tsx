import { useState } from 'react'
import { deleteScenario, listScenarios, saveScenario } from '@songbai/capabilities/decide/lab/contract'
import type { Figures, Scenario } from '@songbai/capabilities/decide/lab/contract'
import { Dialog } from '@songbai/web-shared/widgets/Float.tsx'
import { chinaDay, formatNumber } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { SayNo, useDo, useSee } from '../query.tsx'
import { may, useSession } from '../session.ts'
import { Lines } from './Lines.tsx'
import { losers, signed, sumText, winners } from './model.ts'
import type { Lab } from './useLab.ts'

const MOST = 4

/** Ways it might be: the law, the draft, and what was kept before. Up to four stand beside each other. */
export function Scenarios({ lab }: { readonly lab: Lab }) {
  const { t } = useWords()
  const { me } = useSession()
  const { item, version } = lab.got.version
  const seen = useSee(listScenarios, { item })
  const [picked, setPicked] = useState<readonly string[]>([])
  const [comparing, setComparing] = useState(false)
  const [saving, setSaving] = useState(false)
  const scenarios = seen.value?.scenarios ?? []
  const pick = (id: string) => setPicked((before) => (before.includes(id) ? before.filter((one) => one !== id) : [...before, id].slice(-MOST)))
  return (
    <div className="row sm wrap scen">
      <span className="muted">{t('lab.scenarios')}</span>
      {lab.got.version.newestVersion !== null && <span className="ch sq">{t('lab.scen.law', { n: lab.got.version.newestVersion })}</span>}
      <span className="ch g sq">{t(lab.write ? 'lab.scen.draft' : 'lab.scen.this', { n: version })}</span>
      {scenarios.slice(0, 8).map((one) => <button key={one.id} type="button" className={picked.includes(one.id) ? 'ch sq on' : 'ch sq'} aria-pressed={picked.includes(one.id)} title={t('lab.scen.of', { who: one.createdBy, day: chinaDay(one.createdAt) })} onClick={() => pick(one.id)}>{one.name}</button>)}
      {picked.length > 0 && <button type="button" className="lk" onClick={() => setComparing(true)}>{t('lab.scen.compare', { n: picked.length })}</button>}
      {lab.trial?.figures && may(me, saveScenario) && <button type="button" className="ch sq" onClick={() => setSaving(true)}>＋ {t('lab.scen.save')}</button>}
      {saving && <SaveDialog lab={lab} onClose={() => setSaving(false)} />}
      {comparing && <Comparison lab={lab} scenarios={scenarios.filter((one) => picked.includes(one.id))} onClose={() => setComparing(false)} onGone={(id) => setPicked((before) => before.filter((one) => one !== id))} />}
    </div>
  )
}

function SaveDialog({ lab, onClose }: { readonly lab: Lab; readonly onClose: () => void }) {
  const { t } = useWords()
  const { run, busy, no } = useDo(saveScenario, [listScenarios])
  const [name, setName] = useState('')
  const save = async () => { if ((await run({ ...lab.question, name: name.trim(), baseVersionId: lab.got.version.id })).ok) onClose() }
  return (
    <Dialog title={t('lab.scen.save')} onClose={onClose}>
      <form onSubmit={(event) => { event.preventDefault(); void save() }}>
        <p>{t('lab.scen.how')}</p>
        <div className="fld"><label htmlFor="scen-name">{t('lab.scen.name')}</label><input id="scen-name" className="in" autoFocus autoComplete="off" maxLength={60} value={name} onChange={(event) => setName(event.target.value)} /></div>
        <SayNo no={no} />
        <div className="row"><button type="submit" className="b p" disabled={busy || name.trim() === ''}>{t('lab.scen.keep')}</button><button type="button" className="b" onClick={onClose}>{t('common.cancel')}</button></div>
      </form>
    </Dialog>
  )
}

const LINES = [['lab.cmp.after', (f: Figures) => sumText(f.afterFen)], ['lab.cmp.delta', (f: Figures) => signed(f.afterFen - f.beforeFen)], ['lab.cmp.entitled', (f: Figures) => formatNumber(f.entitledAfter)], ['lab.winners', (f: Figures) => formatNumber(winners(f.groups))], ['lab.losers', (f: Figures) => formatNumber(losers(f.groups))], ['lab.cmp.population', (f: Figures) => formatNumber(f.population)]] as const

/** Scenarios side by side, as they were measured; the draft as it stands now is the first column. */
function Comparison({ lab, scenarios, onClose, onGone }: { readonly lab: Lab; readonly scenarios: readonly Scenario[]; readonly onClose: () => void; readonly onGone: (id: string) => void }) {
  const { t, both } = useWords()
  const { me } = useSession()
  const remove = useDo(deleteScenario, [listScenarios])
  const now = lab.trial?.figures
  const columns: readonly { readonly key: string; readonly name: string; readonly figures: Figures; readonly scenario: Scenario | null }[] = [...(now ? [{ key: 'now', name: t('lab.scen.draft', { n: lab.got.version.version }), figures: now, scenario: null }] : []), ...scenarios.map((one) => ({ key: one.id, name: one.name, figures: one.figures, scenario: one }))]
  const places = [...new Map(columns.flatMap((one) => one.figures.townships.map((each) => [each.code, each.name] as const)))]
  return (
    <Dialog title={t('lab.scen.compare', { n: scenarios.length })} onClose={onClose}>
      <div className="scroll-x lab-compare">
        <table className="tb">
          <thead><tr><th />{columns.map((one) => <th key={one.key} className="num">{one.name}{one.scenario && <div className="sm muted">{one.figures.at}</div>}</th>)}</tr></thead>
          <tbody>
            {LINES.map(([word, of]) => <tr key={word}><td>{t(word)}</td>{columns.map((one) => <td key={one.key} className="num">{of(one.figures)}</td>)}</tr>)}
            <tr><td colSpan={columns.length + 1} className="muted">{t('lab.places')}</td></tr>
            {places.map(([code, name]) => <tr key={code}><td>{name || t('lab.unplaced')}</td>{columns.map((one) => { const place = one.figures.townships.find((each) => each.code === code); return <td key={one.key} className="num">{place ? signed(place.afterFen - place.beforeFen) : '—'}</td> })}</tr>)}
            <tr><td>{t('lab.months.title')}</td>{columns.map((one) => <td key={one.key}>{one.scenario && <Lines months={one.scenario.months} />}</td>)}</tr>
            <tr><td>{t('lab.assumed')}</td>{columns.map((one) => <td key={one.key} className="sm muted">{one.scenario?.assumptions.map(both).join(t('lab.semi'))}</td>)}</tr>
            {lab.write && <tr><td />{columns.map((one) => <td key={one.key} className="num">{one.scenario && <><button type="button" className="b s" onClick={() => { lab.setText(one.scenario!.yaml); onClose() }}>{t('lab.scen.take')}</button>{may(me, deleteScenario) && <button type="button" className="b s d" disabled={remove.busy} onClick={() => void remove.run({ id: one.key }).then((answer) => { if (answer.ok) onGone(one.key) })}>{t('lab.scen.delete')}</button>}</>}</td>)}</tr>}
          </tbody>
        </table>
      </div>
      <SayNo no={remove.no} />
      <div className="row"><button type="button" className="b" onClick={onClose}>{t('common.close')}</button></div>
    </Dialog>
  )
}

import { useState } from 'react'
import { listScenarios } from '@songbai/capabilities/decide/lab/contract'
import { listItems, listVersions, saveDraft, seeVersion } from '@songbai/capabilities/decide/policies/contract'
import type { ItemRow } from '@songbai/capabilities/decide/policies/contract'
import { useClient } from '@songbai/web-shared/api.ts'
import { To, useGo } from '@songbai/web-shared/go.tsx'
import { Icon } from '@songbai/web-shared/icons.tsx'
import { Chip, Sample } from '@songbai/web-shared/widgets/Marks.tsx'
import { Briefing, Card } from '@songbai/web-shared/widgets/Work.tsx'
import { chinaDay, formatNumber } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { SayNo, Show, useDo, useSee } from '../query.tsx'
import type { No } from '../query.tsx'
import { may, useSession } from '../session.ts'
import { KIND_WORD, useVersionName, VersionMark } from '../policies/parts.tsx'
import { localText } from '../policies/draftText.ts'
import { losers, signed, winners } from './model.ts'
import './lab.css'

/** Every item with its versions, open drafts and kept scenarios; a new draft is one press away. */
export default function LabPage() {
  const { t, both } = useWords()
  const { me, view } = useSession()
  const go = useGo()
  const items = useSee(listItems, { place: view.region })
  const versions = useSee(listVersions, {})
  const scenarios = useSee(listScenarios, {})
  const nameOf = useVersionName()
  const [no, setNo] = useState<No | null>(null)
  const open = versions.value?.versions.filter((one) => one.state === 'draft' || one.state === 'inReview') ?? []
  const kept = scenarios.value?.scenarios ?? []
  return (
    <div className="page lab">
      <Briefing title={t('menu.lab')} actions={may(me, saveDraft) && !view.readOnly && <button type="button" className="b" onClick={() => go('/policies/versions/new')}><Icon name="plus" />{t('pol.new')}</button>}>{t('lab.lead')}</Briefing>
      {no && <SayNo no={no} />}
      {open.length > 0 && (
        <Card title={t('lab.list.open')} note={t('lab.list.n', { n: formatNumber(open.length) })}>
          <ul className="lab-list">{open.map((one) => <li key={one.id}><To to={`/lab/${one.id}`}><b>{both(one.title)}</b></To> <span className="muted">{nameOf(one)}</span> <VersionMark state={one.state} />{one.measured && <Chip tone="good" square>{t('lab.measured')}</Chip>}<span className="src end">{one.draftedBy} · {chinaDay(one.draftedAt)}</span></li>)}</ul>
        </Card>
      )}
      {kept.length > 0 && (
        <Card title={t('lab.scenarios')} note={t('lab.list.scen', { n: formatNumber(kept.length) })}>
          <ul className="lab-list">{kept.map((one) => <li key={one.id}>{one.baseVersionId ? <To to={`/lab/${one.baseVersionId}`}><b>{one.name}</b></To> : <b>{one.name}</b>} <span className="muted">{one.item}</span><span>{t('lab.scen.line', { fen: signed(one.figures.afterFen - one.figures.beforeFen), up: formatNumber(winners(one.figures.groups)), down: formatNumber(losers(one.figures.groups)) })}</span><span className="src end">{one.createdBy} · {chinaDay(one.createdAt)}</span></li>)}</ul>
        </Card>
      )}
      <Show seen={items} rows={8}>
        {(got) => (
          <Card title={t('lab.list.items')} note={t('lab.list.n', { n: formatNumber(got.items.length) })}>
            <div className="lab-items">
              <table className="tb">
                <thead><tr><th>{t('ent.item')}</th><th>{t('lab.list.kind')}</th><th>{t('pol.col.standard')}</th><th>{t('pol.col.version')}</th><th><span className="sr">{t('work.see')}</span></th></tr></thead>
                <tbody>{got.items.map((one) => <Item key={one.id} of={one} versions={versions.value?.versions.filter((each) => each.item === one.id && each.state === 'published').length ?? 1} onNo={setNo} />)}</tbody>
              </table>
            </div>
          </Card>
        )}
      </Show>
    </div>
  )
}

function Item({ of, versions, onNo }: { readonly of: ItemRow; readonly versions: number; readonly onNo: (no: No | null) => void }) {
  const { t, both } = useWords()
  const { me, view } = useSession()
  const go = useGo()
  const client = useClient()
  const { run, busy } = useDo(saveDraft)
  const own = me.places.at(-1)
  const start = async () => {
    const read = await client.see(seeVersion, { id: of.versionId })
    const answer = read.ok ? await run({ yaml: own ? localText(read.value.yaml, of.region, own.region, own.name) : read.value.yaml, note: t('pol.draft.from', { n: of.version }) }) : read
    onNo(answer.ok ? null : answer)
    if (answer.ok) go(`/lab/${answer.value.id}`)
  }
  return (
    <tr>
      <td><To to={`/lab/${of.versionId}`}><b>{both(of.title)}</b></To> {of.sample && <Sample />}</td>
      <td data-head={t('lab.list.kind')}>{t(KIND_WORD[of.kind])}</td>
      <td data-head={t('pol.col.standard')} className="clip">{both(of.standard)}</td>
      <td data-head={t('pol.col.version')} className="nowrap">{of.regionName} {t('pol.version', { n: of.version })}{versions > 1 && <span className="muted"> · {t('lab.list.versions', { n: versions })}</span>}</td>
      <td className="num">{may(me, saveDraft) && !view.readOnly && <button type="button" className="b s" disabled={busy} onClick={() => void start()}>{t('lab.newDraft')}</button>}</td>
    </tr>
  )
}

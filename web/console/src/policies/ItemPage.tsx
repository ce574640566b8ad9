import { useState } from 'react'
import { useParams } from 'react-router'
import { compareVersions, listItems, listVersions, saveDraft, seeVersion } from '@songbai/capabilities/decide/policies/contract'
import type { ItemRow } from '@songbai/capabilities/decide/policies/contract'
import { Icon } from '@songbai/web-shared/icons.tsx'
import { useClient } from '@songbai/web-shared/api.ts'
import { To, useGo } from '@songbai/web-shared/go.tsx'
import { Chip, Sample } from '@songbai/web-shared/widgets/Marks.tsx'
import { EmptyState, Waiting } from '@songbai/web-shared/widgets/States.tsx'
import { Briefing, Card } from '@songbai/web-shared/widgets/Work.tsx'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { SayNo, Show, useDo, useSee } from '../query.tsx'
import type { No } from '../query.tsx'
import { may, useSession } from '../session.ts'
import { ClauseLink, KIND_WORD, useDays, useVersionName } from './parts.tsx'
import type { Version } from './parts.tsx'
import { localText } from './draftText.ts'
import { VersionsTable } from './VersionsTable.tsx'

/** One item: what holds on the day of the top bar, its versions, two of them compared, a new draft. */
export default function ItemPage() {
  const { id = '' } = useParams()
  const { t, both } = useWords()
  const { me, view } = useSession()
  const go = useGo()
  const days = useDays()
  const items = useSee(listItems, { place: view.region, at: view.at })
  const versions = useSee(listVersions, { item: id })
  const now = items.value?.items.find((one) => one.id === id)
  const newest = versions.value?.versions.find((one) => one.id === now?.versionId) ?? versions.value?.versions[0]
  const title = now?.title ?? newest?.title
  return (
    <div className="page">
      <Briefing title={title ? both(title) : t('ent.item')} actions={<><button type="button" className="b" onClick={() => go(`/policies${days}`)}><Icon name="left" />{t('pol.tab.list')}</button><button type="button" className="b" onClick={() => go(`/entitlements${days ? `${days}&` : '?'}item=${encodeURIComponent(id)}`)}><Icon name="people" />{t('pol.who')}</button>{may(me, saveDraft) && !view.readOnly && newest && <NewVersion from={newest} />}</>}>
        {now && <>{t(KIND_WORD[now.kind])} · {now.regionName}</>}
      </Briefing>
      <Show seen={items} rows={6}>{() => (now ? <Now of={now} /> : <Card title={t('pol.now')}><p className="pad muted">{t('pol.now.none', { day: view.at })}</p></Card>)}</Show>
      <Show seen={versions} rows={4}>{(got) => (got.versions.length === 0 ? <EmptyState icon="book" title={t('pol.noVersions')} actions={<button type="button" className="b p" onClick={() => go(`/policies${days}`)}>{t('pol.tab.list')}</button>} /> : <Versions key={id} versions={got.versions} />)}</Show>
    </div>
  )
}

function Now({ of }: { readonly of: ItemRow }) {
  const { t, both } = useWords()
  const { view } = useSession()
  return (
    <Card title={t('pol.now')} note={t('pol.now.at', { day: view.at })} right={<To to={`/policies/versions/${of.versionId}`}>{t('pol.version', { n: of.version })}</To>}>
      <dl className="pol-facts">
        {of.listNumber !== null && <><dt>{t('pol.col.number')}</dt><dd>{of.listNumber}</dd></>}
        <dt>{t('pol.col.object')}</dt><dd>{both(of.object)}</dd>
        <dt>{t('pol.col.content')}</dt><dd>{both(of.content)}</dd>
        <dt>{t('pol.col.standard')}</dt><dd>{both(of.standard)} {of.sample && <Sample of={of.kind === 'cash' ? 'amount' : 'mark'} />}</dd>
        <dt>{t('pol.col.duty')}</dt><dd>{of.duty ? both(of.duty) : <span className="muted">{t('pol.notWritten')}</span>}</dd>
        <dt>{t('reason.basis')}</dt><dd>{of.basis.map((one) => <div key={one.clause}><ClauseLink clause={one.clause}>{both(one.text)}</ClauseLink></div>)}</dd>
        <dt>{t('pol.col.effective')}</dt><dd>{of.effectiveFrom}{of.effectiveTo !== null && <> {t('pol.until', { day: of.effectiveTo })}</>}</dd>
      </dl>
    </Card>
  )
}

/** A new draft begins as the text of the version that holds. */
function NewVersion({ from }: { readonly from: Version }) {
  const { t } = useWords()
  const client = useClient()
  const go = useGo()
  const { me } = useSession()
  const own = me.places[me.places.length - 1]
  const { run, busy, no } = useDo(saveDraft)
  const [unread, setUnread] = useState<No | null>(null)
  const start = async () => {
    const read = await client.see(seeVersion, { id: from.id })
    setUnread(read.ok ? null : read)
    if (!read.ok) return
    const answer = await run({ yaml: own ? localText(read.value.yaml, from.region, own.region, own.name) : read.value.yaml, note: t('pol.draft.from', { n: from.version }) })
    if (answer.ok) go(`/policies/versions/${answer.value.id}`)
  }
  return <><button type="button" className="b p" disabled={busy} onClick={() => void start()}><Icon name="plus" />{t('pol.draft')}</button><SayNo no={unread ?? no} /></>
}

function Versions({ versions }: { readonly versions: readonly Version[] }) {
  const { t } = useWords()
  const [picked, setPicked] = useState<readonly string[]>([])
  // The two newest picks stay; the older is compared with the newer whatever the order of pressing.
  const pick = (id: string) => setPicked((before) => (before.includes(id) ? before.filter((one) => one !== id) : [...before, id].slice(-2)))
  const pair = versions.filter((one) => picked.includes(one.id)).sort((a, b) => a.draftedAt - b.draftedAt || a.version - b.version)
  return (
    <>
      <Card title={t('pol.versions')} note={t('pol.compare.how')}><VersionsTable versions={versions} picked={picked} {...(versions.length > 1 ? { onPick: pick } : {})} /></Card>
      {pair[0] && pair[1] && <Compare a={pair[0]} b={pair[1]} />}
    </>
  )
}

const CHANGE = { added: ['good', 'pol.change.added'], removed: ['hot', 'pol.change.removed'], changed: ['warm', 'pol.change.changed'] } as const

export function Compare({ a, b }: { readonly a: Version; readonly b: Version }) {
  const { t, both } = useWords()
  const nameOf = useVersionName()
  const seen = useSee(compareVersions, { a: a.id, b: b.id })
  const fits = seen.value?.a.id === a.id && seen.value.b.id === b.id
  return (
    <Card title={t('pol.compare')} note={t('pol.compare.two', { a: nameOf(a), b: nameOf(b) })}>
      {seen.no ? <div className="pad"><SayNo no={seen.no} onRetry={seen.again} /></div> : (
        <Waiting for={fits ? seen.value : undefined} rows={3}>
          {(got) => got.changes.length === 0 ? <p className="pad muted">{t('pol.compare.same')}</p> : (
            <div className="pol-versions">
              <table className="tb pol-compare">
                <thead><tr><th>{t('pol.change.what')}</th><th>{t('pol.col.state')}</th><th>{nameOf(a)}</th><th>{nameOf(b)}</th></tr></thead>
                <tbody>{got.changes.map((one) => <tr key={one.path}><td title={one.path}>{both(one.label)}</td><td><Chip square tone={CHANGE[one.kind][0]}>{t(CHANGE[one.kind][1])}</Chip></td><td data-head={nameOf(a)}>{one.before === null ? <span className="muted">{t('ent.nothing')}</span> : one.kind === 'added' ? one.before : <s>{one.before}</s>}</td><td data-head={nameOf(b)}>{one.after === null ? <span className="muted">{t('ent.nothing')}</span> : <b>{one.after}</b>}</td></tr>)}</tbody>
              </table>
            </div>
          )}
        </Waiting>
      )}
    </Card>
  )
}

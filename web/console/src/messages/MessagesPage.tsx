import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { countMessages, listMessages, saveSettings, seeLetters } from '@songbai/capabilities/know/messages/contract'
import type { MessageRow } from '@songbai/capabilities/know/messages/contract'
import { Icon } from '@songbai/web-shared/icons.tsx'
import { useGo } from '@songbai/web-shared/go.tsx'
import { FilteredEmpty } from '@songbai/web-shared/widgets/Deeds.tsx'
import { DenseList } from '@songbai/web-shared/widgets/DenseList.tsx'
import { StateMark } from '@songbai/web-shared/widgets/Marks.tsx'
import { Num } from '@songbai/web-shared/widgets/Num.tsx'
import { EmptyState } from '@songbai/web-shared/widgets/States.tsx'
import { Briefing } from '@songbai/web-shared/widgets/Work.tsx'
import { formatNumber } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { placeSaid } from '../elders/say.ts'
import { Choice } from '../parts/Fields.tsx'
import { usePages } from '../parts/usePages.ts'
import { SayNo, useSee } from '../query.tsx'
import { may, useSession } from '../session.ts'
import { LettersPaper } from './LettersPaper.tsx'
import { MessageDetail } from './MessageDetail.tsx'
import { QuietHours } from './QuietHours.tsx'
import { CHANNEL_WORD, nextWord, reasonParts, STATE_MARK, STATE_WORD, WAITS_WORD } from './say.ts'
import './messages.css'

const AT_ONCE = 200

/** Everything said and to be said: what waits for whom, what failed and why, the next step. */
export default function MessagesPage() {
  const { t } = useWords()
  const { me, view } = useSession()
  const go = useGo()
  const filter = useFilter()
  const counts = useSee(countMessages, { place: view.region }).value
  const pages = usePages(listMessages, { place: view.region, ...filter.input, limit: AT_ONCE }, (value): readonly MessageRow[] => value.rows)
  const [sheet, setSheet] = useState<'letters' | 'quiet' | null>(null)
  const n = (count: number) => t('msg.n', { n: formatNumber(count) })
  return (
    <div className="page">
      <Briefing title={t('msg.title')} actions={<>
        {may(me, saveSettings) && <button type="button" className="b" onClick={() => setSheet('quiet')}><Icon name="moon" />{t('msg.settings')}</button>}
        {may(me, seeLetters) && <button type="button" className="b p" disabled={!counts?.waits.print} title={counts?.waits.print ? undefined : t('msg.letters.none')} onClick={() => setSheet('letters')}><Icon name="print" />{t('msg.letters')}</button>}
      </>}>
        {counts && <Line counts={counts} n={n} />}
      </Briefing>
      {counts && !counts.gateway && <p className="sm muted">{t('msg.gateway.off')}</p>}
      <SayNo no={pages.no} onRetry={pages.again} />
      <DenseList<MessageRow>
        id="messages" label={t('msg.title')} rows={pages.rows} rowKey={(row) => row.id} onPage={(row) => go(`/messages/${row.id}`)} cardHeight={110}
        columns={[
          { id: 'to', title: t('msg.col.to'), width: 'minmax(92px,.8fr)', cell: (row) => <b>{row.toName}</b> },
          { id: 'title', title: t('msg.col.title'), width: 'minmax(150px,2fr)', cell: (row) => <span title={row.short}>{row.title}</span> },
          { id: 'place', title: t('msg.col.place'), width: 'minmax(110px,1fr)', cell: (row) => placeSaid(row.place) },
          { id: 'channel', title: t('msg.col.channel'), width: '104px', cell: (row) => t(CHANNEL_WORD[row.channel]) },
          { id: 'state', title: t('msg.col.state'), width: 'minmax(120px,1fr)', cell: (row) => <State row={row} /> },
          { id: 'next', title: t('msg.col.next'), width: 'minmax(140px,1.4fr)', cell: (row) => t(nextWord(row)) },
          { id: 'when', title: t('msg.col.when'), width: '96px', cell: (row) => <When row={row} /> },
        ]}
        card={(row) => <><div className="row"><b>{row.toName}</b><span className="end sm"><State row={row} /></span></div><div className="el">{row.title}</div><div className="sm muted el">{placeSaid(row.place)} · {t(CHANNEL_WORD[row.channel])} · <When row={row} /></div><div className="sm el">{t(nextWord(row))}</div></>}
        opened={(row) => <MessageDetail key={row.id} id={row.id} />}
        toolbar={<Sentence filter={filter} total={pages.rows === null ? null : pages.total} />}
        empty={filter.conditions.length > 0 ? <FilteredEmpty conditions={filter.conditions} onDrop={filter.drop} onClear={filter.clear} /> : <EmptyState icon="speak" title={t('msg.none')} actions={<button type="button" className="b p" onClick={() => go('/offers')}>{t('msg.none.see')}</button>}>{t('msg.none.body')}</EmptyState>}
        {...(pages.more && pages.rows ? { more: { left: pages.total - pages.rows.length, load: pages.more } } : {})}
      />
      {sheet === 'letters' && <LettersPaper place={view.region} onClose={() => setSheet(null)} />}
      {sheet === 'quiet' && <QuietHours onClose={() => setSheet(null)} />}
    </div>
  )
}

function Line({ counts, n }: { readonly counts: { readonly states: Record<MessageRow['state'], number>; readonly waits: Record<NonNullable<MessageRow['waitsFor']>, number> }; readonly n: (count: number) => string }) {
  const { rich } = useWords()
  const waits = (key: keyof typeof counts.waits) => <Num to={`/messages?waits=${key}`}>{n(counts.waits[key])}</Num>
  const state = (key: keyof typeof counts.states, hot = false) => <Num to={`/messages?state=${key}`} {...(hot && counts.states[key] > 0 ? { tone: 'hot' as const } : {})}>{n(counts.states[key])}</Num>
  return <>{rich('msg.brief', { clerk: waits('clerk'), print: waits('print'), village: waits('village'), gateway: waits('gateway'), failed: state('failed', true) })}{rich('msg.brief.done', { told: state('delivered'), answered: state('answered') })}</>
}

function State({ row }: { readonly row: MessageRow }) {
  const { t } = useWords()
  const why = row.reason === null ? null : reasonParts(row.reason)
  return <StateMark state={STATE_MARK[row.state]} small>{row.waitsFor === null ? t(STATE_WORD[row.state]) : t(WAITS_WORD[row.waitsFor])}{why && <span className="muted">（{t(why.word)}）</span>}</StateMark>
}

function When({ row }: { readonly row: MessageRow }) {
  const { ago } = useWords()
  return <>{ago(row.answeredAt ?? row.deliveredAt ?? row.sentAt ?? row.queuedAt, Date.now())}</>
}

function useFilter() {
  const { t } = useWords()
  const [params, setParams] = useSearchParams()
  const pick = <K extends string>(words: Readonly<Record<K, unknown>>, key: string): K | '' => {
    const text = params.get(key)
    return text !== null && Object.hasOwn(words, text) ? (text as K) : ''
  }
  const [waits, state, channel] = [pick(WAITS_WORD, 'waits'), pick(STATE_WORD, 'state'), pick(CHANNEL_WORD, 'channel')]
  const set = (key: string, value: string) => setParams((before) => {
    const after = new URLSearchParams(before)
    if (value) after.set(key, value)
    else after.delete(key)
    return after
  }, { replace: true })
  const conditions = [...(waits ? [{ id: 'waits', name: t(WAITS_WORD[waits]) }] : []), ...(state ? [{ id: 'state', name: t(STATE_WORD[state]) }] : []), ...(channel ? [{ id: 'channel', name: t(CHANNEL_WORD[channel]) }] : [])]
  return { waits, state, channel, set, conditions, drop: (key: string) => set(key, ''), clear: () => setParams({}), input: { ...(waits ? { waitsFor: waits } : {}), ...(state ? { state } : {}), ...(channel ? { channel } : {}) } }
}

function Sentence({ filter, total }: { readonly filter: ReturnType<typeof useFilter>; readonly total: number | null }) {
  const { t } = useWords()
  const options = <K extends string>(words: Readonly<Record<K, Parameters<typeof t>[0]>>) => Object.entries(words).map(([id, word]) => ({ id, name: t(word as 'msg.title') }))
  return (
    <div className="sentence">
      <span>{t('msg.filter.see')}</span>
      <Choice label={t('msg.col.next')} value={filter.waits} options={[{ id: '', name: t('msg.filter.anyWaits') }, ...options(WAITS_WORD)]} onPick={(id) => filter.set('waits', id)} />
      <Choice label={t('msg.col.state')} value={filter.state} options={[{ id: '', name: t('msg.filter.anyState') }, ...options(STATE_WORD)]} onPick={(id) => filter.set('state', id)} />
      <Choice label={t('msg.col.channel')} value={filter.channel} options={[{ id: '', name: t('msg.filter.anyChannel') }, ...options(CHANNEL_WORD)]} onPick={(id) => filter.set('channel', id)} />
      {total !== null && <b role="status">{t('msg.n', { n: formatNumber(total) })}</b>}
    </div>
  )
}

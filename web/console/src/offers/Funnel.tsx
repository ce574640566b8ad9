import type { seeFunnel } from '@songbai/capabilities/decide/offers/contract'
import type { OutputOf } from '@songbai/web-shared/api.ts'
import { Num } from '@songbai/web-shared/widgets/Num.tsx'
import { Card } from '@songbai/web-shared/widgets/Work.tsx'
import { formatNumber } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { useSession } from '../session.ts'
import { offersAddress, STAGE_WORD, WAITING } from './say.ts'

export type Funnel = OutputOf<typeof seeFunnel>

/** 找到 1,204 件，告诉了 300 件，同意了 200 件，批下来 150 件。超过时限 3 件. Each opens its rows. */
export function FunnelLine({ funnel }: { readonly funnel: Funnel }) {
  const { t, rich } = useWords()
  const n = (count: number) => t('offers.n', { n: formatNumber(count) })
  const { counts, stages } = funnel
  const over = WAITING.reduce((sum, stage) => sum + stages[stage].over, 0)
  return (
    <>
      {rich('offers.brief', { found: <Num to={offersAddress({ reached: 'found' })}>{n(counts.found)}</Num>, told: <Num to={offersAddress({ reached: 'told' })}>{n(counts.told)}</Num>, consented: <Num to={offersAddress({ reached: 'consented' })}>{n(counts.consented)}</Num>, approved: <Num to={offersAddress({ reached: 'approved' })}>{n(counts.approved)}</Num> })}
      {over > 0 && rich('offers.brief.over', { n: <Num tone="hot" to={offersAddress({ over: true })}>{n(over)}</Num> })}
    </>
  )
}

/** Who waits at which stage, and how long: the oldest, the middle one, those over the time of the rule. */
export function FunnelStages({ funnel }: { readonly funnel: Funnel }) {
  const { t, ago } = useWords()
  return (
    <section className="card stages" aria-label={t('offers.col.stage')}>
      {WAITING.map((stage) => {
        const { waiting, oldestDays, medianDays, over } = funnel.stages[stage]
        return (
          <div key={stage}>
            <h2>{t(STAGE_WORD[stage])}</h2>
            <b><Num to={offersAddress({ stage })}>{t('offers.n', { n: formatNumber(waiting) })}</Num></b>
            <span className="sm muted">{oldestDays === null ? t('offers.stage.none') : t('offers.stage.age', { oldest: oldestDays, median: medianDays ?? 0 })}</span>
            {over > 0 && <Num tone="hot" to={offersAddress({ stage, over: true })}>{t('offers.stage.over', { n: formatNumber(over) })}</Num>}
          </div>
        )
      })}
      <p className="sm muted">{funnel.sweeping ? t('offers.sweeping', { done: formatNumber(funnel.sweeping.done), total: formatNumber(funnel.sweeping.total) }) : funnel.sweptAt === null ? t('offers.notSwept') : t('offers.sweptAt', { ago: ago(funnel.sweptAt, Date.now()) })}</p>
    </section>
  )
}

/** The same counts by item and by place; every sum is the line above. */
export function FunnelTables({ funnel }: { readonly funnel: Funnel }) {
  const { t, both } = useWords()
  const { view } = useSession()
  return (
    <div className="offers-two">
      <Table title={t('offers.byItem')} rows={funnel.items.map((one) => ({ key: one.item, name: both(one.title), query: { item: one.item }, ...one }))} />
      <Table title={t('offers.byPlace')} rows={funnel.places.map((one) => ({ ...one, key: one.code, name: one.name || t('offers.here'), query: one.code === view.region ? {} : { place: one.code } }))} />
    </div>
  )
}

interface Row {
  readonly key: string
  readonly name: string
  readonly query: { readonly item?: string; readonly place?: string }
  readonly counts: Funnel['counts']
  readonly waiting: number
  readonly over: number
}

function Table({ title, rows }: { readonly title: string; readonly rows: readonly Row[] }) {
  const { t } = useWords()
  if (rows.length === 0) return null
  return (
    <Card title={title}>
      <table className="tb">
        <thead><tr><th>{title}</th><th className="num">{t('offers.reached.found')}</th><th className="num">{t('offers.reached.told')}</th><th className="num">{t('offers.reached.consented')}</th><th className="num">{t('offers.reached.approved')}</th><th className="num">{t('offers.col.over')}</th></tr></thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <td>{row.name}</td>
              {(['found', 'told', 'consented', 'approved'] as const).map((reached) => <td key={reached} className="num">{row.counts[reached] === 0 ? 0 : <Num to={offersAddress({ ...row.query, reached })}>{formatNumber(row.counts[reached])}</Num>}</td>)}
              <td className="num">{row.over === 0 ? 0 : <Num tone="hot" to={offersAddress({ ...row.query, over: true })}>{formatNumber(row.over)}</Num>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  )
}

import { useParams } from 'react-router'
import { seeNotice } from '@songbai/capabilities/decide/payments/contract'
import type { OutputOf } from '@songbai/web-shared/api.ts'
import { useGo } from '@songbai/web-shared/go.tsx'
import { Icon } from '@songbai/web-shared/icons.tsx'
import { formatNumber } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { PaperFoot } from '../entitlements/Paper.tsx'
import { usePages } from '../parts/usePages.ts'
import { Show, useSee } from '../query.tsx'
import { useSession } from '../session.ts'
import './payments.css'

type Notice = OutputOf<typeof seeNotice>

/** A sheet for the wall: names and numbers masked, of the place in the top bar. */
export default function NoticePage() {
  const { id } = useParams()
  const { t } = useWords()
  const { view } = useSession()
  const go = useGo()
  const ask = { id: id!, place: view.region }
  const seen = useSee(seeNotice, { ...ask, limit: 1 })
  const pages = usePages(seeNotice, { ...ask, limit: 500 }, (value): readonly Notice['rows'][number][] => value.rows)
  return (
    <div className="page">
      <div className="row no-print"><button type="button" className="b" onClick={() => go(`/payments/${id}`)}><Icon name="left" />{t('pay.list.back')}</button><button type="button" className="b p" onClick={() => window.print()}><Icon name="print" />{t('pay.notice.print')}</button></div>
      <Show seen={seen} rows={8}>{(got) => <Sheet got={got} rows={pages.rows ?? []} />}</Show>
      {pages.more && <div className="row no-print"><button type="button" className="b" onClick={pages.more}>{t('pay.notice.more')}</button></div>}
    </div>
  )
}

function Sheet({ got, rows }: { readonly got: Notice; readonly rows: readonly Notice['rows'][number][] }) {
  const { t, both, month, money } = useWords()
  const { me } = useSession()
  return (
    <article className="sheet pay-notice">
      <h1>{t('pay.notice.title', { month: month(got.month) })}</h1>
      <p>{t('pay.notice.count', { people: formatNumber(got.people), amount: money(got.payFen) })}</p>
      <table>
        <thead><tr><th>{t('pay.name')}</th><th>{t('pay.notice.id')}</th><th>{t('pay.notice.village')}</th><th>{t('pay.col.item')}</th><th>{t('pay.col.amount')}</th></tr></thead>
        <tbody>{rows.map((row, i) => <tr key={i}><td>{row.name}</td><td>{row.idMasked}</td><td>{row.place}</td><td>{both(row.itemTitle)}</td><td>{money(row.payFen)}</td></tr>)}</tbody>
      </table>
      <p>{t('pay.notice.note')}</p>
      <PaperFoot data={rows} at={me.today} />
    </article>
  )
}

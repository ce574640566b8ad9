import { useQuery } from '@tanstack/react-query'
import { listResults } from '@songbai/capabilities/decide/entitlements/contract'
import type { ResultRow } from '@songbai/capabilities/decide/entitlements/contract'
import { useClient } from '@songbai/web-shared/api.ts'
import type { Answer, Client, SentOf } from '@songbai/web-shared/api.ts'
import { Sample, StateMark } from '@songbai/web-shared/widgets/Marks.tsx'
import { Waiting } from '@songbai/web-shared/widgets/States.tsx'
import { formatNumber } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { placeSaid } from '../elders/say.ts'
import { SayNo } from '../query.tsx'
import { useView } from '../session.ts'
import { Paper, PaperFoot } from './Paper.tsx'
import { MARK, WORD, maskName } from './standing.ts'

type Input = Omit<SentOf<typeof listResults>, 'after' | 'limit'>
/** Some sixty sheets; more belongs in a file. */
const MOST = 2000
const PAGE = 500

async function readAll(client: Client, input: Input, signal: AbortSignal): Promise<Answer<{ readonly rows: readonly ResultRow[]; readonly total: number }>> {
  const rows: ResultRow[] = []
  let after: string | null = null
  for (;;) {
    const answer: Awaited<ReturnType<typeof client.see<typeof listResults>>> = await client.see(listResults, { ...input, limit: PAGE, ...(after === null ? {} : { after }) }, signal)
    if (!answer.ok) return answer
    rows.push(...answer.value.rows)
    after = answer.value.next
    if (after === null || rows.length >= MOST) return { ok: true, value: { rows, total: answer.value.total } }
  }
}

/** The list on paper: names and numbers masked as on a notice, the head on every sheet. */
export function ListPaper({ input, title, sampleOf, onClose }: { readonly input: Input; readonly title: string; readonly sampleOf: (item: string) => boolean; readonly onClose: () => void }) {
  const { t, both, money } = useWords()
  const { at } = useView()
  const client = useClient()
  const asked = useQuery({ queryKey: ['ent.paper', input], queryFn: ({ signal }) => readAll(client, input, signal) })
  const answer = asked.data
  return (
    <Paper title={t('ent.printList')} onClose={onClose}>
      <h1>{title}</h1>
      {answer && !answer.ok && <SayNo no={answer} onRetry={() => void asked.refetch()} />}
      {(!answer || answer.ok) && (
        <Waiting for={answer?.value} rows={12}>
          {({ rows, total }) => (
            <div className="dense">
              <p>{t('ent.results', { n: formatNumber(total) })}{rows.length < total && <> · {t('ent.paper.part', { n: formatNumber(rows.length) })}</>}</p>
              <table>
                <thead><tr><th>{t('ent.col.no')}</th><th>{t('ent.col.name')}</th><th>{t('ent.col.age')}</th><th>{t('ent.col.id')}</th><th>{t('ent.col.place')}</th><th>{t('ent.item')}</th><th>{t('reason.result')}</th><th>{t('ent.amount')}</th></tr></thead>
                <tbody>{rows.map((row, n) => <tr key={`${row.elderId}:${row.item}`}><td>{n + 1}</td><td className="nowrap">{maskName(row.name)}</td><td>{row.age ?? ''}</td><td className="nowrap">{row.idMasked ?? ''}</td><td>{placeSaid(row.place)}</td><td>{both(row.itemTitle)}</td><td><StateMark state={MARK[row.standing]} small>{t(WORD[row.standing])}</StateMark></td><td className="nowrap">{row.amountFen > 0 ? <>{sampleOf(row.item) && <><Sample /> </>}{money(row.amountFen)}</> : ''}</td></tr>)}</tbody>
              </table>
              <PaperFoot at={at} data={rows.map((row) => [row.elderId, row.item, row.standing, row.amountFen])} />
            </div>
          )}
        </Waiting>
      )}
    </Paper>
  )
}

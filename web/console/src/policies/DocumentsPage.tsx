import { listDocuments } from '@songbai/capabilities/decide/policies/contract'
import { To } from '@songbai/web-shared/go.tsx'
import { Num } from '@songbai/web-shared/widgets/Num.tsx'
import { Briefing, Card } from '@songbai/web-shared/widgets/Work.tsx'
import { formatNumber } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { Show, useSee } from '../query.tsx'
import { PolicyTabs, useDays } from './parts.tsx'

/** The documents behind the rules, in our own words. */
export default function DocumentsPage() {
  const { t, both, rich } = useWords()
  const days = useDays()
  const seen = useSee(listDocuments, {})
  return (
    <div className="page">
      <Show seen={seen} rows={6}>
        {({ documents }) => (
          <>
            <Briefing title={t('menu.policies')}>{rich('pol.docs.brief', { n: <Num to={`/policies/documents${days}`}>{t('pol.docs.n', { n: formatNumber(documents.length) })}</Num>, clauses: formatNumber(documents.reduce((sum, one) => sum + one.clauses, 0)) })}</Briefing>
            <PolicyTabs on="documents" />
            <Card>
              <div className="pol-versions">
                <table className="tb">
                  <thead><tr><th>{t('pol.docs.title')}</th><th>{t('pol.docs.number')}</th><th>{t('pol.docs.issuer')}</th><th>{t('pol.docs.issued')}</th><th className="num">{t('pol.docs.clauses')}</th></tr></thead>
                  <tbody>
                    {documents.map((one) => {
                      const to = `/policies/documents/${encodeURIComponent(one.id)}${days}`
                      return <tr key={one.id}><td><To to={to}><b>{both(one.title)}</b></To></td><td className="nowrap" data-head={t('pol.docs.number')}>{one.number ? <span lang="zh-CN">{one.number}</span> : <span className="muted">{t('pol.notWritten')}</span>}</td><td data-head={t('pol.docs.issuer')} lang="zh-CN">{one.issuer.zh}</td><td className="nowrap" data-head={t('pol.docs.issued')}>{one.issuedOn ?? <span className="muted">{t('pol.notWritten')}</span>}</td><td className="num" data-head={t('pol.docs.clauses')}><Num to={to}>{formatNumber(one.clauses)}</Num></td></tr>
                    })}
                  </tbody>
                </table>
              </div>
            </Card>
          </>
        )}
      </Show>
    </div>
  )
}

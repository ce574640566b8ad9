import { To } from '@songbai/web-shared/go.tsx'
import { Sample } from '@songbai/web-shared/widgets/Marks.tsx'
import { chinaDay } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { VersionMark, Who, useVersionName } from './parts.tsx'
import type { Version } from './parts.tsx'

/** Versions with who wrote and who checked; two can be picked to compare. */
export function VersionsTable({ versions, withItem, picked, onPick }: { readonly versions: readonly Version[]; readonly withItem?: boolean; readonly picked?: readonly string[]; readonly onPick?: (id: string) => void }) {
  const { t, both } = useWords()
  const nameOf = useVersionName()
  return (
    <div className="pol-versions">
      <table className="tb">
        <thead><tr>{onPick && <th>{t('pol.compare.pick')}</th>}<th>{t('pol.col.version')}</th>{withItem && <th>{t('ent.item')}</th>}<th>{t('pol.col.state')}</th><th>{t('pol.col.effective')}</th><th>{t('pol.col.drafted')}</th><th>{t('pol.col.reviewed')}</th><th>{t('pol.col.note')}</th></tr></thead>
        <tbody>
          {versions.map((one) => (
            <tr key={one.id}>
              {onPick && <td><input type="checkbox" aria-label={t('pol.compare.of', { version: nameOf(one) })} checked={picked?.includes(one.id) ?? false} onChange={() => onPick(one.id)} /></td>}
              <td className="nowrap"><To to={`/policies/versions/${one.id}`}>{nameOf(one)}</To> {one.sample && <Sample />}</td>
              {withItem && <td>{both(one.title)}</td>}
              <td><VersionMark state={one.state} /></td>
              <td className="nowrap" data-head={t('pol.col.effective')}>{one.effectiveFrom ?? <span className="muted">{t('pol.notSet')}</span>}{one.effectiveTo !== null && <div className="sm muted">{t('pol.until', { day: one.effectiveTo })}</div>}</td>
              <td data-head={t('pol.col.drafted')}><Who name={one.draftedBy} /> <span className="src nowrap">{chinaDay(one.draftedAt)}</span></td>
              <td data-head={t('pol.col.reviewed')}>{one.reviewedBy ?? <span className="muted">{t('pol.notReviewed')}</span>} {one.reviewedAt !== null && <span className="src nowrap">{chinaDay(one.reviewedAt)}</span>}</td>
              <td data-head={t('pol.col.note')} lang="zh-CN">{one.note ?? ''}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

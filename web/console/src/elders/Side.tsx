import * as eldersContract from '@songbai/capabilities/know/elders/contract'
import { listCases } from '@songbai/capabilities/know/work/contract'
import { To } from '@songbai/web-shared/go.tsx'
import { StateMark } from '@songbai/web-shared/widgets/Marks.tsx'
import { Card, ClockBar } from '@songbai/web-shared/widgets/Work.tsx'
import { readClock } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { SayNo, useSee } from '../query.tsx'
import { useAddress } from './address.ts'
import { ownerInLine } from '../today/owner.ts'
import { FACT, isSecret, visitsOf } from './looks.ts'
import type { ElderFile } from './story.ts'

export function useCases(elderId: string) {
  return useSee(listCases, { subjectId: elderId, open: true, limit: 50 })
}

/** Open work about this person: owner and clock with every row. */
export function Cases({ elderId }: { readonly elderId: string }) {
  const words = useWords()
  const { t, both, lang } = words
  const address = useAddress()
  const seen = useCases(elderId)
  const now = Date.now()
  return (
    <Card title={t('elder.cases')} right={seen.value && seen.value.total > 0 ? t('common.items', { n: seen.value.total }) : undefined}>
      {seen.no ? <div className="pad"><SayNo no={seen.no} onRetry={seen.again} /></div> : seen.value && seen.value.rows.length === 0 ? <p className="pad sm muted">{t('elder.cases.none')}</p> : (
        <div className="lst cases">
          {seen.value?.rows.map((row) => (
            <div key={row.id}>
              <To to={address(`/work/${row.id}`)}><b>{both(row.title)}</b></To><StateMark small state={row.clock.tone === 'red' ? 'alarm' : 'notYet'}>{both(row.stateTitle)}</StateMark>
              <small>{row.evidence ? both(row.evidence) : ''}</small>
              <div className="wide"><ClockBar reading={readClock(row.clock.startedAt ?? row.openedAt, row.clock.dueAt, now, lang, row.clock.tone === 'paused')}>{t('elder.cases.owner', { name: ownerInLine(row, words) })} · </ClockBar></div>
            </div>
          ))}
        </div>
      )}
    </Card>
  )
}

const LOOK_WORD = { page: 'elder.look.page', idNumber: 'elder.idNumber', phone: 'elder.phone', contactPhone: 'elder.look.contactPhone', contact: 'elder.look.contact', list: 'elder.look.list', residence: 'elder.look.residence', assessment: 'elder.look.assessment', entitlements: 'elder.look.entitlements', answers: 'elder.look.assessment', dispute: 'elder.look.dispute', registered: 'elder.look.registered', merged: 'elder.look.merged', split: 'elder.look.split', notDuplicate: 'elder.dup.not', import: 'elder.look.import' } as const
const TITLES: ReadonlyMap<string, { readonly zh: string; readonly en: string }> = new Map(Object.values(eldersContract).flatMap((one) => (typeof one === 'object' && 'name' in one && 'title' in one ? [[one.name, one.title] as const] : [])))
const FEW = 6

/** Everybody who opened this record or a secret on it, newest first. */
export function Looks({ file, whole, onAll }: { readonly file: ElderFile; readonly whole?: boolean; readonly onAll?: () => void }) {
  const { t, both, ago } = useWords()
  const now = Date.now()
  const visits = visitsOf(file.looks)
  const rows = whole ? visits : visits.slice(0, FEW)
  const what = (key: string) => {
    if (Object.hasOwn(LOOK_WORD, key)) return t(LOOK_WORD[key as keyof typeof LOOK_WORD])
    const title = TITLES.get(key)
    if (title) return both(title)
    const seen = file.facts.find((one) => key === FACT + one.key)
    if (seen) return both(seen.label)
    const fact = file.facts.find((one) => key.split(',')[0] === one.key)
    return fact ? t('elder.look.changed', { what: both(fact.label) }) : t('elder.look.other')
  }
  return (
    <Card title={t('elder.looks')} right={!whole && onAll && visits.length > FEW ? <button type="button" className="lk" onClick={onAll}>{t('elder.looks.all', { n: visits.length })}</button> : undefined}>
      {rows.length === 0 ? <p className="pad sm muted">{t('elder.looks.none')}</p> : (
        <table className="tb looks"><tbody>
          {rows.map((one, i) => <tr key={i}><td className="nowrap">{ago(one.at, now)}</td><td>{one.who}</td><td>{one.parts.map((part, n) => <span key={n}>{n > 0 && t('elder.and')}{isSecret(part.what) ? <b>{what(part.what)}</b> : what(part.what)}{part.purpose ? ` · ${part.purpose}` : ''}</span>)}</td></tr>)}
        </tbody></table>
      )}
    </Card>
  )
}


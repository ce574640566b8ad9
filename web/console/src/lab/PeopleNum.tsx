import { seePeople } from '@songbai/capabilities/decide/lab/contract'
import { useClient } from '@songbai/web-shared/api.ts'
import type { SentOf } from '@songbai/web-shared/api.ts'
import { Num } from '@songbai/web-shared/widgets/Num.tsx'
import type { NumTone } from '@songbai/web-shared/widgets/Num.tsx'
import { formatNumber } from '@songbai/web-shared/words/format.ts'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { may, useSession } from '../session.ts'
import type { Lab } from './useLab.ts'

interface Props {
  readonly lab: Pick<Lab, 'question'>
  readonly group: SentOf<typeof seePeople>['group']
  readonly row?: string
  readonly n: number
  readonly title: string
  readonly tone?: NumTone
  readonly words?: boolean
}

const SHOWN = 200

/** A count that opens the people behind it; plain for those who may see sums and not names. */
export function PeopleNum({ lab, group, row, n, title, tone = 'plain', words }: Props) {
  const { t, both, day } = useWords()
  const { me } = useSession()
  const client = useClient()
  const text = words ? t('common.people', { n: formatNumber(n) }) : formatNumber(n)
  if (n === 0 || !may(me, seePeople)) return <b className={tone === 'plain' ? undefined : tone}>{text}</b>
  const load = async () => {
    const answer = await client.see(seePeople, { ...lab.question, group, ...(row === undefined ? {} : { row }), limit: SHOWN })
    if (!answer.ok) throw new Error('people')
    return {
      head: [t('lab.name'), t('lab.age'), t('lab.facts'), t('lab.before'), t('lab.after')], total: answer.value.total,
      rows: answer.value.rows.map((one) => ({ key: one.elderId, to: `/elders/${one.elderId}`, cells: [one.name, one.age === null ? '—' : String(one.age), both(one.facts), both(one.before.text), both(one.after.text)] })),
    }
  }
  return <Num key={`${group} ${row ?? ''} ${n} ${lab.question.yaml.length}`} tone={tone} detail={{ title, definition: t('lab.peopleDefinition', { day: day(lab.question.at) }), at: lab.question.at, load }}>{text}</Num>
}

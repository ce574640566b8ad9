import { useDeferredValue, useState } from 'react'
import type { KeyboardEvent } from 'react'
import { useQuery } from '@tanstack/react-query'
import { To, useGo } from '@songbai/web-shared/go.tsx'
import { composing } from '@songbai/web-shared/keyboard.ts'
import { Dialog } from '@songbai/web-shared/widgets/Float.tsx'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'
import { useSession } from '../session.ts'
import type { FoundElder } from '../session.ts'

/** `/`: people first. Arrows choose, Enter goes. */
export function FindElder({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords()
  const { api } = useSession()
  const go = useGo()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const asked = useDeferredValue(text.trim())
  const found = useQuery({
    queryKey: ['find', asked], enabled: asked.length > 0, staleTime: 10_000,
    queryFn: async ({ signal }) => {
      const answer = await api.findElders(asked, signal)
      if (!answer.ok) throw new Error('refusal' in answer ? answer.refusal.code : answer.problem.code)
      return answer.value
    },
  })
  const rows = found.data ?? []
  const visit = (row: FoundElder | undefined) => { if (row) { onClose(); go(`/elders/${row.id}`) } }
  const onKey = (event: KeyboardEvent) => {
    if (composing(event.nativeEvent)) return
    if (event.key === 'ArrowDown') setAt(Math.min(rows.length - 1, at + 1))
    else if (event.key === 'ArrowUp') setAt(Math.max(0, at - 1))
    else if (event.key === 'Enter') visit(rows[at])
    else return
    event.preventDefault()
  }
  return (
    <Dialog title={t('find.title')} onClose={onClose}>
      <input className="in big" autoFocus value={text} placeholder={t('top.find')} aria-label={t('top.find')} onKeyDown={onKey} onChange={(event) => { setText(event.target.value); setAt(0) }} style={{ margin: '8px 0' }} />
      <p className="sm muted" role="status" style={{ marginBottom: 12 }}>{status(found, asked, t)}</p>
      {rows.length > 0 && (
        <div className="find-list" onClick={onClose}>
          {rows.map((row, i) => <To key={row.id} to={`/elders/${row.id}`} className={i === at ? 'on' : ''}><b>{row.name}</b><small>{line(row, t)}</small></To>)}
        </div>
      )}
    </Dialog>
  )
}

function status(found: { readonly isError: boolean; readonly data?: readonly FoundElder[] | undefined }, asked: string, t: ReturnType<typeof useWords>['t']): string {
  if (!asked) return t('find.type')
  if (found.isError) return t('find.failed')
  if (!found.data) return t('state.loading')
  return found.data.length === 0 ? t('find.none') : t('find.count', { n: found.data.length })
}

function line(row: FoundElder, t: ReturnType<typeof useWords>['t']): string {
  const sex = row.sex === null ? '' : t(row.sex === 'male' ? 'person.male' : 'person.female')
  return [sex, row.age === null ? '' : t('person.age', { n: row.age }), row.place].filter(Boolean).join(' · ')
}

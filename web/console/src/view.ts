import { useCallback, useMemo, useState } from 'react'
import { useSearchParams } from 'react-router'
import { parseDay } from '@songbai/web-shared/words/format.ts'
import type { Place } from '@songbai/web-shared/widgets/Pickers.tsx'
import type { Me, Session, View } from './session.ts'

function readDay(text: string | null, today: string): string {
  const day = text ? parseDay(text) : null
  return day !== null && day <= today ? day : today
}

/**
 * Place and day of the top bar. The day lives in the address (`?at=2025-12-31&knownOn=…`), so a link shows a colleague the
 * same figures; the place is the person's own choice for this sitting.
 */
export function useViewState(me: Me): { readonly view: View; readonly path: readonly Place[]; readonly show: Session['show'] } {
  const [params, setParams] = useSearchParams()
  const [path, setPath] = useState(me.places)
  const at = readDay(params.get('at'), me.today)
  const knownOn = at === me.today ? me.today : readDay(params.get('knownOn') ?? at, me.today)
  const region = path[path.length - 1]?.region ?? ''
  const view = useMemo<View>(() => ({ at, knownOn, region, readOnly: at !== me.today }), [at, knownOn, region, me.today])
  const show = useCallback<Session['show']>((next) => {
    if (next.path) setPath(next.path)
    const { day } = next
    if (!day) return
    setParams((before) => {
      const after = new URLSearchParams(before)
      after.delete('at')
      after.delete('knownOn')
      if (day.at !== me.today) after.set('at', day.at)
      if (day.at !== me.today && day.knownOn !== day.at) after.set('knownOn', day.knownOn)
      return after
    })
  }, [me.today, setParams])
  return { view, path, show }
}

import { useCallback } from 'react'
import { useGo } from '@songbai/web-shared/go.tsx'
import { useView } from '../session.ts'

/** An address of this console with the day of the top bar, so that a past day is not lost on the way. */
export function useAddress(): (to: string) => string {
  const { at, knownOn, readOnly } = useView()
  return useCallback((to: string) => {
    if (!readOnly) return to
    const [path, search = ''] = to.split('?')
    const params = new URLSearchParams(search)
    params.set('at', at)
    if (knownOn !== at) params.set('knownOn', knownOn)
    return `${path}?${params.toString()}`
  }, [at, knownOn, readOnly])
}

export function useGoHere(): (to: string) => void {
  const go = useGo()
  const address = useAddress()
  return useCallback((to: string) => go(address(to)), [go, address])
}

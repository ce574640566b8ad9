import { createContext, useContext } from 'react'
import type { MouseEvent, ReactNode } from 'react'

/** How a face goes to another of its pages; the widgets know no router. */
export type Go = (to: string) => void

const GoContext = createContext<Go>((to) => window.location.assign(to))
export const GoProvider = GoContext.Provider

export function useGo(): Go {
  return useContext(GoContext)
}

/** A true link (middle click, copy address work) that stays inside the page. */
export function To({ to, children, className, label }: { readonly to: string; readonly children: ReactNode; readonly className?: string; readonly label?: string }) {
  const go = useGo()
  const click = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
    event.preventDefault()
    go(to)
  }
  return <a href={to} onClick={click} className={className} aria-label={label}>{children}</a>
}

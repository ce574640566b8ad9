import { useCallback, useEffect, useRef, useState } from 'react'

/** Whether a part of the page is on the screen now. */
export function useInView(): readonly [ref: (node: Element | null) => void, inView: boolean] {
  const [inView, setInView] = useState(false)
  const watcher = useRef<IntersectionObserver | null>(null)
  const ref = useCallback((node: Element | null) => {
    watcher.current?.disconnect()
    watcher.current = null
    if (node === null) return
    watcher.current = new IntersectionObserver((entries) => setInView(entries.at(-1)?.isIntersecting ?? false))
    watcher.current.observe(node)
  }, [])
  useEffect(() => () => watcher.current?.disconnect(), [])
  return [ref, inView]
}

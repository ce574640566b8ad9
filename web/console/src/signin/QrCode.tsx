import { useMemo } from 'react'
import { create } from 'qrcode'

const QUIET = 4

/** Drawn as one path: sharp on every screen and printer, no image, no canvas. */
export function QrCode({ text, label, size = 148 }: { readonly text: string; readonly label: string; readonly size?: number }) {
  const { path, side } = useMemo(() => draw(text), [text])
  return (
    <svg width={size} height={size} viewBox={`0 0 ${side} ${side}`} role="img" aria-label={label} shapeRendering="crispEdges">
      <rect width={side} height={side} fill="#fff" /><path d={path} fill="#000" />
    </svg>
  )
}

function draw(text: string): { readonly path: string; readonly side: number } {
  const { modules } = create(text, { errorCorrectionLevel: 'M' })
  let path = ''
  for (let y = 0; y < modules.size; y++) for (let x = 0; x < modules.size; x++) if (modules.get(y, x)) path += `M${x + QUIET} ${y + QUIET}h1v1h-1z`
  return { path, side: modules.size + 2 * QUIET }
}

import { useRef, useState } from 'react'
import type { PointerEvent } from 'react'
import type { Mark } from '@songbai/capabilities/know/assessments/contract'
import { useWords } from '@songbai/web-shared/words/WordsProvider.tsx'

const WIDTH = 560
const HEIGHT = 180

type Stroke = [number, number][]

export function strokePath(stroke: readonly (readonly [number, number])[]): string {
  return stroke.map(([x, y], at) => `${at === 0 ? 'M' : 'L'}${x} ${y}`).join('') + (stroke.length === 1 ? 'l1 0' : '')
}

/** A signature drawn with finger, pen or mouse; kept as strokes, so it prints sharp and weighs little. */
export function SignPad({ label, onMark }: { readonly label: string; readonly onMark: (mark: Mark | null) => void }) {
  const { t } = useWords()
  const [strokes, setStrokes] = useState<Stroke[]>([])
  const drawing = useRef<Stroke | null>(null)
  const point = (event: PointerEvent<SVGSVGElement>): [number, number] => {
    const box = event.currentTarget.getBoundingClientRect()
    return [Math.max(0, Math.round(((event.clientX - box.left) / box.width) * WIDTH)), Math.max(0, Math.round(((event.clientY - box.top) / box.height) * HEIGHT))]
  }
  const tell = (next: Stroke[]) => onMark(next.length === 0 ? null : { kind: 'strokes', width: WIDTH, height: HEIGHT, strokes: next.map((stroke) => stroke.slice(0, 2000)) })
  const down = (event: PointerEvent<SVGSVGElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId)
    drawing.current = [point(event)]
    setStrokes([...strokes, drawing.current])
  }
  const move = (event: PointerEvent<SVGSVGElement>) => {
    const stroke = drawing.current
    if (!stroke) return
    stroke.push(point(event))
    setStrokes((before) => [...before.slice(0, -1), [...stroke]])
  }
  const up = () => {
    const stroke = drawing.current
    drawing.current = null
    if (stroke) tell([...strokes.slice(0, -1), stroke])
  }
  const clear = () => {
    setStrokes([])
    tell([])
  }
  return (
    <div className="fld">
      <label>{label}</label>
      <svg className="asm-pad" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label} onPointerDown={down} onPointerMove={move} onPointerUp={up} onPointerCancel={up}>
        <path d={`M24 ${HEIGHT - 40}H${WIDTH - 24}`} className="base" />{strokes.map((stroke, at) => <path key={at} d={strokePath(stroke)} className="ink" />)}
      </svg>
      <span><button type="button" className="b s" disabled={strokes.length === 0} title={strokes.length === 0 ? t('assess.sign.drawFirst') : undefined} onClick={clear}>{t('assess.sign.again')}</button></span>
    </div>
  )
}

/** A kept signature, as drawn. */
export function Drawn({ mark, name }: { readonly mark: Mark; readonly name: string }) {
  if (mark.kind === 'cannotSign') return <span className="muted">{mark.reason}</span>
  return <svg className="asm-drawn" viewBox={`0 0 ${mark.width} ${mark.height}`} role="img" aria-label={name}>{mark.strokes.map((stroke, at) => <path key={at} d={strokePath(stroke)} className="ink" />)}</svg>
}

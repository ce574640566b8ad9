import type { ReactNode } from 'react'

// Our own line drawings on a 24 grid, stroke 1.7. Inline rather than CSS masks: they print, need no data: in the
// content security policy, and follow the colour of forced-colour modes.
const SHAPES = {
  search: <><circle cx="11" cy="11" r="6.5"/><path d="m16 16 4.5 4.5"/></>,
  sun: <><circle cx="12" cy="12" r="4"/><path d="M12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6 7 7M17 17l1.4 1.4M5.6 18.4 7 17M17 7l1.4-1.4"/></>,
  person: <><circle cx="12" cy="8" r="3.5"/><path d="M5 20c.6-4 3.4-6 7-6s6.4 2 7 6"/></>,
  people: <><circle cx="9" cy="8.5" r="3"/><path d="M3 19c.5-3.4 2.9-5.2 6-5.2s5.5 1.8 6 5.2M15.5 6.2a3 3 0 0 1 0 5.4M17.5 14.4c1.9.7 3.1 2.3 3.5 4.6"/></>,
  import: <><path d="M4 14v5h16v-5M12 4v10M8 10.5l4 4 4-4"/></>,
  home: <><path d="m4 11 8-7 8 7M6 10v9h12v-9"/></>,
  clipboard: <><rect x="5.5" y="5" width="13" height="15.5" rx="1.5"/><path d="M9 5V3.5h6V5M9 11h6M9 15h4"/></>,
  scale: <><path d="M12 4v16M7 20h10M4 8h16M7 8l-3 6.5h6L7 8ZM17 8l-3 6.5h6L17 8Z"/></>,
  book: <><path d="M5 5c3-1 5-.5 7 1 2-1.5 4-2 7-1v13.5c-3-1-5-.5-7 1-2-1.5-4-2-7-1V5ZM12 6v13.5"/></>,
  lab: <><path d="M9.5 4h5M10.5 4v6L5 19.5h14L13.5 10V4M8 15h8"/></>,
  coin: <><circle cx="12" cy="12" r="8"/><path d="m9 8 3 4 3-4M12 12v5M9.5 13h5M9.5 15.3h5"/></>,
  walk: <><circle cx="13" cy="5" r="1.7"/><path d="m9 20 2.5-5.5L10 11l3-2 1.5 3H18M11.5 14.5 15 20M9.5 11 7 13"/></>,
  truck: <><path d="M3 7h11v9H3zM14 10h4l3 3v3h-7z"/><circle cx="7.5" cy="17.5" r="1.8"/><circle cx="17" cy="17.5" r="1.8"/></>,
  bell: <><path d="M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15zM10 20.5h4"/></>,
  heart: <><path d="M12 19.5C5 14.5 3.8 11.5 4 9a4 4 0 0 1 8-1 4 4 0 0 1 8 1c.2 2.5-1 5.5-8 10.5Z"/></>,
  bowl: <><path d="M4 11h16c0 4.5-3 7.5-5 8H9c-2-.5-5-3.5-5-8ZM9 3.5v4M13 3.5v4"/></>,
  bed: <><path d="M3.5 18.5V6M3.5 15h17v3.5M20.5 15v-3a2 2 0 0 0-2-2H9v5"/><circle cx="6.3" cy="11.5" r="1.3"/></>,
  shield: <><path d="M12 3.5 5 6v6c0 4 3 7 7 8.5 4-1.5 7-4.5 7-8.5V6zM9 12l2.2 2.2L15.5 10"/></>,
  target: <><circle cx="12" cy="12" r="8"/><circle cx="12" cy="12" r="4"/><circle cx="12" cy="12" r=".8"/></>,
  chart: <><path d="M4 4v16h16M8 16v-4M12.5 16V8M17 16v-6"/></>,
  gear: <><circle cx="12" cy="12" r="3"/><path d="M12 4v2.5M12 17.5V20M4 12h2.5M17.5 12H20M6.3 6.3l1.8 1.8M15.9 15.9l1.8 1.8M6.3 17.7l1.8-1.8M15.9 8.1l1.8-1.8"/></>,
  eye: <><path d="M3 12c2.5-4.5 5.5-6.5 9-6.5s6.5 2 9 6.5c-2.5 4.5-5.5 6.5-9 6.5S5.5 16.5 3 12Z"/><circle cx="12" cy="12" r="2.7"/></>,
  clock: <><circle cx="12" cy="12" r="8"/><path d="M12 7.5V12l3 2"/></>,
  phone: <><path d="M6 4h3l1.5 4.5L8.5 10a11 11 0 0 0 5.5 5.5l1.5-2 4.5 1.5v3c0 1-1 2-2 2C11 19.5 4.5 13 4 6c0-1 1-2 2-2Z"/></>,
  pin: <><path d="M12 20.5c4.5-4.7 6.5-8 6.5-10.8a6.5 6.5 0 0 0-13 0c0 2.8 2 6.1 6.5 10.8Z"/><circle cx="12" cy="9.7" r="2.3"/></>,
  check: <><path d="m5 12.5 4.5 4.5L19 7.5"/></>,
  x: <><path d="m6.5 6.5 11 11M17.5 6.5l-11 11"/></>,
  dash: <><path d="M7 12h10"/></>,
  q: <><path d="M9 9.5a3 3 0 1 1 4.5 2.6c-1 .6-1.5 1.2-1.5 2.4M12 17.5v.5"/></>,
  warn: <><path d="M12 4.5 3.5 19h17zM12 10v4.5M12 16.5v.5"/></>,
  right: <><path d="m9.5 6 6 6-6 6"/></>,
  down: <><path d="m6 9.5 6 6 6-6"/></>,
  left: <><path d="m14.5 6-6 6 6 6"/></>,
  plus: <><path d="M12 5v14M5 12h14"/></>,
  filter: <><path d="M4 5.5h16l-6.3 7.5v5.5l-3.4 1.5v-7z"/></>,
  doc: <><path d="M6.5 3.5h7l4.5 4.5v12.5h-11.5zM13.5 3.5V8H18M9 12.5h6M9 16h6"/></>,
  print: <><path d="M7.5 8.5V4h9v4.5M7 16.5H4.5v-8h15v8H17M7.5 14h9v6.5h-9z"/></>,
  undo: <><path d="M8.5 5 4.5 9l4 4M4.5 9H14a5 5 0 0 1 0 10H9"/></>,
  lock: <><rect x="5.5" y="10.5" width="13" height="9.5" rx="1.5"/><path d="M8.5 10.5V8a3.5 3.5 0 0 1 7 0v2.5"/></>,
  wifi0: <><path d="M4 4l16 16M5 11.5c1.3-1.2 2.7-2 4.2-2.4M19 11.5a10 10 0 0 0-4.5-2.5M8.5 15a5 5 0 0 1 3.5-1.4M12 18.5v.3"/></>,
  cam: <><path d="M4 8h3.5L9 5.5h6L16.5 8H20v11H4z"/><circle cx="12" cy="13" r="3.3"/></>,
  mic: <><rect x="9" y="3.5" width="6" height="10.5" rx="3"/><path d="M5.5 11.5c0 3.6 2.9 6 6.5 6s6.5-2.4 6.5-6M12 17.5v3"/></>,
  moon: <><path d="M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10Z"/></>,
  star: <><path d="m12 4 2.4 5 5.6.7-4.1 3.9 1 5.5L12 16.4 7.1 19.1l1-5.5L4 9.7 9.6 9z"/></>,
  device: <><rect x="7.5" y="7" width="9" height="10" rx="2.5"/><path d="M9 7l.7-3.5h4.6L15 7M9 17l.7 3.5h4.6L15 17M12 10v2.2l1.5 1"/></>,
  bath: <><path d="M3.5 12h17c0 4-2 6.5-5 6.5H8.5c-3 0-5-2.5-5-6.5ZM6 12V6.5a2 2 0 0 1 4 0M7.5 18.5 7 20.5M16.5 18.5l.5 2"/></>,
  med: <><path d="M10 4h4v6h6v4h-6v6h-4v-6H4v-4h6z"/></>,
  broom: <><path d="m18.5 4-6.5 8M9 10.5l5 4-2.5 6H4.5c1.5-2 1.5-4 1.5-6zM8.5 20.5l1-3"/></>,
  list: <><path d="M8.5 6.5H20M8.5 12H20M8.5 17.5H20M4.5 6.5h.5M4.5 12h.5M4.5 17.5h.5"/></>,
  logo: <><path d="M12 2.5 7.5 9h2.2L6 14.5h3L5 20h6v2h2v-2h6l-4-5.5h3L14.3 9h2.2z" fill="currentColor" stroke="none"/></>,
  speak: <><path d="M4 9.5v5h3.5L12 18.5v-13L7.5 9.5zM15.5 9a4 4 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11"/></>,
  qr: <><path d="M4.5 4.5h6v6h-6zM13.5 4.5h6v6h-6zM4.5 13.5h6v6h-6zM14 14h2v2M19.5 14v2M14 19.5h2M19.5 19.5h-.5"/></>,
  merge: <><path d="M6 4.5v4c0 3 6 3.5 6 6.5v5M18 4.5v4c0 3-6 3.5-6 6.5M9 17.5l3 3 3-3"/></>,
  flag: <><path d="M6 20.5V4.5M6 5h11l-2.5 3.7L17 12.5H6"/></>,
} satisfies Record<string, ReactNode>

export type IconName = keyof typeof SHAPES

export const ICON_NAMES = Object.keys(SHAPES) as readonly IconName[]

/** A drawing beside words needs no label; one that stands alone must have it. */
export function Icon({ name, label, className }: { readonly name: IconName; readonly label?: string; readonly className?: string }) {
  return (
    <svg
      className={className ? `i ${className}` : 'i'} viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.7"
      strokeLinecap="round" strokeLinejoin="round" focusable="false" {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}
    >
      {SHAPES[name]}
    </svg>
  )
}

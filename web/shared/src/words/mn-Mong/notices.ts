/**
 * Notices for elders who read Mongolian script. SAMPLES: no translator has signed them, so every face that shows one
 * shows the sample mark beside it and prints the Chinese text alongside.
 */
export interface SampleNotice {
  readonly text: string
  readonly sample: true
}

const sample = (text: string): SampleNotice => ({ text, sample: true })

export const notices = {
  'notice.help': sample('ᠲᠤᠰᠠᠯᠠᠮᠵᠢ'),
  'notice.health': sample('ᠡᠷᠡᠭᠦᠯ ᠮᠡᠨᠳᠦ'),
  'notice.home': sample('ᠭᠡᠷ'),
} as const

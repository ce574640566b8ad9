declare module 'qrcode' {
  export interface BitMatrix {
    readonly size: number
    get(row: number, column: number): number
  }
  export function create(text: string, options?: { readonly errorCorrectionLevel?: 'L' | 'M' | 'Q' | 'H' }): { readonly modules: BitMatrix }
}

export interface DemoPlace { region: string; name: string; elders: number }

/** The five places of the demo, by 2023 codes, and how many elders each has in it. */
export const DEMO_PLACES: readonly DemoPlace[] = [
  { region: '500229', name: '城口县', elders: 12_000 },
  { region: '152222', name: '科尔沁右翼中旗', elders: 8_000 },
  { region: '370215', name: '即墨区', elders: 2_000 },
  { region: '3206', name: '南通市', elders: 2_000 },
  { region: '2112', name: '铁岭市', elders: 2_000 },
]

import type { Read } from '../../api/types'

type Strength = Read<'PasswordStrength'>
type Rules = Pick<Strength, 'minLength' | 'maxLength' | 'minLowerCase' | 'minUpperCase' | 'minNumeric' | 'minSymbol' | 'minDiacritic' | 'denyCommon'>

/** Rules of passwords that are chosen as a whole; own are others. */
export const presets = ['modern', 'classic', 'own'] as const
export type Preset = (typeof presets)[number]

const rules: { [P in Exclude<Preset, 'own'>]: Rules } = {
  // Length, and none of those that are tried first (NIST SP 800-63B).
  modern: { minLength: 8, maxLength: 255, minLowerCase: 0, minUpperCase: 0, minNumeric: 0, minSymbol: 0, minDiacritic: 0, denyCommon: true },
  // As Stormpath had them.
  classic: { minLength: 8, maxLength: 100, minLowerCase: 1, minUpperCase: 1, minNumeric: 1, minSymbol: 0, minDiacritic: 0, denyCommon: false },
}

/** The rules of a preset. */
export function rulesOf(preset: Exclude<Preset, 'own'>): Rules {
  return rules[preset]
}

/** The preset whose rules these are. */
export function presetOf(s: Rules): Preset {
  return presets.find((p) => p !== 'own' && Object.entries(rules[p]).every(([name, value]) => s[name as keyof Rules] === value)) ?? 'own'
}

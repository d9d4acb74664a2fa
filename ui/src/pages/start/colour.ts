/** The share of light of a colour such as #006793 (WCAG 2.2, relative luminance). */
function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const v = parseInt(colour.slice(at, at + 2), 16) / 255
    return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
}

/** Black or white, whichever is read better on a colour: never less than 4.5:1. */
export function inkOn(colour: string): '#ffffff' | '#000000' {
  const l = luminance(colour)
  return 1.05 / (l + 0.05) >= 4.5 ? '#ffffff' : '#000000'
}

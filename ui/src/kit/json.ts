/** The line at which a text stops being JSON, by what the browser says of it; the last where it does not say. */
export function faultLine(text: string, said: string): number {
  const line = /line (\d+)/.exec(said)?.[1]
  if (line) return Number(line)
  const at = /position (\d+)/.exec(said)?.[1]
  return text.slice(0, at ? Number(at) : text.length).split('\n').length
}

/** The time, told anew each half minute: what says "4 min ago" stays true. */
export const clock = $state({ now: Date.now() })

setInterval(() => (clock.now = Date.now()), 30_000)

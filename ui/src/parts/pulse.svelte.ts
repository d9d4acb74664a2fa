/**
 * Has fn run every few seconds while somebody looks: what the stream of changes does not
 * tell of. It stops once the page is hidden, or nobody has touched it for two minutes, so
 * that a session left alone ends as it should. Called while a page is set up.
 */
export function pulse(fn: () => unknown, seconds = 5): void {
  $effect(() => {
    let touched = Date.now()
    const touch = () => (touched = Date.now())
    const events = ['pointermove', 'keydown', 'wheel', 'touchstart'] as const
    for (const e of events) addEventListener(e, touch, { passive: true })
    const timer = setInterval(() => {
      if (!document.hidden && Date.now() - touched < 120_000) void fn()
    }, seconds * 1000)
    return () => {
      clearInterval(timer)
      for (const e of events) removeEventListener(e, touch)
    }
  })
}

// Rows come and go by so many at a time: half the frames of a scroll then change nothing,
// and none has more to do than it has time for.
const step = 2

/** Which rows of a long list are on the screen: the window scrolls, rows are of one height. */
export class View {
  first = $state(0)
  last = $state(Math.ceil(innerHeight / 40 / step) * step)
  height = $state(40)

  /** Follows the scrolling for as long as the rows' element is there. */
  follow(count: () => number, seen: (first: number, last: number) => void) {
    return (body: HTMLElement) => {
      let frame = 0
      let was: number | undefined
      const look = () => {
        frame = 0
        const row = body.querySelector<HTMLElement>('tr[data-row]')
        if (row) this.height = row.getBoundingClientRect().height || this.height
        const top = -body.getBoundingClientRect().top
        // Who flies over the rows reads none of them: they come where it ends.
        const flies = was !== undefined && Math.abs(top - was) > innerHeight
        was = top
        if (flies) {
          later()
          return
        }
        const n = count()
        const first = Math.max(0, Math.min((Math.floor(top / this.height / step) - 1) * step, n - 1))
        const last = Math.min(n, (Math.ceil((top + innerHeight) / this.height / step) + 1) * step)
        if (first !== this.first || last !== this.last) {
          this.first = first
          this.last = Math.max(last, first)
        }
        seen(Math.max(0, Math.round((top + headOf(body)) / this.height)), this.last)
      }
      const later = () => (frame ||= requestAnimationFrame(look))
      addEventListener('scroll', later, { passive: true })
      addEventListener('resize', later)
      $effect(() => {
        count()
        later()
      })
      return () => {
        cancelAnimationFrame(frame)
        removeEventListener('scroll', later)
        removeEventListener('resize', later)
      }
    }
  }
}

/** What covers the first rows: the bar of the frame and the head of the table. */
function headOf(body: HTMLElement): number {
  // The cells stick, the row that they are in does not.
  return Math.max(0, body.parentElement?.querySelector('th')?.getBoundingClientRect().bottom ?? 0)
}

import { keep, kept } from '../kept'
import type { Column } from './rows'

/** Which columns someone chose to see; the first is always there. */
export class Chosen<T> {
  private ids = $state.raw<string[] | null>(null)

  constructor(
    private name: string,
    private columns: () => Column<T>[],
  ) {
    this.ids = kept<string[] | null>(`columns.${name}`, null)
  }

  has(c: Column<T>): boolean {
    return this.ids ? this.ids.includes(c.id) : !c.off
  }

  get all(): Column<T>[] {
    return this.columns()
  }

  get shown(): Column<T>[] {
    return this.columns().filter((c, i) => i === 0 || this.has(c))
  }

  flip(c: Column<T>): void {
    const now = this.shown.map((it) => it.id)
    this.ids = now.includes(c.id) ? now.filter((id) => id !== c.id) : [...now, c.id]
    keep(`columns.${this.name}`, this.ids)
  }
}
